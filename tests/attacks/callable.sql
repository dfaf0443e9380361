-- Every function that a role may call, with what it takes: the inputs alone, and how many of them can be left out.
select
    p.oid::regproc::text as name,
    p.pronargdefaults as defaults,
    array(
        select jsonb_build_object(
            'name', p.proargnames[a.n],
            'type', format_type(a.type, null),
            'first', (
                select e.enumlabel from pg_enum e where e.enumtypid = a.type order by e.enumsortorder limit 1
            )
        )
        from unnest(p.proargtypes::oid[]) with ordinality a (type, n)
        order by a.n
    ) as parameters
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname in (select m.module from core.platform_modules m)
    and p.prokind in ('f', 'p')
    and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and has_schema_privilege($1, n.oid, 'usage')
    and has_function_privilege($1, p.oid, 'execute')
order by name, p.oid;
