-- inserting one row in a transaction
-- clients: 1 8

insert into bench.notes_:way (tenant_id, person_id, kind, tags, title, body, contact, happened_on)
values (
    '0b000000-0000-4000-8000-000000000000', '0b000000-0000-4000-8000-000000000002', 'visit', '{river,elders}', 'Note',
    'What was said and done that day. What was said and done that day. What was said and done that day. ',
    'person@example.org', '2026-01-01'
)
