-- moving one between two of 16,000 accounts
-- clients: 1 8

select bench.move_:way(1 + n, 1 + (n + 1 + (random() * 15998)::integer) % 16000)
from (select (random() * 15999)::integer as n) picked
