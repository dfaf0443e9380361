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
comment on column stories.project_stories.tenant_id is 'The organization.';
comment on column stories.project_stories.story_id is 'The story.';
comment on column stories.project_stories.project_id is 'The project.';
comment on column stories.project_stories.scope_id is 'The place it belongs to.';
comment on column stories.project_stories.title is 'What it is called.';
comment on column stories.project_stories.summary is 'What it is about.';
comment on column stories.project_stories.lang is 'The language it is in.';
comment on column stories.project_stories.visibility is 'How far its teller lets it be shared at most.';
comment on column stories.project_stories.state is 'How far it has come.';
comment on column stories.project_stories.created_at is 'When it was begun.';
