-- How the database is, as far as it can tell by itself: one row for each thing it looked at, with what to do where
-- something is wrong. A note is worth reading and no fault. `empathy doctor` shows it.

create or replace function ops.health()
returns table (name text, level text, finding text, advice text)
language plpgsql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
declare
    recount record;
    wrong bigint;
begin
    -- Whatever is derived and has a verify function is recounted; modules add theirs by their name alone.
    for recount in
        select n.nspname as module, p.proname as function
        from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in (select m.module from core.platform_modules m)
            and (p.proname = 'verify' or p.proname ^@ 'verify_')
            and p.pronargs = 0
        order by n.nspname, p.proname
    loop
        execute format('select count(*) from %I.%I()', recount.module, recount.function) into wrong;
        name := format('%s.%s()', recount.module, recount.function);
        level := case wrong when 0 then 'ok' else 'wrong' end;
        finding := case wrong when 0 then 'nothing differs' else format('%s rows differ from a recount', wrong) end;
        advice := case wrong when 0 then '' else format('read them: select * from %s', name) end;
        return next;
    end loop;

    return query
    select
        'job ' || j.name,
        case
            when j.last_run_at is null then 'note'
            when j.last_run_at < now() - greatest(3 * e.period, interval '5 minutes') then 'wrong'
            else 'ok'
        end,
        coalesce('last ended well at ' || date_trunc('second', j.last_run_at)::text, 'has never run'),
        case
            when j.last_run_at is null or j.last_run_at < now() - greatest(3 * e.period, interval '5 minutes')
            then 'see that a worker runs, and read its log'
            else ''
        end
    from ops.jobs j
    cross join lateral (
        select case when j.schedule ^@ 'every ' then substr(j.schedule, length('every ') + 1)::interval end as period
    ) e
    where j.enabled
    order by j.name;

    return query
    select
        'rate counters',
        case when stale.n > 0 or c.relpersistence <> 'u' then 'wrong' else 'ok' end,
        case
            when c.relpersistence <> 'u' then 'core.rate_counters is a logged table: every request waits for the log'
            when stale.n > 0 then format('%s counts are older than an hour', stale.n)
            else 'only of the last minutes'
        end,
        case
            when c.relpersistence <> 'u' then 'alter table core.rate_counters set unlogged'
            when stale.n > 0 then 'see that the job forget_requests runs'
            else ''
        end
    from pg_class c
    cross join (select count(*) as n from core.rate_counters r where r.minute < now() - interval '1 hour') stale
    where c.oid = 'core.rate_counters'::regclass;

    return query select * from audit._health();
    return query select * from ops._health_of_roles();
    return query select * from ops._health_of_objects();
end
$$;

comment on function ops.health() is
    'How the database is, as far as it can tell by itself, and what to do where something is wrong.';

revoke execute on function ops.health() from public;
grant execute on function ops.health() to service_role, empathy_auditor;

-- Roles hold everything together; somebody with the right to may have changed them.
create or replace function ops._health_of_roles()
returns table (name text, level text, finding text, advice text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with expected (role, may_log_in) as (
        values
            ('anon', false), ('authenticated', false), ('service_role', false), ('authenticator', true),
            ('empathy_owner', false), ('empathy_auditor', false), ('empathy_keyholder', true)
    ),
    found as (
        select
            e.role,
            array_remove(
                array[
                    case when r.oid is null then 'does not exist' end,
                    case when r.rolsuper then 'is a superuser' end,
                    case when r.rolcreaterole then 'may create roles' end,
                    case when r.rolcreatedb then 'may create databases' end,
                    -- Supabase's service_role goes past policies; ours needs no such right.
                    case when r.rolbypassrls and e.role <> 'service_role' then 'goes past every policy' end,
                    case when r.rolcanlogin <> e.may_log_in then
                        case when e.may_log_in then 'cannot log in' else 'can log in' end
                    end,
                    case when r.rolinherit and e.role in ('authenticator', 'empathy_keyholder') then
                        'has the rights of its roles without becoming one'
                    end,
                    case when g.granted is not null then 'may become ' || g.granted end
                ],
                null
            ) as faults
        from expected e
        left join pg_roles r on r.rolname = e.role
        left join lateral (
            select string_agg(o.rolname, ', ' order by o.rolname) as granted
            from pg_auth_members m
            join pg_roles o on o.oid = m.roleid
            where m.member = r.oid
                -- Not whom authenticator serves, nor what Supabase grants besides to roles that are not ours.
                and (o.rolname ^@ 'empathy_' or e.role ^@ 'empathy_')
                -- Where the schema of extensions is somebody else's, the owner uses it as anon.
                and (e.role, o.rolname) <> ('empathy_owner', 'anon')
        ) g on true
    )
    select
        'role ' || f.role,
        case when f.faults = '{}' then 'ok' else 'wrong' end,
        case when f.faults = '{}' then 'as it should be' else array_to_string(f.faults, '; ') end,
        case when f.faults = '{}' then '' else 'schema/prerequisites.sql says how it should be' end
    from found f
    union all
    select
        'the keyholder''s silence',
        case when s.silent then 'ok' else 'note' end,
        case
            when s.silent then 'what it is given reaches no log'
            else 'what empathy_keyholder is given can reach the server''s log'
        end,
        case when s.silent then '' else 'have a superuser run schema/prerequisites.sql, or set the log off for it' end
    from (
        select exists (
            select
            from pg_db_role_setting d
            join pg_roles r on r.oid = d.setrole
            where r.rolname = 'empathy_keyholder'
                and d.setdatabase = 0
                and d.setconfig @> '{log_statement=none,log_parameter_max_length=0}'
        ) as silent
    ) s
$$;

comment on function ops._health_of_roles() is 'Whether the roles are as they should be.';

revoke execute on function ops._health_of_roles() from public;

-- The same sweeps as before a release, for what was changed by hand since.
create or replace function ops._health_of_objects()
returns table (name text, level text, finding text, advice text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with modules as (
        select n.oid, n.nspname from pg_namespace n where n.nspname in (select m.module from core.platform_modules m)
    ),
    faults (subject, fault, remedy) as (
        select 'row security', c.oid::regclass::text, 'alter table … enable row level security'
        from pg_class c
        join modules m on m.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relrowsecurity
        union all
        select 'owner', c.oid::regclass::text, 'alter … owner to empathy_owner'
        from pg_class c
        join modules m on m.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S') and pg_get_userbyid(c.relowner) <> 'empathy_owner'
        union all
        select 'owner', p.oid::regprocedure::text, 'alter function … owner to empathy_owner'
        from pg_proc p
        join modules m on m.oid = p.pronamespace
        where pg_get_userbyid(p.proowner) <> 'empathy_owner'
        union all
        select 'public execute', p.oid::regprocedure::text, 'revoke execute on function … from public'
        from pg_proc p
        join modules m on m.oid = p.pronamespace
        where has_function_privilege('public', p.oid, 'execute')
        union all
        select 'triggers', t.tgrelid::regclass::text || '.' || t.tgname, 'alter table … enable trigger …'
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join modules m on m.oid = c.relnamespace
        where t.tgenabled = 'D'
    )
    select
        s.subject,
        case when count(f.fault) = 0 then 'ok' else 'wrong' end,
        case
            when count(f.fault) = 0 then s.well
            else s.ill || ': ' || string_agg(f.fault, ', ' order by f.fault)
        end,
        coalesce(min(f.remedy), '')
    from (
        values
            ('row security', 'on for every table', 'off for'),
            ('owner', 'everything belongs to empathy_owner', 'not owned by empathy_owner'),
            ('public execute', 'nothing is for everybody to call', 'everybody may call'),
            ('triggers', 'none is switched off', 'switched off')
    ) as s (subject, well, ill)
    left join faults f on f.subject = s.subject
    group by s.subject, s.well, s.ill
    order by s.subject
$$;

comment on function ops._health_of_objects() is 'Whether tables, functions and triggers are as they were made.';

revoke execute on function ops._health_of_objects() from public;
