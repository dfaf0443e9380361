-- Answers what somebody said to a place that I manage, once.

create or replace function stories.answer_feedback(feedback_id uuid, answer text)
returns void
language plpgsql
volatile
security definer -- feedback is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    said stories.feedback;
begin
    select f.* into said
    from stories.feedback f
    where f.id = answer_feedback.feedback_id and core.can('scope.manage', f.scope_id)
    for no key update;
    if said.id is null then
        perform core._refuse('not_found', 'feedback for you to answer');
    end if;
    if said.answered_at is not null then
        perform core._refuse('answered');
    end if;
    perform core._require_open(said.scope_id);
    update stories.feedback f
    set answer = answer_feedback.answer, answered_by = me, answered_at = now()
    where f.tenant_id = said.tenant_id and f.id = said.id;
end
$$;

comment on function stories.answer_feedback(uuid, text) is
    E'Answers what somebody said to a place that I manage.\n'
    'feedback_id: What was said.\n'
    'answer: What it is answered.';

revoke execute on function stories.answer_feedback(uuid, text) from public;
grant execute on function stories.answer_feedback(uuid, text) to authenticated;
