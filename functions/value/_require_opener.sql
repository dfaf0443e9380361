-- Whoever opens an account keeps it: it is their own, in an organization to which they belong, or they keep the books;
-- of a work that they may not know of they learn nothing by it.

create or replace function value._require_opener(
    organization_id uuid,
    person_id uuid,
    scope_id uuid,
    work_id uuid,
    may_go_negative boolean
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    if may_go_negative then
        perform core._require('value.manage', organization_id);
    elsif person_id in (select core.my_people()) then
        if organization_id <> all (core.reach(0)) then
            perform core._refuse('not_permitted', 'membership');
        end if;
        perform core._require_open(organization_id);
    elsif person_id is not null then
        perform core._require('value.manage', organization_id);
        if not core._knows(organization_id, person_id) then
            perform core._refuse('not_found', 'person');
        end if;
    elsif work_id is not null then
        if not exists (
            select
            from content.works w
            where w.id in (select content.visible(array[_require_opener.work_id]))
                and (w.owner_id in (select core.my_people()) or core.can('value.manage', w.scope_id))
        ) then
            perform core._refuse('not_found', 'work of yours');
        end if;
    else
        perform core._require('value.manage', coalesce(scope_id, organization_id));
    end if;
end
$$;

comment on function value._require_opener(uuid, uuid, uuid, uuid, boolean) is
    'Refuses whoever may not open an account.';

revoke execute on function value._require_opener(uuid, uuid, uuid, uuid, boolean) from public;
