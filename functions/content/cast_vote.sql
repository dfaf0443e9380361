-- Approves of a work of somebody else's, or changes how much. Who may vote on it, the policy says: it runs in the
-- rights of whoever asks.

create or replace function content.cast_vote(work_id uuid, weight integer default 1)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content.retract_vote(cast_vote.work_id);
    -- Of a work that they cannot read nothing is known here, and the policy refuses the row.
    insert into content.votes (tenant_id, work_id, work_owner_id, person_id, weight)
    select w.tenant_id, cast_vote.work_id, w.owner_id, core.me(), cast_vote.weight
    from (select) asked
    left join content.works w on w.id = cast_vote.work_id
    -- Of two that somebody casts at once, one stands.
    on conflict do nothing;
end
$$;

comment on function content.cast_vote(uuid, integer) is
    'Approves of a work of somebody else''s, or changes how much.';

revoke execute on function content.cast_vote(uuid, integer) from public;
grant execute on function content.cast_vote(uuid, integer) to authenticated;
