-- Takes the foundation away again: its schemas with all that is in them, and what it said about things to come.
-- Roles and extensions stay: schema/prerequisites.sql brought them, and other databases may use them.

drop schema insights cascade;
drop schema stories cascade;
drop schema value cascade;
drop schema consent cascade;
drop schema content cascade;
drop schema audit cascade;
drop schema ops cascade;
drop schema core cascade;

alter default privileges grant execute on functions to public;
