-- A cursor, so that a log of any length passes through a little memory.
declare bundle no scroll cursor for
select b.line
from audit.bundle($1::uuid, $2::boolean) as b (line);
