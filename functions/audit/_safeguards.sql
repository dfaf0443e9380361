-- What the log stands on, as it is now: the triggers on tracked tables and on the log's own; every function of this
-- module, and those it asks who is acting or lets refuse; the log's tables, views and months, and who may do what with
-- them. Each as a hash over what defines it. Conditions and views are as Postgres renders them: another version of it
-- may do so otherwise, and then audit._record_safeguards() has to be called once more, which the log tells.

create or replace function audit._safeguards()
returns table (object text, digest bytea, catalog_xmin text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with definitions (object, definition, catalog_xmin) as (
        select
            format('trigger %s on %s.%s', t.tgname, n.nspname, c.relname),
            array[
                t.tgfoid::regprocedure::text, t.tgtype::text, t.tgenabled::text,
                coalesce(t.tgoldtable, '')::text, coalesce(t.tgnewtable, '')::text,
                -- A condition may name both the old and the new row, which an expression alone cannot.
                t.tgattr::text, case when t.tgqual is null then '' else pg_get_triggerdef(t.oid) end
            ],
            t.xmin
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal
            and (
                (
                    n.nspname = 'audit'
                    -- Months come and go with triggers that are known: only others count, and known ones that sleep.
                    and (
                        not c.relispartition
                        or t.tgenabled <> 'A'
                        or (t.tgparentid = 0 and t.tgfoid <> 'audit.tg__append_only()'::regprocedure)
                    )
                )
                or (
                    n.nspname || '.' || c.relname in (
                        select k.table_name from ops.table_classes k where k.untracked_because is null
                    )
                    and (t.tgname ^@ '_900_capture_' or t.tgtype & 2 = 2)
                )
            )

        union all
        select
            format('function %s', p.oid::regprocedure),
            array[
                p.prosrc, p.prosecdef::text, p.provolatile::text, p.prokind::text, p.proconfig::text,
                p.prorettype::regtype::text, pg_get_userbyid(p.proowner)::text,
                (select string_agg(a::text, ',' order by a::text) from unnest(p.proacl) a)
            ],
            p.xmin
        from pg_proc p
        where p.pronamespace = 'audit'::regnamespace
            or p.oid in (
                'core.me()'::regprocedure, 'core._claims()'::regprocedure, 'core._refuse(text, text[])'::regprocedure,
                'core.tg__freeze_key()'::regprocedure
            )

        union all
        select
            format(
                '%s %s.%s',
                case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, n.nspname, c.relname
            ),
            array[
                c.relkind::text, c.relrowsecurity::text, c.relforcerowsecurity::text,
                pg_get_userbyid(c.relowner)::text,
                (select string_agg(a::text, ',' order by a::text) from unnest(c.relacl) a),
                (
                    select string_agg(
                        concat_ws(
                            ' ', a.attname, a.atttypid::regtype, a.attnotnull, a.attacl,
                            pg_get_expr(d.adbin, d.adrelid)
                        ),
                        ',' order by a.attname
                    )
                    from pg_attribute a
                    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                ),
                (
                    select string_agg(concat_ws(' ', k.conname, pg_get_constraintdef(k.oid)), ',' order by k.conname)
                    from pg_constraint k
                    where k.conrelid = c.oid and k.contype in ('c', 'p', 'u')
                ),
                c.reloptions::text,
                -- What a view says, too: it is a rule.
                (
                    select string_agg(pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text, ',' order by r.rulename)
                    from pg_rewrite r
                    where r.ev_class = c.oid
                ),
                (
                    select string_agg(
                        concat_ws(
                            ' ', y.polname, y.polcmd, y.polpermissive,
                            (select string_agg(pg_get_userbyid(r)::text, ' ' order by 1) from unnest(y.polroles) r),
                            pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid)
                        ),
                        ',' order by y.polname
                    )
                    from pg_policy y
                    where y.polrelid = c.oid
                ),
                (
                    select concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
                    from pg_sequence s
                    where s.seqrelid = c.oid
                )
            ],
            null -- making the partition of a month writes its row, too
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'audit' and c.relkind in ('r', 'p', 'v', 'S') and not c.relispartition

        union all
        -- Months are made without a grant and with row security on; another's would be noticed as new.
        select
            format('table %s.%s', n.nspname, c.relname),
            array[c.relrowsecurity::text, pg_get_userbyid(c.relowner)::text, c.relacl::text],
            null
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'audit'
            and c.relkind = 'r'
            and c.relispartition
            and (
                not c.relrowsecurity
                or pg_get_userbyid(c.relowner) <> 'empathy_owner'
                or exists (select from aclexplode(c.relacl) a where a.grantee <> c.relowner)
                or exists (select from pg_policy y where y.polrelid = c.oid)
                or exists (select from pg_rewrite r where r.ev_class = c.oid)
            )

        union all
        -- A partition of a tracked table that the log does not follow: _attach() was not called after it was made.
        select format('partition %s without capture', i.inhrelid::regclass), array['unfollowed'], null
        from pg_inherits i
        join pg_class c on c.oid = i.inhparent and c.relkind = 'p'
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname in (
                select k.table_name from ops.table_classes k where k.untracked_because is null
            )
            and (
                select count(*)
                from pg_trigger t
                where t.tgrelid = i.inhrelid and t.tgname ^@ '_900_capture_' and t.tgenabled = 'A'
            ) < 4

        union all
        -- A rule could let writes of a tracked table vanish.
        select format('rule %s on %s.%s', r.rulename, n.nspname, c.relname), array[pg_get_ruledef(r.oid)], r.xmin
        from pg_rewrite r
        join pg_class c on c.oid = r.ev_class
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname in (
            select k.table_name from ops.table_classes k where k.untracked_because is null
        )
    )
    select d.object, sha256(convert_to(d.definition::text, 'utf8')), d.catalog_xmin::text
    from definitions d
$$;

comment on function audit._safeguards() is 'What the log stands on, as it is now.';

revoke execute on function audit._safeguards() from public;
