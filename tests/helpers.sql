-- What the pgTAP files share: people by name, speaking as one of them, and a small world to try things in.
-- Loaded beside pgTAP into databases made for tests, never into anybody's own.

drop schema if exists tests cascade;
create schema tests;
grant usage on schema tests to public;

-- A person of this name, with a login; the same one each time.
create function tests.person(name text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
    person_id uuid;
begin
    select i.person_id into person_id
    from core.identities i
    where i.issuer = 'https://tests.example' and i.subject = person.name;
    if person_id is null then
        insert into core.people (display_name) values (initcap(person.name)) returning id into person_id;
        insert into core.identities (issuer, subject, person_id)
        values ('https://tests.example', person.name, person_id);
    end if;
    return person_id;
end
$$;

-- From here on, until somebody else speaks, this person does; anon is whoever is not signed in.
create function tests.as(name text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if name = 'anon' then
        perform tests.as_anon();
        return;
    end if;
    perform tests.person(name);
    perform set_config(
        'request.jwt.claims',
        json_build_object('role', 'authenticated', 'iss', 'https://tests.example', 'sub', name)::text,
        true
    );
    perform set_config('role', 'authenticated', true);
end
$$;

-- Whoever holds this token speaks: somebody who never came before, a program with a key.
create function tests.as_token(claims jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config('request.jwt.claims', (jsonb_build_object('role', 'authenticated') || claims)::text, true);
    perform set_config('role', 'authenticated', true);
end
$$;

create function tests.as_anon()
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config('request.jwt.claims', '{"role": "anon"}', true);
    perform set_config('role', 'anon', true);
end
$$;

create function tests.as_service()
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config('request.jwt.claims', '{"role": "service_role"}', true);
    perform set_config('role', 'service_role', true);
end
$$;

create function tests.as_auditor()
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config('request.jwt.claims', '', true);
    perform set_config('role', 'empathy_auditor', true);
end
$$;

-- The keyholder's pool: the key as its connection option, a person's or a server's claims as everywhere.
create function tests.as_keyholder(name text, kek text default repeat('ab', 32), previous text default '')
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config(
        'request.jwt.claims',
        case when name = 'service'
            then '{"role": "service_role"}'
            else json_build_object('role', 'authenticated', 'iss', 'https://tests.example', 'sub', name)::text
        end,
        true
    );
    perform set_config('empathy.kek', kek, true);
    perform set_config('empathy.kek_previous', previous, true);
    perform set_config('role', 'empathy_keyholder', true);
end
$$;

-- Nobody: whoever runs the tests, above all policies.
create function tests.as_nobody()
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform set_config('request.jwt.claims', '', true);
    perform set_config('empathy.kek', '', true);
    perform set_config('role', 'none', true);
end
$$;

-- A scope by its slug, and somebody's live membership in it.
create function tests.scope(slug text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select s.id from core.scopes s where s.slug = scope.slug
$$;

create function tests.membership(name text, slug text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select m.id
    from core.memberships m
    where m.person_id = tests.person(name) and m.scope_id = tests.scope(slug) and m.ended_at is null
$$;

-- Makes somebody a member with these roles, past all rules but the constraints.
create function tests.join(name text, slug text, variadic roles text[] default '{}')
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
begin
    return core._join(tests.scope(slug), tests.person(name), roles);
end
$$;

-- The work of this title.
create function tests.work(title text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select w.id from content.works w where w.title = work.title
$$;

-- A work's owner lets these see it.
create function tests.let_in(title text, variadic names text[])
returns void
language sql
security definer
set search_path = ''
as $$
    insert into content.work_collaborators (tenant_id, work_id, person_id, capability, added_by)
    select w.tenant_id, w.id, tests.person(name), 'comment', w.owner_id
    from content.works w
    cross join unnest(names) name
    where w.title = let_in.title
    on conflict do nothing
$$;

-- A main account, by what its person, place or work is called, or by what it is for; of several assets, that of the
-- first by name.
create function tests.account(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id
    from value.accounts a
    left join core.identities i on i.person_id = a.person_id
    left join core.scopes s on s.tenant_id = a.tenant_id and s.id = a.scope_id
    left join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
    where a.kind = 'main' and account.name in (i.subject, s.slug, w.title, a.system_key)
    order by a.asset
    limit 1
$$;

-- What accounts get or give: each as its name and how much, such as 'heron -100'.
create function tests.legs(variadic parts text[])
returns value.leg[]
language sql
stable
set search_path = ''
as $$
    select array_agg(row(tests.account(split_part(part, ' ', 1)), split_part(part, ' ', 2)::bigint)::value.leg)
    from unnest(parts) part
$$;

-- A transfer, by its key.
create function tests.transfer(key text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select t.id from value.transfers t where t.idempotency_key = transfer.key
$$;

-- River counts dollars, which come in from outside; Heron has an account, and decides with one vote.
create function tests.books()
returns void
language plpgsql
set search_path = ''
as $$
begin
    insert into core.settings (tenant_id, scope_id, key, value)
    values (tests.scope('river'), tests.scope('heron'), 'decisions.quorum', '1');
    perform tests.as('olive');
    perform value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
    perform value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
    perform value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('heron'));
    perform tests.as_nobody();
end
$$;

-- So much came in, to an account of Heron's or to a work's, and was written down as what it was.
create function tests.came_in(kind text, amount bigint, title text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.let_in(title, 'olive');
    perform tests.as('olive');
    perform value.make_transfer(
        kind, kind, tests.legs('outside -' || amount, coalesce(title, 'heron') || ' ' || amount)
    );
    perform value.record_event(
        kind, 'CAD', amount, tests.scope('heron'), tests.work(title), tests.transfer(kind), '2026-02-01'
    );
    perform tests.as_nobody();
end
$$;

-- What came in, by what it was.
create function tests.event(kind text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select e.id from value.value_events e where e.kind = event.kind
$$;

-- How something is shared, by what the community was asked; and who gets how much, by name or slug.
create function tests.distribution(question text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select d.id
    from value.distributions d
    join content.decisions c on c.tenant_id = d.tenant_id and c.id = d.decision_id
    join content.polls p on p.tenant_id = c.tenant_id and p.id = c.poll_id
    where p.question = distribution.question
$$;

create function tests.shares(question text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select string_agg(
        coalesce(i.subject, s.slug) || ' ' || r.amount, ', ' order by coalesce(i.subject, s.slug) collate "C"
    )
    from value.recipients r
    left join core.identities i on i.person_id = r.person_id
    left join core.scopes s on s.id = r.scope_id
    where r.distribution_id = tests.distribution(question)
$$;

-- Heron's steward says how it shares; its elder puts it to the community, which says yes or no.
create function tests.sharing(model text, rules text default '{}')
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('sol');
    perform consent.set_benefits(
        tests.scope('heron'), sharing.model::consent.benefit_model, 'consensus', sharing.rules::jsonb
    );
end
$$;

create function tests.proposed(kind text, question text, amount bigint default null, shares value.share[] default null)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('eli');
    perform value.propose_distribution(
        tests.event(kind), question, amount => proposed.amount, shares => proposed.shares
    );
    return tests.shares(question);
end
$$;

create function tests.decided_on(question text, yes integer default 1)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.ballot('eli', question, yes, 0, 1 - yes, 0);
    perform tests.close(question);
    perform content.count_polls();
    perform tests.as('hana');
    return (
        select c.outcome::text
        from value.distributions d
        join content.decisions c on c.tenant_id = d.tenant_id and c.id = d.decision_id
        where d.id = tests.distribution(question)
    );
end
$$;

-- The poll of this question.
create function tests.poll(question text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from content.polls p where p.question = poll.question
$$;

-- Somebody votes.
create function tests.ballot(name text, question text, variadic choices integer[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform content.cast_ballot(tests.poll(question), choices);
    perform tests.as_nobody();
end
$$;

-- Its time is over, whatever it said.
create function tests.close(question text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    alter table content.polls disable trigger _010_freeze_key;
    update content.polls p set closes_at = clock_timestamp() where p.question = close.question;
    alter table content.polls enable trigger _010_freeze_key;
end
$$;

-- What a work stands under: for each community how its protocols count, and their names.
create function tests.stands_under(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(part order by part)
    from (
        select concat_ws(
            ' ', s.slug, c.match,
            (
                select string_agg(p.name, ' ' order by p.name)
                from consent.protocol_set_members m
                join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id
                where m.tenant_id = c.tenant_id and m.set_id = c.set_id and m.scope_id = c.scope_id
            )
        ) as part
        from content.works w
        join consent.protocol_set_communities c on c.tenant_id = w.tenant_id and c.set_id = w.protocol_set_id
        join core.scopes s on s.tenant_id = c.tenant_id and s.id = c.scope_id
        where w.title = stands_under.title
    ) parts
$$;

-- How many rows of a table or view somebody reads: in one organization, and in the other.
create function tests.seen(name text, relation regclass)
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
    seen bigint[];
    organizations constant uuid[] := array[tests.scope('river'), tests.scope('hill')];
begin
    perform tests.as(name);
    execute format(
        'select array[count(*) filter (where tenant_id = $1[1]), count(*) filter (where tenant_id = $1[2])] from %s',
        relation
    )
    into seen
    using organizations;
    perform tests.as_nobody();
    return seen;
end
$$;

-- The same rows once more, in the other organization.
create function tests.repeat_elsewhere(relation regclass)
returns void
language plpgsql
set search_path = ''
as $$
declare
    columns text;
begin
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
    from pg_catalog.pg_attribute a
    where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format(
        'insert into %1$s (%2$s) select %2$s from (
            select r.*
            from %1$s t
            cross join lateral jsonb_populate_record(null::%1$s, to_jsonb(t) || jsonb_build_object(''tenant_id'', $1)) r
            where t.tenant_id = $2
        ) r',
        relation, columns
    )
    using tests.scope('hill'), tests.scope('river');
end
$$;

-- The list of refusals, also for roles that may not read it.
create function tests._refusal(name text)
returns core.error_codes
language sql
stable
security definer
set search_path = ''
as $$
    select e from core.error_codes e where e.name = _refusal.name
$$;

-- Asserts that a statement is refused by this name of the list of refusals: with its code, and in its words.
create function tests.refused(statement text, refusal text, description text)
returns text
language plpgsql
set search_path = tap
as $$
declare
    expected constant core.error_codes := tests._refusal(refusal);
begin
    if expected.code is null then
        return fail(description) || diag('no refusal is called ' || refusal);
    end if;
    execute statement;
    return fail(description) || diag('nothing was refused');
exception
    when others then
        if sqlstate = expected.code and sqlerrm like replace(replace(expected.message, '_', '\_'), '%s', '%') then
            return pass(description);
        end if;
        return fail(description) || diag('refused otherwise: ' || sqlstate || ' ' || sqlerrm);
end
$$;

-- Asserts that somebody is refused something.
create function tests.refused_to(name text, statement text, refusal text, description text)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    return tests.refused(statement, refusal, description);
end
$$;

-- Asserts that a statement breaks this constraint, and no other.
create function tests.violates(statement text, constraint_name text, description text)
returns text
language plpgsql
set search_path = tap
as $$
declare
    broken text;
begin
    execute statement;
    return fail(description) || diag('nothing was violated');
exception
    when others then
        get stacked diagnostics broken = constraint_name;
        if broken = violates.constraint_name then
            return pass(description);
        end if;
        return fail(description) || diag('refused otherwise: ' || sqlstate || ' ' || sqlerrm);
end
$$;

-- Asserts that servers and auditors read every row of a table.
create function tests.backend_reads(relation regclass)
returns text
language plpgsql
set search_path = tap
as $$
declare
    rows_read bigint[];
    rows_read_now bigint;
begin
    for step in 1..3 loop
        case step
            when 1 then perform tests.as_nobody();
            when 2 then perform tests.as_service();
            when 3 then perform tests.as_auditor();
        end case;
        execute format('select count(*) from (select from %s) t', relation) into rows_read_now;
        rows_read := rows_read || rows_read_now;
    end loop;
    perform tests.as_nobody();
    return ok(
        rows_read[1] > 0 and rows_read[1] = all (rows_read),
        format('servers and auditors read every row of %s', relation)
    ) || case when rows_read[1] = all (rows_read) and rows_read[1] > 0 then '' else E'\n' || diag(rows_read::text) end;
end
$$;

-- A statement that inserts a table's row once more with these columns changed, and with an id of its own; without
-- changes, the very same row. The row to start from can be chosen; else it is the one that was written first, wherever
-- in the table it was put: that differs where other tests ran before in the same database.
create function tests.variant(relation regclass, changes jsonb default '{}', chosen text default 'true')
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
    columns text;
    had jsonb;
begin
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
    from pg_catalog.pg_attribute a
    where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format(
        'select to_jsonb(t) from %s t where %s order by t.xmin::text::bigint >= $1, t.cmin::text::bigint, t.ctid limit 1',
        relation, chosen
    )
    into strict had
    using pg_catalog.pg_current_xact_id()::xid::text::bigint;
    if had ? 'id' and changes <> '{}' then
        changes := jsonb_build_object('id', gen_random_uuid()) || changes;
    end if;
    return format(
        'insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, %3$L)',
        relation, columns, had || changes
    );
end
$$;

-- Each of these belongs to a place, tells something there by their own name, and lets it be counted.
create function tests.tell(slug text, variadic names text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    teller text;
begin
    foreach teller in array names loop
        if tests.membership(teller, slug) is null then
            perform tests.join(teller, slug, case slug when 'archive' then 'member' else 'community_member' end);
        end if;
        perform tests.as(teller);
        perform content.create_note(tests.scope(slug), teller || ' of ' || slug, '{}', visibility => 'community');
        perform content.transition(tests.work(teller || ' of ' || slug), 'published');
        perform consent.give_consent(tests.work(teller || ' of ' || slug), 'insight');
    end loop;
    perform tests.as_nobody();
end
$$;

-- This month, by its first day.
create function tests.this_month()
returns date
language sql
stable
set search_path = ''
as $$
    select date_trunc('month', now() at time zone 'UTC')::date
$$;

-- Releases the figures of this month, and of so many more months to come, as if these were over.
create function tests.release(slug text, more integer default 0)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform insights._release(
        tests.scope(slug), (tests.this_month() + more * interval '1 month')::date
    );
    perform insights._refresh();
end
$$;

-- How many works of how many people the groups of a place, project or organization count, one line a group.
create function tests.groups(slug text, board insights.board default 'told')
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s: %s by %s', g.kind, g.items, g.people) || rtrim(' ' || g.topic)
    from insights.groups g
    where g.scope_id = tests.scope(slug) and g.board = groups.board and g.withheld_at is null
    order by 1
$$;

-- What was opened can be read in the next transaction: here it is as if that had come.
create function tests.next_transaction()
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    alter table consent.openings disable trigger _010_append_only;
    update consent.openings set opened_in = '3';
    alter table consent.openings enable trigger _010_append_only;
end
$$;

-- Who but its owner may do what with a table: one line a verb and role, with the columns that were left out.
create function tests.access(relation regclass)
returns text[]
language sql
stable
set search_path = ''
as $$
    with columns as (
        select c.attname, c.attacl
        from pg_catalog.pg_attribute c
        where c.attrelid = relation and c.attnum > 0 and not c.attisdropped
    ),
    grants as (
        select a.grantee, a.privilege_type, c.attname
        from pg_catalog.pg_class r
        cross join lateral pg_catalog.aclexplode(r.relacl) a
        cross join columns c
        where r.oid = relation
        union
        select a.grantee, a.privilege_type, c.attname
        from columns c
        cross join lateral pg_catalog.aclexplode(c.attacl) a
    ),
    lines as (
        select concat(
            lower(g.privilege_type), ' to ', coalesce(r.rolname, 'everybody'), ' but ' || (
                select string_agg(c.attname, ', ' order by c.attname collate "C")
                from columns c
                where not c.attname = any (array_agg(g.attname))
            )
        ) as line
        from grants g
        left join pg_catalog.pg_roles r on r.oid = g.grantee
        where g.grantee = 0
            or r.rolname in ('anon', 'authenticated', 'service_role', 'empathy_auditor', 'empathy_keyholder')
        group by g.privilege_type, r.rolname
    )
    select coalesce(array_agg(line order by line collate "C"), '{}') from lines
$$;

-- Two organizations that have nothing to do with each other. In the first, River: a project Archive with the
-- communities Heron and Otter, and a community Delta straight below the organization. In the second: Hill.
create function tests.world()
returns void
language plpgsql
set search_path = ''
as $$
declare
    river uuid;
    archive uuid;
begin
    perform tests.as('olive');
    river := core.create_organization('river', 'River Council', 'north', 'CA', 'ca-central');
    archive := core.create_project(river, 'archive', 'River Archive');
    perform core.create_place(archive, 'community', 'heron', 'Heron People');
    perform core.create_place(archive, 'community', 'otter', 'Otter People');
    perform core.create_place(river, 'community', 'delta', 'Delta People');
    -- Olive founded all this; from here on each place has its own people.
    perform core.leave(tests.scope('archive'));
    perform core.leave(tests.scope('heron'));
    perform core.leave(tests.scope('otter'));
    perform core.leave(tests.scope('delta'));
    perform tests.as('hugo');
    perform core.create_organization('hill', 'Hill Society');
    perform tests.as_nobody();

    perform tests.join('ada', 'river', 'admin');
    perform tests.join('max', 'river', 'member');
    perform tests.join('petra', 'archive', 'project_manager');
    perform tests.join('priya', 'archive', 'member');
    perform tests.join('hana', 'heron', 'place_manager', 'steward');
    perform tests.join('sol', 'heron', 'steward');
    perform tests.join('cleo', 'heron', 'community_member');
    perform tests.join('eli', 'heron', 'elder');
    perform tests.join('otis', 'otter', 'place_manager', 'steward');
    perform tests.join('oona', 'otter', 'community_member');
    perform tests.join('dara', 'delta', 'place_manager', 'steward');
    perform tests.join('hazel', 'hill', 'member');
end
$$;

grant execute on all functions in schema tests to public;
