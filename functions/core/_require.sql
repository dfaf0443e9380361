-- The first line of every kernel write: whoever asks may do this, here, and the place is open for change.
-- One refusal for "you may not" and "there is no such scope", so that nobody learns which.

create or replace function core._require(permission text, scope_id uuid)
returns void
language plpgsql
stable
security definer -- looks at scopes the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can(permission, scope_id) then
        perform core._refuse('not_permitted', permission);
    end if;
    perform core._require_open(scope_id);
end
$$;

comment on function core._require(text, uuid) is 'Refuses whoever may not do this here.';

revoke execute on function core._require(text, uuid) from public;
