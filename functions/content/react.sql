-- Reacts to a work or to a comment that I can read. Done again, it changes nothing. In the rights of whoever calls: who
-- reads what, the policies say.

create or replace function content.react(kind text, work_id uuid default null, comment_id uuid default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.works w
            where w.id = coalesce(
                react.work_id,
                (select c.work_id from content.comments c where c.id = react.comment_id and c.state = 'visible')
            )
        )
    );
begin
    insert into content.reactions (tenant_id, work_id, comment_id, person_id, kind)
    select coalesce(w.tenant_id, c.tenant_id), react.work_id, react.comment_id, me, react.kind
    from (select) one
    left join content.works w on w.id = react.work_id
    left join content.comments c on c.id = react.comment_id
    on conflict do nothing;
end
$$;

comment on function content.react(text, uuid, uuid) is
    E'Reacts to a work or to a comment.\n'
    'kind: The key of a kind of reaction.';

revoke execute on function content.react(text, uuid, uuid) from public;
grant execute on function content.react(text, uuid, uuid) to authenticated;
