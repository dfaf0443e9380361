-- Puts something to the group of a place to decide, by the process, for the time and with the quorum that the place has
-- set; none of it is for whoever proposes to choose. Of a work its owner proposes, in the version it has now; of the
-- place, who may put questions to it. Where the matter leaves open which, such as the label to ratify, the subject says
-- so, and nothing else is unlocked. Those may also propose to revoke a decision that is in force, whatever it is
-- about. Returns the id.

create or replace function content.propose_decision(
    scope_id uuid,
    matter text,
    question text,
    description text default '',
    work_id uuid default null,
    revokes uuid default null,
    anonymous boolean default false,
    subject text default null
)
returns uuid
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    place core.scopes;
    version integer;
    deciding constant content.decision_process := core.setting('decisions.process', scope_id) #>> '{}';
    poll_id uuid;
    decision_id uuid;
begin
    if not scope_id = any (core.reach(2)) then
        perform core._refuse('not_permitted', 'membership');
    end if;
    if not exists (
        select
        from content.decision_matters m
        where m.key = propose_decision.matter and m.about_work = (propose_decision.work_id is not null)
    ) then
        perform core._refuse('not_found', 'matter to decide');
    end if;
    if (revokes is not null or work_id is null) and not core.can('poll.open', scope_id) then
        perform core._refuse('not_permitted', 'poll.open');
    end if;
    if revokes is not null and not exists (
        select
        from content.decisions d
        where d.id = propose_decision.revokes
            and d.scope_id = propose_decision.scope_id
            and d.unlocks = propose_decision.matter
            and d.work_id is not distinct from propose_decision.work_id
            and d.revoked_at is null
            and (d.work_id is null or d.poll_id in (select content.polls_on_works()))
    ) then
        perform core._refuse('not_found', 'decision in force');
    end if;
    select w.current_version into version
    from content.works w
    where w.id = propose_decision.work_id
        and w.scope_id = propose_decision.scope_id
        and (revokes is not null or w.owner_id = any (array(select core.my_people())));
    if work_id is not null and version is null then
        perform core._refuse('not_found', 'work of yours');
    end if;
    select * into strict place from core.scopes s where s.id = propose_decision.scope_id;
    poll_id := content._open_poll(
        place.id, question, 'consent',
        now() + (core.setting('decisions.open_for', place.id) #>> '{}')::interval,
        '{}', description, work_id, 1,
        case deciding when 'elder_council' then 'elder' when 'board' then 'board_member' end,
        anonymous, not anonymous, 'after_close', core.setting('decisions.quorum', place.id)::integer
    );
    insert into content.decisions (
        tenant_id, scope_id, matter, subject, work_id, work_version, revokes, process, poll_id, proposed_by
    )
    values (
        place.tenant_id, place.id, propose_decision.matter, propose_decision.subject, propose_decision.work_id,
        version, propose_decision.revokes, deciding, poll_id, me
    )
    returning id into decision_id;
    return decision_id;
end
$$;

comment on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean, text) is
    E'Puts something to the group of a place to decide, and returns the id of the decision.\n'
    'scope_id: The place that decides.\n'
    'question: What is asked.\n'
    'description: What there is to know about it.\n'
    'anonymous: Whether nobody learns who voted what.';

revoke execute on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean, text) from public;
grant execute on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean, text) to authenticated;
