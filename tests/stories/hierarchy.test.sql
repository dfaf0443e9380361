-- Who may do what with a story: its teller everything; a designated editor writes, where everyone consents to that; a
-- reviewer of the community reads what waits, and says what came of it; whoever belongs to the organization reads what
-- is shared with it; the public what is public. Each what stands here, and nothing more.

begin;
set local search_path = tap, tests, public;
select plan(16);

-- What somebody does with a story, as far as they can: it is tried, and taken back.
create function tests.does(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    deed record;
    done text[] := '{}';
    n integer;
begin
    for deed in
        select *
        from (
            values
                ('knows', 'select from content.works w where w.id = $1'),
                ('reads', 'select from content.work_versions v where v.work_id = $1'),
                ('reads drafts', 'select from content.work_versions v where v.work_id = $1 and v.number = 2'),
                ('comments', 'select content.add_comment($1, ''So it was.'')'),
                ('writes', 'select content.revise_work($1, ''{}'')'),
                ('reviews', 'select stories.review_story($1, ''cultural'', ''approved'')'),
                ('approves', 'select content.transition($1, ''in_review'')'),
                ('takes back', 'select content.transition($1, ''withdrawn'')'),
                ('shares', 'select content.update_work($1, visibility => ''private'')'),
                ('consents', 'select consent.give_consent($1, ''research'')'),
                ('withdraws', 'select consent.withdraw_consent($1)'),
                ('places', 'select stories.place_story($1, ''Here'')'),
                ('warns', 'select stories.set_warnings($1, ''{grief}'')'),
                ('lets others in', 'select content.add_collaborator($1, tests.person(''oona''), ''edit'')')
        ) deeds (what, how)
    loop
        begin
            perform tests.as(does.name);
            execute deed.how using tests.work(does.title);
            get diagnostics n = row_count;
            raise exception using errcode = 'TRIED', message = n;
        exception
            when sqlstate 'TRIED' then
                if sqlerrm <> '0' then
                    done := done || deed.what;
                end if;
            when others then
                null;
        end;
    end loop;
    perform tests.as_nobody();
    return array_to_string(done, ', ');
end
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as_nobody();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('nell', 'heron', 'story_editor');
select tests.as('cleo');
-- One is published, with a second version that waits for consent; the other waits for its review.
select stories.create_story(tests.scope('heron'), 'Told', '{"text": "1"}', visibility => 'public');
select stories.create_story(tests.scope('heron'), 'Waiting', '{"text": "1"}', visibility => 'public');
select content.revise_work(tests.work('Waiting'), '{"text": "2"}');
select content.transition(tests.work('Told'), 'published');
select consent.add_party(tests.work('Told'), tests.person('tess'), 'co_teller')
from (select tests.join('tess', 'heron', 'storyteller')) joined;
select tests.as(name), consent.give_consent(tests.work('Told'), purpose)
from unnest('{cleo,tess}'::text[]) name,
    unnest('{community_sharing,organization_sharing,public_sharing,modification}'::text[]) purpose;
select tests.as('cleo');
select content.revise_work(tests.work('Told'), '{"text": "2"}');
select content.add_collaborator(tests.work(title), tests.person('nell'), 'edit')
from unnest('{Told,Waiting}'::text[]) title;
select content.transition(tests.work('Waiting'), 'submitted');

select is(tests.does(who, title), does, format('%s: %s', says, lower(title)))
from (values
    (
        'cleo', 'its teller',
        'knows, reads, reads drafts, comments, writes, takes back, shares, consents, withdraws, places, warns, '
        'lets others in',
        'knows, reads, reads drafts, comments, shares, consents, withdraws, warns, lets others in'
    ),
    ('tess', 'who tells one of them, too', 'knows, reads, reads drafts, comments, consents, withdraws', ''),
    (
        'nell', 'a designated editor',
        'knows, reads, reads drafts, comments, writes', 'knows, reads, reads drafts, comments'
    ),
    (
        'rene', 'a reviewer of the community',
        'knows, reads, comments', 'knows, reads, reads drafts, comments, reviews, approves'
    ),
    (
        'eli', 'an elder',
        'knows, reads, comments', 'knows, reads, reads drafts, comments, reviews, approves'
    ),
    ('max', 'who belongs to the organization', 'knows, reads, comments', ''),
    ('hazel', 'who belongs to another, and signs in', 'knows, reads, comments', ''),
    ('anon', 'the public', 'knows, reads', '')
) hierarchy (who, says, told, waiting)
cross join lateral (values ('Told', told), ('Waiting', waiting)) story (title, does);

select * from finish();
rollback;
