-- The person with an email address, if it is confirmed. For a server: it answers whether somebody is here.

create or replace function core.find_by_email(email text)
returns uuid
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    found_id uuid;
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    select coalesce(p.merged_into, p.id) into found_id
    from core.person_secrets s
    join core.people p on p.id = s.person_id
    where s.email_index = core._blind_index(find_by_email.email);
    return found_id;
end
$$;

comment on function core.find_by_email(text) is 'The person whose confirmed email address this is, or null.';

revoke execute on function core.find_by_email(text) from public;
grant execute on function core.find_by_email(text) to empathy_keyholder;
