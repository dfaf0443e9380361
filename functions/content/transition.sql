-- Moves a work on: its owner, or a reviewer who has no hand in it, and opened it where it is restricted. Where a place
-- reviews what is published in it, its owner cannot publish a draft straight away; where it decides on it, not without
-- a decision in force.

create or replace function content.transition(work_id uuid, to_state content.work_state, reason text default '')
returns void
language plpgsql
volatile
security definer -- works are moved by this function alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
    move content.work_moves;
    mine boolean;
    decision_id uuid;
begin
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[transition.work_id]))
    for no key update;
    mine := work.owner_id = any (array(select core.my_people()));
    select * into move
    from content.work_moves m
    where m.from_state = work.state and m.to_state = transition.to_state;
    if work.id is null
        or (
            not mine
            and (
                not core.can('work.review', work.scope_id)
                or work.state not in ('submitted', 'in_review')
                or (work.protocol_set_id is not null and work.protocol_set_id not in (select consent.passed_sets()))
            )
        )
    then
        perform core._refuse('not_found', 'work for you to move');
    end if;
    if not mine then
        if content._has_a_hand_in(work.tenant_id, work.id, me) then
            perform core._refuse('not_on_yourself');
        end if;
        -- To take it up, nobody has to have read it.
        if transition.to_state <> 'in_review'
            and work.protocol_set_id is not null
            and work.id not in (select consent.opened())
        then
            perform core._refuse('not_opened');
        end if;
    end if;
    perform core._require_open(work.scope_id);
    -- Who left a place, or is kept from it, brings nothing into it; what is theirs they can take back.
    if transition.to_state in ('submitted', 'published') then
        if work.scope_id <> all (core.reach(2)) then
            perform core._refuse('not_permitted', 'membership');
        end if;
        if work.scope_id in (select core.barred('create')) then
            perform core._refuse('barred', 'create');
        end if;
    end if;
    if move.capacity is null
        or mine <> (move.capacity = 'owner')
        or (
            (work.state, transition.to_state) = ('draft', 'published')
            and core.setting('works.reviewed', work.scope_id) = 'true'
        )
    then
        perform core._refuse('no_such_move', work.state::text, transition.to_state::text);
    end if;
    if transition.to_state = 'published' and core.setting('works.decided', work.scope_id) = 'true' then
        decision_id := content._decision_in_force('work.publish', work.scope_id, work.id);
        if decision_id is null then
            perform core._refuse('decision_missing', 'work.publish');
        end if;
    end if;
    insert into content.work_transitions (
        tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, reason,
        decision_id
    )
    values (
        work.tenant_id, work.id, work.moves + 1, work.state, transition.to_state, move.capacity, me, work.owner_id,
        coalesce(transition.reason, ''), decision_id
    );
    update content.works w
    set
        state = transition.to_state, moves = work.moves + 1,
        -- First closed, then compiled.
        public_during = '{}', organization_during = '{}', community_during = '{}'
    where w.tenant_id = work.tenant_id and w.id = work.id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.' || transition.to_state, jsonb_build_object('work_id', work.id)
    );
end
$$;

comment on function content.transition(uuid, content.work_state, text) is
    E'Moves a work on.\n'
    'to_state: Where to.\n'
    'reason: Why.';

revoke execute on function content.transition(uuid, content.work_state, text) from public;
grant execute on function content.transition(uuid, content.work_state, text) to authenticated;
