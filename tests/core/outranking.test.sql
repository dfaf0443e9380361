-- Who outranks whom counts here and now: what somebody was, or is elsewhere, keeps nobody from acting.

begin;
set local search_path = tap, tests, public;
select plan(5);

select tests.world();
select tests.join('mo', 'heron', 'moderator');

-- Each of them belongs to the community, and has been more, or is more somewhere else.
select tests.join('former', 'river', 'member', 'owner');
update core.membership_roles
set revoked_at = now()
where membership_id = tests.membership('former', 'river') and owns;
select tests.join('gone', 'river', 'owner');
update core.memberships set status = 'left', ended_at = now() where id = tests.membership('gone', 'river');
select tests.join('back', 'heron', 'place_manager');
update core.memberships set status = 'left', ended_at = now() where id = tests.membership('back', 'heron');
select tests.join(name, 'heron', 'community_member') from unnest('{former,gone,back,otis,hugo}'::text[]) as name;

select tests.as('mo');
select lives_ok(
    format(
        'select core.impose_sanction(tests.scope(%L), tests.person(%L), %L, %L)', 'heron', name, 'invite', 'Spam.'
    ),
    'a moderator sanctions ' || who
)
from (
    values
        ('former', 'who no longer owns the organization, but still belongs to it'),
        ('gone', 'who owned the organization and left it'),
        ('back', 'who managed the community, left it and came back'),
        ('otis', 'who manages another community'),
        ('hugo', 'who owns another organization')
) as members (name, who);

select tests.as_nobody();
select * from finish();
rollback;
