-- inserting 100,000 rows with one statement
-- rows: 100000

insert into bench.notes_:way (tenant_id, person_id, kind, tags, title, body, contact, happened_on)
select
    '0b000000-0000-4000-8000-000000000000', ('0b000000-0000-4000-8000-' || lpad(to_hex(n % 1000 + 1), 12, '0'))::uuid,
    'visit', '{river,elders}', 'Note ' || n, repeat('What was said and done that day. ', 6), 'person' || n || '@example.org',
    '2026-01-01'::date + n % 300
from generate_series(1, :rows) n
