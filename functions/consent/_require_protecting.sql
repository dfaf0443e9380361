-- I may say what a work stands under of a community, or bears of it; or a refusal. The owner may, as long as nothing of
-- that community stands on it, or the work never left their hands: from then on those alone who look after it there, of
-- what was brought to their place or where something of theirs stands already, and they can read. The work is locked.

create or replace function consent._require_protecting(
    work_id uuid,
    scope_id uuid,
    stands boolean,
    permission text default 'protocol.modify'
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    mine boolean;
begin
    select w.* into work from content.works w where w.id = _require_protecting.work_id;
    mine := work.owner_id = any (array(select core.my_people()))
        and scope_id = any (
            core.reach(2)
            -- What an organization or a project holds is brought to it by whoever belongs anywhere in it.
            || case when permission = 'scope.manage' then core.reach(1) || core.reach(0) end
        );
    if work.id is null
        or not (
            mine
            or (
                core.can(permission, scope_id)
                and (scope_id in (work.scope_id, work.project_id, work.tenant_id) or stands)
                and work.id in (select content.visible(array[work.id]))
            )
        )
    then
        perform core._refuse('not_found', 'work for you to protect');
    end if;
    if stands and work.moves > 1 and not core.can(permission, scope_id) then
        perform core._refuse('protocols_stand');
    end if;
    perform core._require_open(work.scope_id);
end
$$;

comment on function consent._require_protecting(uuid, uuid, boolean, text) is
    'Refuses whoever may not say what a work stands under of a community, or bears of it.';

revoke execute on function consent._require_protecting(uuid, uuid, boolean, text) from public;
