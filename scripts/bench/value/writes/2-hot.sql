-- moving one from an account that all give from
-- clients: 1 8

select bench.move_:way(0, 1 + (random() * 15999)::integer)
