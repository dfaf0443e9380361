-- The stories of the project that this request is for, as far as I may know of them.

create view stories.project_stories
with (security_invoker = true)
as
select
    w.tenant_id, w.id as story_id, w.project_id, w.scope_id, w.title, w.summary, w.lang, w.visibility, w.state,
    w.created_at
from content.works w
where w.kind = 'story' and w.project_id = (select core.current_project());

comment on view stories.project_stories is 'The stories of the project that this request is for.';
