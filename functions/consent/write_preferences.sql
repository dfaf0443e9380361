-- Keeps what I would answer, by purpose: given or refused. It is proposed to me when I am asked, and decides nothing.

create or replace function consent.write_preferences(person_id uuid, answers jsonb)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_secret_access(person_id);
    if jsonb_typeof(answers) is distinct from 'object'
        or exists (
            select
            from jsonb_each_text(answers) a
            where a.key not in (select p.key from consent.purposes p) or a.value not in ('given', 'refused')
        )
    then
        perform core._refuse('not_found', 'purpose or answer');
    end if;
    insert into consent.preferences as p (person_id, answers)
    values (
        write_preferences.person_id,
        core._seal(convert_to(write_preferences.answers::text, 'utf8'), core._person_key(write_preferences.person_id))
    )
    on conflict on constraint preferences_pkey do update set answers = excluded.answers;
end
$$;

comment on function consent.write_preferences(uuid, jsonb) is 'Keeps what I would answer, by purpose.';

revoke execute on function consent.write_preferences(uuid, jsonb) from public;
grant execute on function consent.write_preferences(uuid, jsonb) to empathy_keyholder;
