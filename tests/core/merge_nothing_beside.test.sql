-- Two rows turn out to be one person: what belongs to neither of them, and what is over, stays as it was.

begin;
set local search_path = tap, tests, public;
select plan(8);

select tests.world();
select tests.person('dup');
select tests.person('sam');
create temporary table who on commit drop as
select tests.person('dup') as dup, tests.person('sam') as sam, tests.person('ada') as ada;
grant select on who to public;

insert into core.people (display_name) values ('Alone');
insert into core.verifications (kind, person_id, document_type)
values ('kyc', tests.person('ada'), 'passport');

-- Sam was in Otter once, where Dup is now, with a role that is theirs no more.
select tests.join('sam', 'otter', 'community_member');
update core.memberships set status = 'left', ended_at = now() where id = tests.membership('sam', 'otter');
select tests.join('dup', 'otter', 'community_member', 'elder');
update core.membership_roles mr
set revoked_at = now()
from core.roles r
where mr.membership_id = tests.membership('dup', 'otter') and r.id = mr.role_id and r.key = 'elder';

-- Against Sam stands another sanction at the same time, and one like Dup's was lifted. Dup's appeal was judged.
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by, lifted_at)
select s.tenant_id, s.id, tests.person(against.name), capability, reason, tests.person('otis'), lifted_at
from core.scopes s
cross join (
    values
        ('dup', 'invite', 'carried', null::timestamptz), ('sam', 'access', 'another', null),
        ('sam', 'invite', 'lifted', now())
) as against (name, capability, reason, lifted_at)
where s.slug = 'otter';
insert into core.sanction_appeals (
    tenant_id, sanction_id, person_id, imposed_by, statement, status, judged_by, judged_at, outcome
)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'Not fair.', 'upheld', tests.person('olive'), now(), 'It was.'
from core.sanctions s
where s.reason = 'carried';

select tests.as_service();
select lives_ok($$select core.merge_people(w.dup, w.sam) from who w$$, 'two rows turn out to be one person');
select tests.as_nobody();
select results_eq(
    'select v.person_id from core.verifications v', 'select ada from who', 'what was verified of others stays theirs'
);
select is(
    (select xmax::text from core.people where display_name = 'Alone'), '0', 'nobody else is locked meanwhile'
);
select results_eq(
    $$
        select r.key
        from core.memberships m
        join core.membership_roles mr on mr.membership_id = m.id and mr.revoked_at is null
        join core.roles r on r.id = mr.role_id
        join who w on w.sam = m.person_id
        where m.ended_at is null
    $$,
    $$values ('community_member')$$,
    'who left a place belongs to it again by the other row, with the roles that were not taken'
);
select results_eq(
    $$
        select s.reason
        from core.sanctions s
        join who w on w.sam = s.person_id
        where s.lifted_at is null
        order by s.reason
    $$,
    $$values ('another'), ('carried')$$,
    'a sanction is covered by none of another kind, and by none that was lifted'
);
select results_eq(
    'select a.status from core.sanction_appeals a', $$values ('upheld'::core.appeal_status)$$,
    'an appeal that was judged is judged, and not made again'
);
select is_empty('select * from core.verify_seats()', 'seats are counted right');
select is_empty('select * from core.verify_owners()', 'and so are owners');

select * from finish();
rollback;
