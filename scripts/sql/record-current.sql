-- Remembers that current.sql was run with the text $1.
insert into graphile_migrate.current (filename, content)
values ('current.sql', $1)
on conflict (filename) do update
set content = excluded.content, date = excluded.date
