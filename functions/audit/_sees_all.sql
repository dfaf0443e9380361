-- Whether whoever asks may look into every log: a server, an auditor, whoever runs the database.

create or replace function audit._sees_all()
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select bool_or(pg_has_role(coalesce(nullif(current_setting('role', true), 'none'), session_user), r.name, 'usage'))
    from unnest('{empathy_auditor,service_role,empathy_owner}'::name[]) as r (name)
$$;

comment on function audit._sees_all() is 'Whether whoever asks may look into every log.';

revoke execute on function audit._sees_all() from public;
