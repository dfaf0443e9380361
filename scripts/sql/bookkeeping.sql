-- Which records of migrations this database keeps, and which of the schemas $1 it has.
select
    pg_catalog.to_regclass('graphile_migrate.migrations') is not null as graphile,
    pg_catalog.to_regclass('ops.migration_telemetry') is not null as telemetry,
    pg_catalog.to_regclass('core.platform_config') is not null as config,
    array(
        select c.oid::pg_catalog.regclass::text
        from pg_catalog.pg_class c
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'version'
        where c.relname = 'schema_migrations'
            and c.relkind = 'r'
            and pg_catalog.has_schema_privilege(c.relnamespace, 'usage')
            and pg_catalog.has_table_privilege(c.oid, 'select')
            and pg_catalog.format_type(a.atttypid, null) in ('character varying', 'text')
    ) as dbmate,
    array(
        select n.nspname::text
        from pg_catalog.pg_namespace n
        where n.nspname = any ($1::text[])
        order by n.nspname
    ) as schemas
