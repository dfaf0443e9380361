-- What readers did with some works, as of now. It stands for what was told, not once more for what that brought in.

create or replace function insights._figures(tenant_id uuid, board insights.board, work_ids uuid[])
returns table (comments bigint, reactions bigint, views bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
    select
        coalesce(sum(greatest(r.comments, 0)), 0)::bigint, coalesce(sum(greatest(r.reactions, 0)), 0)::bigint,
        coalesce(sum(greatest(r.views, 0)), 0)::bigint
    from (
        select sum(s.comments) as comments, sum(s.reactions) as reactions, sum(s.views) as views
        from content.work_count_steps s
        where s.tenant_id = _figures.tenant_id and s.work_id = any (work_ids) and _figures.board = 'told'
        group by s.work_id
    ) r
$$;

comment on function insights._figures(uuid, insights.board, uuid[]) is 'What readers did with some works.';

revoke execute on function insights._figures(uuid, insights.board, uuid[]) from public;
