-- A normalised description of every object in the schemas $1: one row an aspect, so that two databases can be
-- compared and a difference be named. Columns are described by name, not by position; privileges in full, the
-- owner's included, whether they were written or are the default. `file` is where the object should be looked for.
with schemas as (
    select n.oid, n.nspname::text as module, n.nspowner, n.nspacl
    from pg_catalog.pg_namespace n
    where n.nspname = any ($1::text[])
),
relations as (
    select
        c.*,
        s.module,
        pg_catalog.format('%I.%I', s.module, c.relname) as name,
        case c.relkind
            when 'v' then 'view'
            when 'm' then 'materialized view'
            when 'S' then 'sequence'
            when 'c' then 'composite type'
            when 'f' then 'foreign table'
            else 'table'
        end as kind,
        case
            when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', s.module, c.relname)
            when c.relkind = 'c' then pg_catalog.format('schema/%s/_module.sql', s.module)
            when c.relkind = 'S' then pg_catalog.format('schema/%s/%s.sql', s.module, coalesce(o.relname, '_module'))
            else pg_catalog.format('schema/%s/%s.sql', s.module, c.relname)
        end as file,
        case
            when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', s.module, c.relname)
            else pg_catalog.format('policies/%s/%s.sql', s.module, coalesce(o.relname, c.relname))
        end as access_file,
        o.relname as owned_by
    from schemas s
    join pg_catalog.pg_class c on c.relnamespace = s.oid
    left join pg_catalog.pg_depend d
        on c.relkind = 'S' and d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
    left join pg_catalog.pg_class o on o.oid = d.refobjid
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'c', 'f')
),
columns as (
    select
        a.*,
        r.module,
        r.kind as relation_kind,
        r.relowner,
        pg_catalog.format('%s.%I', r.name, a.attname) as name,
        r.file,
        r.access_file
    from relations r
    join pg_catalog.pg_attribute a on a.attrelid = r.oid
    where a.attnum > 0 and not a.attisdropped and r.relkind <> 'S'
),
routines as (
    select
        p.*,
        s.module,
        pg_catalog.format(
            '%I.%I(%s)', s.module, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)
        ) as name,
        case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
        pg_catalog.format('functions/%s/%s.sql', s.module, p.proname) as file
    from schemas s
    join pg_catalog.pg_proc p on p.pronamespace = s.oid
),
types as (
    select
        t.*,
        s.module,
        pg_catalog.format('%I.%I', s.module, t.typname) as name,
        case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'r' then 'range' else 'type' end as kind,
        pg_catalog.format('schema/%s/_module.sql', s.module) as file
    from schemas s
    join pg_catalog.pg_type t on t.typnamespace = s.oid
    where t.typtype in ('e', 'd', 'r', 'b') and t.typelem = 0
),
triggers as (
    select t.*, r.name as relation, r.file
    from relations r
    join pg_catalog.pg_trigger t on t.tgrelid = r.oid
    where not t.tgisinternal
),
policies as (
    select p.*, r.name as relation, r.access_file as file
    from relations r
    join pg_catalog.pg_policy p on p.polrelid = r.oid
),
constraints as (
    -- Not-null constraints have rows of their own from Postgres 18 on; the columns say the same everywhere.
    select c.*, coalesce(r.name, t.name) as parent, coalesce(r.file, t.file) as file
    from pg_catalog.pg_constraint c
    left join relations r on r.oid = c.conrelid
    left join types t on t.oid = c.contypid
    where c.contype not in ('n', 't') and (r.oid is not null or t.oid is not null)
),
indexes as (
    select i.*, c.relname, c.reloptions, r.name as relation, r.file
    from relations r
    join pg_catalog.pg_index i on i.indrelid = r.oid
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    where not exists (
        select from pg_catalog.pg_constraint k
        where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
    )
),
-- Everything that can be granted, with its list of privileges or the one that stands for an empty list.
granted_things as (
    select 'schema' as kind, module as name, coalesce(nspacl, pg_catalog.acldefault('n', nspowner)) as acl,
        pg_catalog.format('schema/%s/_module.sql', module) as file
    from schemas
    union all
    select kind, name,
        coalesce(relacl, pg_catalog.acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)),
        access_file
    from relations
    where relkind <> 'c'
    union all
    select 'column', name, attacl, access_file
    from columns
    where attacl is not null
    union all
    select kind, name, coalesce(proacl, pg_catalog.acldefault('f', proowner)), file
    from routines
    union all
    select kind, name, coalesce(typacl, pg_catalog.acldefault('T', typowner)), file
    from types
),
comments as (
    select 'schema' as kind, module as name, pg_catalog.obj_description(oid, 'pg_namespace') as comment,
        pg_catalog.format('schema/%s/_module.sql', module) as file
    from schemas
    union all
    select kind, name, pg_catalog.obj_description(oid, 'pg_class'), file from relations
    union all
    select 'column', name, pg_catalog.col_description(attrelid, attnum), file from columns
    union all
    select kind, name, pg_catalog.obj_description(oid, 'pg_proc'), file from routines
    union all
    select kind, name, pg_catalog.obj_description(oid, 'pg_type'), file from types
    union all
    select 'constraint', pg_catalog.format('%s.%I', parent, conname),
        pg_catalog.obj_description(oid, 'pg_constraint'), file
    from constraints
    union all
    select 'index', pg_catalog.format('%s.%I', relation, relname),
        pg_catalog.obj_description(indexrelid, 'pg_class'), file
    from indexes
    union all
    select 'trigger', pg_catalog.format('%s.%I', relation, tgname),
        pg_catalog.obj_description(oid, 'pg_trigger'), file
    from triggers
    union all
    select 'policy', pg_catalog.format('%s.%I', relation, polname),
        pg_catalog.obj_description(oid, 'pg_policy'), file
    from policies
)

select 'schema' as kind, module as name, 'owner ' || pg_catalog.pg_get_userbyid(nspowner) as definition,
    pg_catalog.format('schema/%s/_module.sql', module) as file
from schemas

union all
select kind, name,
    pg_catalog.concat_ws(
        E'\n',
        'owner ' || pg_catalog.pg_get_userbyid(relowner),
        case relpersistence when 'u' then 'unlogged' when 't' then 'temporary' end,
        'options ' || pg_catalog.array_to_string(reloptions, ', '),
        case when relkind in ('r', 'p') then
            case relreplident when 'f' then 'replica identity full' when 'n' then 'replica identity nothing'
                when 'i' then 'replica identity by index' end
        end,
        'partition by ' || pg_catalog.pg_get_partkeydef(oid),
        pg_catalog.pg_get_expr(relpartbound, oid),
        (
            select 'inherits ' || pg_catalog.string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
            from pg_catalog.pg_inherits i
            where i.inhrelid = relations.oid
        ),
        case when relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(oid) end,
        (
            select pg_catalog.format(
                '%s from %s by %s between %s and %s cache %s%s%s',
                q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                case when q.seqcycle then ' cycle' end, ' owned by ' || owned_by
            )
            from pg_catalog.pg_sequence q
            where q.seqrelid = relations.oid
        )
    ),
    file
from relations

union all
select 'row level security', name,
    case when relrowsecurity then 'enabled' else 'disabled' end
        || case when relforcerowsecurity then ', forced' else '' end,
    access_file
from relations
where relkind in ('r', 'p')

union all
select 'column', c.name,
    pg_catalog.concat_ws(
        ' ',
        pg_catalog.format_type(c.atttypid, c.atttypmod),
        case when c.attcollation <> t.typcollation then 'collate ' || c.attcollation::regcollation::text end,
        case when c.attnotnull then 'not null' end,
        case c.attidentity when 'a' then 'generated always as identity' when 'd' then 'generated as identity' end,
        case c.attgenerated when '' then 'default ' else 'generated ' || c.attgenerated::text || ' ' end
            || pg_catalog.pg_get_expr(d.adbin, d.adrelid),
        case when c.attstorage <> t.typstorage then 'storage ' || c.attstorage::text end,
        nullif('compression ' || c.attcompression::text, 'compression '),
        'statistics ' || nullif(c.attstattarget, -1),
        'options ' || pg_catalog.array_to_string(c.attoptions, ', ')
    ),
    c.file
from columns c
join pg_catalog.pg_type t on t.oid = c.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = c.attrelid and d.adnum = c.attnum

union all
select 'constraint', pg_catalog.format('%s.%I', parent, conname),
    pg_catalog.pg_get_constraintdef(oid) || case when convalidated then '' else ' not validated' end,
    file
from constraints

union all
select 'index', pg_catalog.format('%s.%I', relation, relname),
    pg_catalog.concat_ws(
        ' ', pg_catalog.pg_get_indexdef(indexrelid), case when not indisvalid then 'invalid' end,
        case when indisclustered then 'clustered' end, case when indisreplident then 'replica identity' end
    ),
    file
from indexes

union all
select 'trigger', pg_catalog.format('%s.%I', relation, tgname),
    pg_catalog.pg_get_triggerdef(oid) || E'\n' || case tgenabled
        when 'O' then 'enabled' when 'A' then 'enabled always' when 'R' then 'enabled on replica'
        else 'disabled' end,
    file
from triggers

union all
select 'policy', pg_catalog.format('%s.%I', relation, polname),
    pg_catalog.concat_ws(
        E'\n',
        case when polpermissive then 'permissive' else 'restrictive' end || ' for ' || case polcmd
            when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
            else 'all' end,
        'to ' || (
            select pg_catalog.string_agg(r.name, ', ' order by r.name)
            from (
                select case role when 0 then 'public' else pg_catalog.pg_get_userbyid(role)::text end
                from pg_catalog.unnest(polroles) as u (role)
            ) as r (name)
        ),
        'using ' || pg_catalog.pg_get_expr(polqual, polrelid),
        'with check ' || pg_catalog.pg_get_expr(polwithcheck, polrelid)
    ),
    file
from policies

union all
select 'rule', pg_catalog.format('%s.%I', r.name, w.rulename),
    pg_catalog.pg_get_ruledef(w.oid) || E'\nenabled ' || w.ev_enabled::text, r.file
from relations r
join pg_catalog.pg_rewrite w on w.ev_class = r.oid
where w.rulename <> '_RETURN'

union all
select kind, name,
    'owner ' || pg_catalog.pg_get_userbyid(proowner) || E'\n' || case prokind
        when 'a' then pg_catalog.pg_get_function_result(oid)
        else pg_catalog.pg_get_functiondef(oid) end,
    file
from routines

union all
select kind, name,
    pg_catalog.concat_ws(
        ' ',
        'owner ' || pg_catalog.pg_get_userbyid(typowner),
        (
            select 'values ' || pg_catalog.string_agg(e.enumlabel, ', ' order by e.enumsortorder)
            from pg_catalog.pg_enum e
            where e.enumtypid = types.oid
        ),
        case when typtype = 'd' then
            pg_catalog.format_type(typbasetype, typtypmod) || case when typnotnull then ' not null' else '' end
        end,
        'default ' || typdefault,
        (
            select 'over ' || g.rngsubtype::regtype::text
            from pg_catalog.pg_range g
            where g.rngtypid = types.oid
        )
    ),
    file
from types

union all
select 'statistics', pg_catalog.format('%I.%I', s.module, e.stxname), pg_catalog.pg_get_statisticsobjdef(e.oid),
    pg_catalog.format('schema/%s/%s.sql', s.module, c.relname)
from schemas s
join pg_catalog.pg_statistic_ext e on e.stxnamespace = s.oid
join pg_catalog.pg_class c on c.oid = e.stxrelid

union all
select 'privileges on ' || t.kind, t.name,
    coalesce(
        (
            select pg_catalog.string_agg(line, E'\n' order by line collate "C")
            from (
                select pg_catalog.concat(
                    case a.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(a.grantee)::text end,
                    ': ', pg_catalog.string_agg(
                        pg_catalog.lower(a.privilege_type) || case when a.is_grantable then '*' else '' end,
                        ', ' order by a.privilege_type
                    )
                )
                from pg_catalog.aclexplode(t.acl) a
                group by a.grantee
            ) as l (line)
        ),
        'none'
    ),
    t.file
from granted_things t

union all
select 'comment on ' || kind, name, comment, file
from comments
where comment is not null

union all
select 'default privileges',
    pg_catalog.format(
        '%s on %s%s', pg_catalog.pg_get_userbyid(a.defaclrole),
        case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
            when 'T' then 'types' when 'n' then 'schemas' else a.defaclobjtype::text end,
        ' in ' || s.module
    ),
    a.defaclacl::text,
    pg_catalog.format('schema/%s/_module.sql', coalesce(s.module, ($1::text[])[1]))
from pg_catalog.pg_default_acl a
left join schemas s on s.oid = a.defaclnamespace
where a.defaclnamespace = 0 or s.oid is not null

union all
select 'extension', e.extname::text, pg_catalog.format('%s in %s', e.extversion, n.nspname), 'schema/prerequisites.sql'
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace

order by 1, 2;
