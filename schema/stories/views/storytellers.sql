-- Who tells a story: its teller, and those who tell it with them. They are among those who have to consent to it.

create view stories.storytellers
with (security_invoker = true)
as
select p.tenant_id, p.work_id as story_id, p.person_id, p.capacity, p.added_at
from consent.consent_parties p
join content.works w on w.tenant_id = p.tenant_id and w.id = p.work_id and w.kind = 'story'
where p.capacity in ('teller', 'co_teller');

comment on view stories.storytellers is 'Who tells a story: its teller, and those who tell it with them.';
comment on column stories.storytellers.tenant_id is 'The organization.';
comment on column stories.storytellers.story_id is 'The story.';
comment on column stories.storytellers.person_id is 'Who tells it.';
comment on column stories.storytellers.capacity is 'As its teller, or as somebody who tells it with them.';
comment on column stories.storytellers.added_at is 'Since when.';
