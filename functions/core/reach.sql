-- Where I belong, in the form that policies compare with: the ids to find in tenant_id (level 0),
-- in project_id (1) and in scope_id (2). An API key reaches what it is for and no more.

create or replace function core.reach(level integer)
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
strict
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(
            array_agg(distinct case reach.level when 0 then m.tenant_id when 1 then m.project_id else m.scope_id end),
            '{}'
        )
        from core._live_memberships(core.me()) m
        left join core._api_key() k on true
        where (select core._claims() ->> 'api_key') is null
            or (
                m.tenant_id = k.tenant_id
                and reach.level >= k.level
                and (k.level = 0 or (k.level = 1 and m.project_id = k.scope_id) or m.scope_id = k.scope_id)
            )
    );
end
$$;

comment on function core.reach(integer) is
    'Where I am a member: ids to compare with tenant_id (0), project_id (1) or scope_id (2).';

revoke execute on function core.reach(integer) from public;
grant execute on function core.reach(integer) to anon, authenticated, service_role;
