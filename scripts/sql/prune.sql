-- Drops the functions of these names that this transaction has not just written.
do $prune$
declare
    routines text[] := array['function names'];
    routine  text;
begin
    for routine in
        select p.oid::pg_catalog.regprocedure::text
        from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where n.nspname || '.' || p.proname = any (routines)
            and p.xmin <> pg_catalog.pg_current_xact_id()::pg_catalog.xid
    loop
        execute 'drop routine ' || routine;
    end loop;
end
$prune$;
