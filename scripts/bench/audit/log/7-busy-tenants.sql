-- sealing what each of 1,000 organizations wrote in the last second
-- rounds: 15

insert into bench.notes_captured (tenant_id, person_id, kind, title, body)
select
    ('0c000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '0b000000-0000-4000-8000-000000000001',
    'visit', 'Note', 'What was said and done that day.'
from (select generate_series(1, 1000)) w (n);

select audit.seal() as done;
