-- I give up a login. The last one stays: without it I would lock myself out.

create or replace function core.unlink_identity(issuer text, subject text)
returns void
language plpgsql
volatile
security definer -- logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    others bigint;
begin
    perform core._require_read_committed();
    perform from core.people p where p.id = me for no key update;
    select count(*) into others
    from core.identities i
    where i.person_id = me
        and (i.issuer, i.subject) <> (unlink_identity.issuer, unlink_identity.subject);
    if others = 0 then
        perform core._refuse('last_identity');
    end if;
    delete from core.identities i
    where i.person_id = me
        and i.issuer = unlink_identity.issuer
        and i.subject = unlink_identity.subject;
    if not found then
        perform core._refuse('not_found', 'login');
    end if;
end
$$;

comment on function core.unlink_identity(text, text) is 'Gives up one of my logins; the last one stays.';

revoke execute on function core.unlink_identity(text, text) from public;
grant execute on function core.unlink_identity(text, text) to authenticated;
