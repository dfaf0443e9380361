-- updating one row in a transaction
-- clients: 1 8

update bench.notes_:way
set state = 'closed', weight = weight + 1, updated_at = now()
where tenant_id = '0b000000-0000-4000-8000-000000000000'
    and id = (select bench.note_id(1 + (random() * 4999)::integer))
