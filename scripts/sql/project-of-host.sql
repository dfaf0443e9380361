-- The project that a host name leads to, if any.
select core.project_of_host($1) as project_id;
