-- Says something to those who run a place where I belong.

create or replace function stories.give_feedback(scope_id uuid, body text)
returns uuid
language plpgsql
volatile
security definer -- feedback is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    feedback_id uuid;
begin
    insert into stories.feedback (tenant_id, scope_id, person_id, body)
    select s.tenant_id, s.id, me, give_feedback.body
    from core.scopes s
    where s.id = give_feedback.scope_id
        and s.id = any (core.reach(0) || core.reach(1) || core.reach(2))
        and s.id not in (select core.barred('comment'))
        and core.module_on('stories', s.id)
    returning id into feedback_id;
    if feedback_id is null then
        perform core._refuse('not_found', 'place of yours');
    end if;
    perform core._require_open(scope_id);
    return feedback_id;
end
$$;

comment on function stories.give_feedback(uuid, text) is
    E'Says something to those who run a place where I belong, and returns the id.\n'
    'body: What is to be said.';

revoke execute on function stories.give_feedback(uuid, text) from public;
grant execute on function stories.give_feedback(uuid, text) to authenticated;
