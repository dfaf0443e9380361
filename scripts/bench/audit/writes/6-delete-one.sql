-- deleting one row in a transaction
-- clients: 1 8

delete from bench.notes_:way
where tenant_id = '0b000000-0000-4000-8000-000000000000'
    and id = (
        select id from bench.notes_:way
        where tenant_id = '0b000000-0000-4000-8000-000000000000' and id < '0d000000-0000-4000-8000-000000000000'
        limit 1
        for update skip locked
    )
