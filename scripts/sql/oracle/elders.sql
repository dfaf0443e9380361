-- Who are the elders of which community.

select e.scope_id || '|' || e.person_id as answer from stories.elders e
