-- verifying 10,000 new changes of the same log: changes a second
-- rounds: 3

insert into bench.notes_captured (tenant_id, person_id, kind, tags, title, body, contact, happened_on)
select
    '0b000000-0000-4000-8000-000000000000', ('0b000000-0000-4000-8000-' || lpad(to_hex(n % 1000 + 1), 12, '0'))::uuid,
    'visit', '{river,elders}', 'Note ' || n, repeat('What was said and done that day. ', 6), 'person' || n || '@example.org',
    '2026-01-01'::date + n % 300
from generate_series(1, 10000) n;

select audit.seal();

select 10000 as done, (select count(*) from audit.verify(h.tenant_id, h.size - 10000)) as findings
from audit.heads h
where h.tenant_id = '0b000000-0000-4000-8000-000000000000';
