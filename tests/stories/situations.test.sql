-- Situations in which archives elsewhere have told what they should not have: each of them, told here as a story of two
-- communities, Heron and Otter.

begin;
set local search_path = tap, tests, public;
select plan(37);

-- Whether somebody knows of a story, and reads what it says.
create function tests.sees(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    known boolean;
    legible boolean;
begin
    perform tests.as(name);
    known := exists (select from content.works w where w.title = sees.title);
    legible := exists (select from content.work_versions v where v.work_id = tests.work(sees.title));
    perform tests.as_nobody();
    return case when legible then 'reads' when known then 'knows' else 'nothing' end;
end
$$;

-- How many stories that stand beside another somebody is told of, with the other.
create function tests.links(name text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
    links integer;
begin
    perform tests.as(name);
    links := count(*) from stories.community_records;
    perform tests.as_nobody();
    return links;
end
$$;

-- Opens a story, or something to see in it, as if the next transaction had come.
create function tests.opens(name text, title text, media boolean default false)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    if media then
        perform consent.open_media(p.id)
        from content.placements p
        where p.work_id = tests.work(title) and p.id not in (select m.id from content.media m);
    else
        perform consent.open_work(tests.work(title));
    end if;
    perform tests.as_nobody();
    perform tests.next_transaction();
end
$$;

-- A story of Cleo's in Heron, published and shared as far as that says.
create function tests.tell_story(title text, visibility content.work_visibility)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('cleo');
    perform stories.create_story(
        tests.scope('heron'), title, '{"text": "Once."}', 'Once.', visibility => tell_story.visibility
    );
    perform content.transition(tests.work(title), 'published');
    perform consent.give_consent(tests.work(title), purpose)
    from unnest('{community_sharing,organization_sharing,public_sharing}'::text[]) purpose;
end
$$;

create function tests.protocol(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from consent.protocols p where p.name = protocol.name
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as_nobody();
select tests.join('nell', 'heron', 'community_member');
select tests.join('both', 'heron', 'community_member');
select tests.join('both', 'otter', 'community_member');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), name, 'family', audience)
from (values
    ('Embers', 'members'::consent.protocol_audience), ('Coals', 'admitted'), ('Ashes', 'everybody')
) p (name, audience);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'members');

-- Somebody is removed from a community, and still sits in one of its groups.

select tests.tell_story('The first fire', 'community');
select tests.as('sol');
select consent.admit_by_protocol(
    tests.protocol('Coals'), group_id => consent.create_protocol_group(tests.scope('heron'), 'Keepers')
);
select consent.add_to_protocol_group((select g.id from consent.protocol_groups g), tests.membership('nell', 'heron'));
select consent.protect_work(tests.work('The first fire'), tests.scope('heron'), array[tests.protocol('Coals')]);
select is(tests.sees('nell', 'The first fire'), 'knows', 'who sits in the group knows of it');
select tests.opens('nell', 'The first fire');
select is(tests.sees('nell', 'The first fire'), 'reads', 'and opened it');
select is(tests.sees('eli', 'The first fire'), 'nothing', 'an elder who does not sit there learns nothing');
select tests.as('hana');
select core.revoke_membership(tests.membership('nell', 'heron'), 'Moved away');
select tests.as_nobody();
select isnt_empty($$select from consent.protocol_group_members$$, 'removed from the community, they sit there still');
select is(tests.sees('nell', 'The first fire'), 'nothing', 'and know of nothing, also of what they had opened');
select tests.join('nell', 'heron', 'community_member');
select is(tests.sees('nell', 'The first fire'), 'nothing', 'who comes back, comes back without their seat');

-- A protocol is open to everybody, and the community is not.

select tests.tell_story('Salt and snow', 'community');
select tests.as('sol');
select consent.protect_work(tests.work('Salt and snow'), tests.scope('heron'), array[tests.protocol('Ashes')]);
select is(tests.sees('eli', 'Salt and snow'), 'knows', 'an open protocol lets members pass');
select is(tests.sees('max', 'Salt and snow'), 'nothing', 'and opens nothing to others that is only for members');
select tests.as('max');
select tests.refused(
    $$select consent.open_work(tests.work('Salt and snow'))$$, 'not_found', 'nor can they open it themselves'
);
select tests.as('cleo');
select content.update_work(tests.work('Salt and snow'), visibility => 'organization');
select is(tests.sees('max', 'Salt and snow'), 'knows', 'shared further by its teller, others of the organization know');
select is(tests.sees('hazel', 'Salt and snow'), 'nothing', 'and nobody else');
select tests.as('sol');
select consent.protect_work(
    tests.work('Salt and snow'), tests.scope('heron'), array[tests.protocol('Ashes'), tests.protocol('Embers')]
);
select is(tests.sees('max', 'Salt and snow'), 'nothing', 'beside a strict one, the open one opens nothing');
select is(tests.sees('eli', 'Salt and snow'), 'knows', 'except to who passes both');

-- A public record of one community stands beside a private original of another.

select tests.tell_story('The crossing', 'organization');
select tests.as('oona');
select lives_ok(
    $$select stories.create_record(
        tests.work('The crossing'), tests.scope('otter'), 'The crossing, from the other bank', '{"text": "Then."}',
        'Then.', visibility => 'public'
    )$$,
    'while a story is shared with them, others tell beside it'
);
select content.transition(tests.work('The crossing, from the other bank'), 'published');
select consent.give_consent(tests.work('The crossing, from the other bank'), 'public_sharing');
select tests.as('cleo');
select content.update_work(tests.work('The crossing'), visibility => 'private');
select is(tests.sees('anon', 'The crossing, from the other bank'), 'reads', 'the record is public');
select is(tests.sees(name, 'The crossing'), 'nothing', format('and tells %s nothing of the original', name))
from unnest('{anon,oona,max,hazel}'::text[]) name;
select is(tests.links(name), 0, format('nor is %s told that there is one', name))
from unnest('{anon,oona,max,hazel}'::text[]) name;
select tests.as('cleo');
select isnt_empty($$select from stories.community_records$$, 'whose the original is, sees both');
select tests.as('oona');
select tests.refused(
    $$select stories.create_record(tests.work('The crossing'), tests.scope('otter'), 'Once more', '{}')$$,
    'not_found', 'and nobody tells beside it any more'
);
select consent.withdraw_consent(tests.work('The crossing, from the other bank'));
select tests.as('cleo');
select is(tests.sees('cleo', 'The crossing'), 'reads', 'nor does the record, withdrawn, take the original along');

-- A story is open, and one image in it is not.

select tests.tell_story('Nine baskets', 'public');
select tests.as('cleo');
select content.begin_upload(tests.work('Nine baskets'), 'image/png', n, encode(sha256(n::text::bytea), 'hex'))
from generate_series(1, 2) n;
select tests.as_service();
select content.finish_upload(f.id) from content.files f;
select tests.as('cleo');
select content.add_media(tests.work('Nine baskets'), f.id, 'Basket ' || f.bytes)
from content.files f
order by f.bytes;
select content.revise_work(tests.work('Nine baskets'), '{"text": "Once more."}', 'Once more.');
select consent.give_consent(tests.work('Nine baskets'), purpose)
from unnest('{community_sharing,organization_sharing,public_sharing}'::text[]) purpose;
select consent.protect_media(m.id, tests.scope('heron'), array[tests.protocol('Embers')])
from content.media m
where m.alt_text = 'Basket 2';
select is(tests.sees('anon', 'Nine baskets'), 'reads', 'everybody reads the story');
select tests.as('anon');
select results_eq($$select alt_text from content.media$$, $$values ('Basket 1')$$, 'and sees what is open in it');
select is(
    (select count(*) from content.placements), 2::bigint, 'that something is there which is not shown, is told'
);
select tests.as('eli');
select results_eq($$select alt_text from content.media$$, $$values ('Basket 1')$$, 'who passes sees it not before');
select tests.opens('eli', 'Nine baskets', true);
select tests.as('eli');
select results_eq(
    $$select alt_text from content.media order by alt_text$$, $$values ('Basket 1'), ('Basket 2')$$, 'it is opened'
);

-- Two communities have protocols on one story, and one of them bars the reader.

select tests.tell_story('The weir', 'organization');
select tests.as('cleo');
select consent.protect_work(tests.work('The weir'), tests.scope('heron'), array[tests.protocol('Embers')]);
select tests.as_nobody();
select tests.join('cleo', 'otter', 'community_member');
select tests.as('cleo');
select consent.protect_work(tests.work('The weir'), tests.scope('otter'), array[tests.protocol('Reeds')]);
select is(tests.sees('eli', 'The weir'), 'nothing', 'who passes one of two communities knows of nothing');
select is(tests.sees('oona', 'The weir'), 'nothing', 'whichever it is');
select is(tests.sees('both', 'The weir'), 'knows', 'who passes both, knows of it');
select tests.opens('both', 'The weir');
select is(tests.sees('both', 'The weir'), 'reads', 'and opened it');
select tests.as('otis');
select core.ban_member(tests.membership('both', 'otter'), 'A quarrel');
select is(tests.sees('both', 'The weir'), 'nothing', 'barred by one of them, they know of nothing');
select is(tests.sees('both', 'Nine baskets'), 'reads', 'whatever the other has to say about others');

select * from finish();
rollback;
