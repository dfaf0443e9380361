-- sealing what 100 of 1,000 organizations wrote in the last second (10 ms are 1 % of a core; aim: 5 %)
-- rounds: 30

insert into bench.notes_captured (tenant_id, person_id, kind, title, body)
select
    ('0c000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '0b000000-0000-4000-8000-000000000001',
    'visit', 'Note', 'What was said and done that day.'
from (select floor(random() * 10)::integer * 100 + i as n from generate_series(1, 100) i) w (n);

select audit.seal() as done;
