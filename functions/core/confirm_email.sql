-- A server has seen proof that the address a person wrote is theirs, such as a link in a mail that was followed. From
-- then on they are found by it, and it is nobody else's. The answer is for the server: a person told that somebody
-- has an address already would know who is here.

create or replace function core.confirm_email(person_id uuid, email text)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    confirmed bytea;
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    confirmed := core._blind_index(email);
    -- What any row of the same person had confirmed becomes this one's.
    update core.person_secrets s
    set email_index = null
    from core.people named
    join core.people p on coalesce(named.merged_into, named.id) in (p.id, p.merged_into)
    where named.id = confirm_email.person_id and p.id = s.person_id and s.email_index = confirmed;
    -- Not an address that they have replaced since the proof was asked for.
    update core.person_secrets s
    set email_index = confirmed
    where s.person_id = confirm_email.person_id
        and core._blind_index(core.read_secret(s.person_id, 'email')) = confirmed;
    if not found then
        perform core._refuse('not_found', 'email address of this person');
    end if;
exception
    when unique_violation then
        perform core._refuse('email_taken');
end
$$;

comment on function core.confirm_email(uuid, text) is
    'A server says that the email address a person wrote is theirs: it has seen proof.';

revoke execute on function core.confirm_email(uuid, text) from public;
grant execute on function core.confirm_email(uuid, text) to empathy_keyholder;
