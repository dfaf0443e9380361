-- Opens what I would answer, by purpose.

create or replace function consent.read_preferences(person_id uuid)
returns jsonb
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    select p.answers into sealed from consent.preferences p where p.person_id = read_preferences.person_id;
    if sealed is null then
        return '{}';
    end if;
    return convert_from(core._open(sealed, core._person_key(person_id)), 'utf8')::jsonb;
end
$$;

comment on function consent.read_preferences(uuid) is 'Opens what I would answer, by purpose.';

revoke execute on function consent.read_preferences(uuid) from public;
grant execute on function consent.read_preferences(uuid) to empathy_keyholder;
