-- What has to stand before the first migration: roles, extensions, and the owner's right to create schemas.
-- Run once per database by someone who may create roles (superuser, or createrole and owner of the database).
-- Running it again changes nothing. Passwords are never set here: a login role cannot be used until you give it one.

do $prerequisites$
declare
    extension_name text;
    wrong_schema text;
    quiet record;
begin
    -- Two installers at once wait for each other. In two databases of one cluster they can still meet on a role;
    -- then one of them fails, changes nothing, and can be run again.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('empathy-ledger prerequisites', 0));

    -- The names that Supabase and PostgREST use; where they exist already they are left as they are.
    if not exists (select from pg_catalog.pg_roles where rolname = 'anon') then
        create role anon nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
        create role authenticated nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'service_role') then
        create role service_role nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'authenticator') then
        create role authenticator login noinherit;
    end if;

    -- Our own: the owner of every object, the auditor who may look, the keyholder who may open secrets.
    if not exists (select from pg_catalog.pg_roles where rolname = 'empathy_owner') then
        create role empathy_owner nologin;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'empathy_auditor') then
        create role empathy_auditor nologin noinherit;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'empathy_keyholder') then
        create role empathy_keyholder login noinherit;
    end if;

    if not pg_catalog.pg_has_role('authenticator', 'anon', 'member')
        or not pg_catalog.pg_has_role('authenticator', 'authenticated', 'member')
        or not pg_catalog.pg_has_role('authenticator', 'service_role', 'member')
    then
        grant anon, authenticated, service_role to authenticator;
    end if;

    -- Whoever migrates works as the owner.
    if not pg_catalog.pg_has_role(current_user, 'empathy_owner', 'usage') then
        execute pg_catalog.format('grant empathy_owner to %I', current_user);
    end if;
    if not pg_catalog.has_database_privilege('empathy_owner', pg_catalog.current_database(), 'create') then
        execute pg_catalog.format(
            'grant create on database %I to empathy_owner', pg_catalog.current_database()
        );
        -- Whoever may not grant it gets a warning and no more.
        if not pg_catalog.has_database_privilege('empathy_owner', pg_catalog.current_database(), 'create') then
            raise exception using
                errcode = '42501',
                message = pg_catalog.format(
                    '%s may not let empathy_owner create schemas in %s', current_user, pg_catalog.current_database()
                ),
                hint = 'run this as the owner of the database';
        end if;
    end if;

    -- What a secret function is given must not reach the log, even where statements are logged. The API's statements
    -- may, but not what they are given: tokens come in as parameters. Nor do rows that are refused: what a person wrote
    -- would stand in the detail of the error.
    -- Only a superuser can say so; elsewhere the security page tells what to set by hand.
    for quiet in
        select role, name, value
        from (
            values
                ('empathy_keyholder', 'log_statement', 'none'),
                ('empathy_keyholder', 'log_min_duration_statement', '-1'),
                ('empathy_keyholder', 'log_min_duration_sample', '-1'),
                ('empathy_keyholder', 'log_transaction_sample_rate', '0'),
                ('empathy_keyholder', 'log_duration', 'off'),
                ('empathy_keyholder', 'log_min_error_statement', 'panic'),
                ('empathy_keyholder', 'log_parameter_max_length', '0'),
                ('empathy_keyholder', 'log_parameter_max_length_on_error', '0'),
                ('empathy_keyholder', 'log_error_verbosity', 'terse'),
                ('empathy_keyholder', 'debug_print_parse', 'off'),
                ('empathy_keyholder', 'debug_print_rewritten', 'off'),
                ('empathy_keyholder', 'debug_print_plan', 'off'),
                -- Where they are loaded, these write out what functions run inside, with the key that it is given.
                ('empathy_keyholder', 'auto_explain.log_min_duration', '-1'),
                ('empathy_keyholder', 'pgaudit.log', 'none'),
                ('authenticator', 'log_parameter_max_length', '0'),
                ('authenticator', 'log_parameter_max_length_on_error', '0'),
                ('authenticator', 'log_error_verbosity', 'terse'),
                ('authenticator', 'debug_print_parse', 'off'),
                ('authenticator', 'debug_print_rewritten', 'off'),
                ('authenticator', 'debug_print_plan', 'off')
        ) wanted (role, name, value)
        where (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
            and not exists (
                select
                from pg_catalog.pg_db_role_setting s
                join pg_catalog.pg_roles r on r.oid = s.setrole
                where s.setdatabase = 0
                    and r.rolname = wanted.role
                    and wanted.name || '=' || wanted.value = any (s.setconfig)
            )
    loop
        execute pg_catalog.format('alter role %I set %I = %L', quiet.role, quiet.name, quiet.value);
    end loop;

    -- Extensions are named with their schema in our functions, so they have to lie in this one.
    if not exists (select from pg_catalog.pg_namespace where nspname = 'extensions') then
        create schema extensions;
        comment on schema extensions is 'Extensions, apart from everybody''s tables.';
    end if;
    foreach extension_name in array array['pgcrypto', 'btree_gist', 'ltree'] loop
        select n.nspname into wrong_schema
        from pg_catalog.pg_extension e
        join pg_catalog.pg_namespace n on n.oid = e.extnamespace
        where e.extname = extension_name and n.nspname <> 'extensions';
        if found then
            raise exception using
                errcode = '55000',
                message = pg_catalog.format('extension %s lies in schema %s', extension_name, wrong_schema),
                hint = pg_catalog.format('run: alter extension %I set schema extensions', extension_name);
        end if;
        execute pg_catalog.format('create extension if not exists %I with schema extensions', extension_name);
    end loop;
    -- Where the schema is somebody else's (Supabase: the installer may use it, not let others use it), the owner uses
    -- it as everybody does there: as anon, whose other rights it has anyway.
    if not pg_catalog.has_schema_privilege('empathy_owner', 'extensions', 'usage') then
        grant usage on schema extensions to empathy_owner;
    end if;
    if not pg_catalog.has_schema_privilege('empathy_owner', 'extensions', 'usage')
        and pg_catalog.has_schema_privilege('anon', 'extensions', 'usage')
    then
        grant anon to empathy_owner;
    end if;
    if not pg_catalog.has_schema_privilege('empathy_owner', 'extensions', 'usage') then
        raise exception using
            errcode = '42501',
            message = pg_catalog.format('%s may not let empathy_owner use the schema extensions', current_user),
            hint = 'have its owner run: grant usage on schema extensions to empathy_owner';
    end if;
end
$prerequisites$;
