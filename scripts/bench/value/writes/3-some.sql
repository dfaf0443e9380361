-- one transfer of 1,000 entries; entries a second
-- rows: 1000

select bench.many_:way(:rows)
