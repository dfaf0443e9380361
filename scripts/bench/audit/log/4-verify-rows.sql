-- of which: rows that live against their newest change, rows a second
-- rounds: 1

select
    (select count(*) from bench.notes_captured) as done,
    (select count(*) from audit._verify_rows('0b000000-0000-4000-8000-000000000000', 'bench.notes_captured', 0)) as findings;
