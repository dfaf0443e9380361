-- deleting 20,000 rows with one statement
-- rows: 20000

delete from bench.notes_:way
where tenant_id = '0b000000-0000-4000-8000-000000000000'
    and id in (
        select id from bench.notes_:way
        where tenant_id = '0b000000-0000-4000-8000-000000000000' and id < '0d000000-0000-4000-8000-000000000000'
        order by id desc limit :rows
    )
