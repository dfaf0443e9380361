-- one transfer of 16,000 entries; entries a second
-- rows: 16000

select bench.many_:way(:rows)
