// The ways to learn about a hidden work that are tried, a line each: what somebody hopes to be told, and what they say.
// :work, :title, :comment … stand for what the hidden work has. Each is tried with every hidden work that has all of it,
// by everybody in attackers.ts.

export type Attack = [name: string, ...statements: string[]]

const readIt: Attack[] = [
    ['its title, by its id', 'select title from content.works where id = :work'],
    ['its id, by its title', 'select id from content.works where title = :title'],
    [
        'that there is a title like it',
        'select id from content.works where title like left(:title, 3) || $$%$$',
    ],
    ['its summary', 'select summary from content.works where summary = :summary'],
    ['that it stands in its place', 'select id, title from content.works where scope_id = :scope'],
    ['that it stands in its organization', 'select count(*) from content.works where tenant_id = :tenant'],
    ['that it is of its owner', 'select id from content.works where owner_id = :owner'],
    [
        'that something stands under its protocols',
        'select id from content.works where protocol_set_id = :set',
    ],
    ['how many works there are', 'select count(*) from content.works'],
    ['which are the newest', 'select title from content.works order by created_at desc, title limit 3'],
    ['when something last changed', 'select max(updated_at), max(revision), sum(moves) from content.works'],
    ['what stands in the first pages', `select title, ctid, xmin from content.works where ctid < '(9,0)'`],
    ['a sample of all there is', 'select count(*) from content.works tablesample system (100)'],
    ['whether there is one, and no more', 'select exists (select from content.works where id = :work)'],
    [
        'that joining to it finds something',
        'select w.title from (values (:work::uuid)) v (id) left join content.works w using (id)',
    ],
    [
        'that it counts among others',
        'select title, count(*) over (), row_number() over (order by id) from content.works order by id',
    ],
    ['which works are legible', 'select id, title from content.legible_works'],
    [
        'through a view of my own',
        'create temporary view mine as select * from content.works',
        'select title from mine',
    ],
    [
        'through a function of mine that runs as its owner',
        `create function pg_temp.titles() returns setof text language sql security definer
        as 'select title from content.works'`,
        'select * from pg_temp.titles()',
    ],
    ['through a copy', 'create temporary table copied as table content.works', 'select title from copied'],
    ['with row security switched off', 'set local row_security = off', 'select title from content.works'],
]

const guessIt: Attack[] = [
    [
        'by dividing by nothing where its title is met',
        'select count(*) from content.works where 1 / (case when title = :title then 0 else 1 end) = 1',
    ],
    [
        'by dividing by nothing where its words are met',
        `select count(*) from content.work_versions
        where 1 / (case when plain_text like '%' || :said || '%' then 0 else 1 end) = 1`,
    ],
    [
        'by a cast that says what it could not take',
        'select count(*) from content.works where (case when id = :work then title end)::integer = 1',
    ],
    [
        'by a cheap function of mine that tells what it is given',
        `create function pg_temp.tell(told text) returns boolean language plpgsql cost 0.0000001
        as 'begin raise notice $n$%$n$, told; return true; end'`,
        'select count(*) from content.works where pg_temp.tell(title)',
    ],
    [
        'by an operator of mine that tells',
        `create function pg_temp.tells(one text, other text) returns boolean language plpgsql cost 0.0000001
        as 'begin raise notice $n$%$n$, one; return true; end'`,
        'create operator pg_temp.=== (leftarg = text, rightarg = text, function = pg_temp.tells)',
        `select count(*) from content.work_versions where plain_text operator(pg_temp.===) ''`,
    ],
    [
        'by a function of mine that is said to leak nothing',
        `create function pg_temp.tell(told text) returns boolean language plpgsql leakproof cost 0.0000001
        as 'begin raise notice $n$%$n$, told; return true; end'`,
        'select count(*) from content.works where pg_temp.tell(title)',
    ],
    [
        'by an aggregate of mine over all titles',
        `create function pg_temp.gather(gathered text, told text) returns text language sql
        as 'select gathered || told'`,
        `create aggregate pg_temp.all_of(text) (sfunc = pg_temp.gather, stype = text, initcond = '')`,
        'select pg_temp.all_of(title order by title) from content.works',
    ],
    ['by searching for its title', 'select s from content.search_works(:title) s'],
    ['by searching for its words', `select s from content.search_works('"' || :said || '"') s`],
    [
        'by searching for what it says no more',
        `select s from content.search_works('plain -newer ' || :title) s`,
    ],
    ['by searching where it stands', 'select s from content.search_works(:title, scope_id => :scope) s'],
    [
        'by searching what is called like it',
        `select s from content.tags t, content.search_works(:title, tag_id => t.id) s where t.slug = 'ice'`,
    ],
    ['by how well others are found', `select s from content.search_works('summary or open or water') s`],
    ['by what is kept for searching', 'select words from content.search_entries where work_id = :work'],
    [
        'by sorting for it',
        'select title from content.works order by title = :title desc, created_at desc limit 1',
    ],
    [
        'by grouping for it',
        'select title, count(*) from content.works group by title having title >= :title order by title',
    ],
    [
        'by full text',
        `select count(*) from content.work_versions
        where to_tsvector('simple', plain_text) @@ plainto_tsquery('simple', :said)`,
    ],
    ['by a regular expression', 'select count(*) from content.work_versions where plain_text ~ :said'],
    [
        'by what is inside of the body',
        `select count(*) from content.work_versions where body ->> 'text' like '%' || :title`,
    ],
    ['by when it was written', 'select id, written_on from content.notes where id = :work'],
    [
        'by what a join would have to look up',
        `select w.title from content.work_tags t join content.works w on w.tenant_id = t.tenant_id and w.id = t.work_id
        where t.tag_id in (select id from content.tags where slug = 'ice')`,
    ],
]

const searchForIt: Attack[] = [
    ['by searching for its title', 'select work_id, version, rank from content.search_works(:title)'],
    ['by searching for its summary', 'select work_id, version, rank from content.search_works(:summary)'],
    ['by searching for what it says', 'select work_id, version, rank from content.search_works(:said)'],
    ['by how many are found', 'select count(*) from content.search_works($$summary or plain or water$$)'],
    [
        'by what comes first',
        `select w.title, f.rank
        from content.search_works('water or summary or plain') f
        join content.works w on w.id = f.work_id
        limit 2`,
    ],
    [
        'by searching where it stands',
        'select work_id from content.search_works($$summary or plain$$, scope_id => :scope)',
    ],
    [
        'by searching for works of its kind that are called as it is',
        `select f.work_id, t.slug
        from content.tags t
        cross join unnest('{note,story}'::text[]) kind
        cross join lateral content.search_works('summary or plain', kind, tag_id => t.id) f`,
    ],
    [
        'by what it says around a word, as if that had been found',
        `select content.found_work_excerpt((:tenant, :work, n, 1, :title)::content.found_work)
        from generate_series(1, 2) n`,
    ],
]

const readWhatHangsOnIt: Attack[] = [
    ['its versions', 'select number, body, plain_text from content.work_versions where work_id = :work'],
    [
        'its first version',
        'select plain_text from content.work_versions where work_id = :work and number = 1',
    ],
    ['why it was changed', `select change_note from content.work_versions where change_note = 'Because.'`],
    [
        'how many versions there are',
        'select count(*), max(number), max(created_at) from content.work_versions',
    ],
    ['what only its kind has', 'select * from content.notes where id = :work'],
    [
        'how it came to where it is',
        'select to_state, reason from content.work_transitions where work_id = :work',
    ],
    ['who makes it', 'select person_id from content.work_collaborators where work_id = :work'],
    ['whom it is by', 'select named_as, credit from content.attributions where work_id = :work'],
    ['what somebody is named in', 'select work_id from content.attributions where id = :attribution'],
    ['what it is called by', 'select tag_id from content.work_tags where work_id = :work'],
    ['how many are called by a word', 'select word_id, count(*) from content.work_tags group by word_id'],
    ['what is said of it', 'select body from content.comments where work_id = :work'],
    ['what is said in a thread of it', 'select body from content.comments where thread_id = :comment'],
    ['who replied', 'select body from content.comments where parent_id = :comment'],
    ['a reply', 'select body, author_id from content.comments where id = :reply'],
    [
        'what somebody says everywhere',
        `select count(*), max(created_at) from content.comments
        where author_id in (select author_id from content.comments where body = 'So it is.')`,
    ],
    [
        'who is mentioned',
        'select work_id from content.comments where mentions @> array[:owner]::uuid[] or cardinality(mentions) > 0',
    ],
    ['why something was hidden', 'select reason from content.comment_moderations where id = :moderation'],
    ['what is felt about it', 'select kind from content.reactions where work_id = :work'],
    ['what is felt about a comment', 'select kind from content.reactions where comment_id = :comment'],
    [
        'what somebody feels everywhere',
        'select person_id, count(*) from content.reactions group by person_id',
    ],
    ['how much it is spoken of', 'select * from content.work_counters where work_id = :work'],
    [
        'how much everything is spoken of',
        'select sum(comments), sum(views), sum(score) from content.work_counters',
    ],
    ['how counting it went', 'select * from content.work_count_steps where work_id = :work'],
    ['how often it was read', 'select * from content.reading_days where work_id = :work'],
    ['who approves of it', 'select person_id, weight from content.votes where work_id = :work'],
    ['how much somebody approves', 'select person_id, sum(weight) from content.votes group by person_id'],
    ['what there is to see in it', 'select id, alt_text, caption from content.media where work_id = :work'],
    ['what there is to see, by its id', 'select alt_text from content.media where id = :medium'],
    ['what is for fewer in it', 'select alt_text from content.media where id = :guarded_medium'],
    ['where there is something to see', 'select id, position from content.placements where work_id = :work'],
    ['a file of it', 'select sha256, mime, bytes from content.files where id = :file'],
    ['whether somebody has a file like mine', 'select id from content.files where sha256 = :sha256'],
    ['how much there is of files', 'select count(*), sum(bytes), max(bytes) from content.files'],
    ['what is asked about it', 'select question from content.polls where work_id = :work'],
    ['what is asked, by its id', 'select question, ballots from content.polls where id = :poll'],
    ['what can be answered', 'select label from content.poll_options where poll_id = :poll'],
    ['what was voted about it', 'select person_id, choices from content.ballots where poll_id = :poll'],
    ['what is decided about it', 'select matter, outcome from content.decisions where work_id = :work'],
    ['what is decided, by its id', 'select matter, work_id from content.decisions where id = :decision'],
]

const readItAsAStory: Attack[] = [
    ['what only a story has', 'select * from stories.stories where id = :story'],
    [
        'where it belongs',
        `select id, recorded_on, latitude from stories.stories where place_name like 'Place of %'`,
    ],
    ['how many stories there are', 'select count(*), max(updated_at) from stories.stories'],
    ['what it warns of', 'select kind, source from stories.content_warnings where work_id = :story'],
    ['how many warn of what', 'select kind, count(*) from stories.content_warnings group by kind'],
    ['what stands beside it', 'select id from stories.community_records where original_id = :story'],
    ['what it stands beside', 'select original_id from stories.community_records where id = :story'],
    [
        'what else stands beside what everybody knows',
        `select r.id
        from content.works w
        join stories.community_records r on r.tenant_id = w.tenant_id and r.original_id = w.id
        where w.title = 'Open sky'`,
    ],
    ['what reviewers said of it', 'select outcome, note from stories.reviews where story_id = :story'],
    ['what a reviewer said, by its id', 'select story_id, note from stories.reviews where id = :review'],
    ['how much was reviewed', 'select kind, count(*), max(reviewed_at) from stories.reviews group by kind'],
    ['what a machine made of it', 'select kind, result from stories.analyses where story_id = :story'],
    ['what came of it, by its id', 'select kind, result from stories.analyses where id = :analysis'],
    ['what a machine made of all there is', 'select kind, count(*) from stories.analyses group by kind'],
    ['which run may have it', 'select run_id from stories.standing_analyses where work_id = :story'],
    ['who tells it', 'select person_id, capacity from stories.storytellers where story_id = :story'],
    ['what its teller is shown', 'select * from stories.storyteller_dashboard'],
    [
        'that its project has it',
        `select core.switch_project(s.id) from core.scopes s where s.slug = 'archive'`,
        'select story_id, title from stories.project_stories',
    ],
    ['where something of mine is', 'select * from stories.data_locations()'],
    ['who reads what is mine', 'select * from stories.readings_of_mine()'],
    ['what is done with what is mine', 'select * from stories.uses_of_mine()'],
    ['what I took back', 'select * from stories.withdrawals_of_mine()'],
]

const touchItAsAStory: Attack[] = [
    ['by reviewing it as an elder', `select stories.review_story(:story, 'elder', 'declined', 'No')`],
    ['by reviewing it', `select stories.review_story(:story, 'cultural', 'approved')`],
    ['by saying what it warns of', `select stories.set_warnings(:story, '{grief}')`],
    ['by saying where it belongs', `select stories.place_story(:story, 'Here')`],
    ['by letting no elder speak', 'select stories.require_elder(:story, false)'],
    [
        'by telling another side of it',
        `select stories.create_record(:story, m.scope_id, 'Mine', '{}')
        from core.memberships m
        join content.works w on w.scope_id <> m.scope_id and w.title = 'Open sky'
        where m.person_id = core.me()`,
    ],
    [
        'by saying what a machine made of it',
        `select stories.record_analysis(:reading_run, :story, 'themes', '["mine"]')`,
    ],
]

const readItsConsent: Attack[] = [
    ['who has to consent', 'select capacity, person_id from consent.consent_parties where work_id = :work'],
    ['what was decided', 'select decision, purpose from consent.consents where work_id = :work'],
    ['a decision, by its id', 'select work_id, purpose from consent.consents where id = :consent'],
    ['what it may be used for', 'select purpose, during from consent.effective where work_id = :work'],
    ['how much may be used', 'select purpose, count(*) from consent.effective group by purpose'],
    ['who opened it', 'select person_id, open_until from consent.openings where work_id = :work'],
    ['under which protocols it stands', 'select id from consent.protocol_sets where id = :set'],
    ['of which communities', 'select scope_id from consent.protocol_set_communities where set_id = :set'],
    ['which these are', 'select protocol_id from consent.protocol_set_members where set_id = :set'],
    ['which agreements name it', 'select agreement_id from consent.agreement_works where work_id = :work'],
    ['an agreement about it', 'select recipient from consent.agreements where id = :agreement'],
    ['what it is used for', 'select model, purpose from consent.runs where id = :run'],
    ['which runs have it', 'select run_id, version from consent.run_works where work_id = :work'],
    ['what came of it', 'select kind from consent.results where work_id = :work'],
    ['for how much something is used', 'select count(*) from consent.run_works'],
    ['a receipt', 'select consent.receipt(:consent)'],
    ['why it may not be used', `select * from consent.explain(:work, 'public_sharing')`],
    ['whether it may be used', `select consent.allows(:work, 'research')`],
    [
        'whether it may be used on a channel, later',
        `select consent.allows(:work, 'research', now() + '1 hour', 'radio')`,
    ],
    ['what its communities ask', 'select * from consent.conditions(:work)'],
    ['what they ask of whoever sees it', 'select * from consent.media_conditions(:guarded_medium)'],
    ['whether it is visible', 'select content.visible(array[:work]::uuid[])'],
    ['what I am asked for', 'select consent.asking_me() union all select consent.mine_to_decide()'],
    ['what involves me', 'select content.involving_me() union all select consent.using_mine()'],
    ['what I opened', 'select consent.opened() union all select consent.opened_media()'],
    ['which polls on works there are', 'select content.polls_on_works() union all select content.voted_in()'],
]

const touchIt: Attack[] = [
    ['by opening it', 'select consent.open_work(:work)'],
    ['by opening what is to see in it', 'select consent.open_media(:guarded_medium)'],
    ['by reading it', 'select content.record_view(:work)', 'select sum(views) from content.work_counters'],
    [
        'by noting a reading myself',
        'insert into content.reading_days (tenant_id, work_id) values (:tenant, :work)',
    ],
    ['by saying something to it', `select content.add_comment(:work, 'Hello')`],
    [
        'by writing below it in a thread',
        `insert into content.comments (tenant_id, work_id, parent_id, parent_path, aside, author_id, body)
        select :tenant, :work, :comment, c.path, false, core.me(), 'Hello' from content.comments c limit 1`,
    ],
    [
        'by writing a comment to it directly',
        `insert into content.comments (tenant_id, work_id, aside, author_id, body)
        values (:tenant, :work, false, core.me(), 'Hello')`,
    ],
    ['by changing what is said of it', `select content.edit_comment(:comment, 'Other')`],
    ['by changing it directly', `update content.comments set body = 'Other' where id = :comment`],
    ['by changing whatever there is', `update content.comments set body = body where work_id = :work`],
    ['by taking back what is said of it', 'select content.delete_comment(:comment)'],
    ['by hiding what is said of it', `select content.moderate_comment(:comment, true, 'Why not')`],
    [
        'by hiding it directly',
        `insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id)
        values (:tenant, :comment, true, 'Why not', core.me())`,
    ],
    ['by feeling something about it', `select content.react('heart', :work)`],
    ['by feeling something about what is said', `select content.react('heart', comment_id => :comment)`],
    [
        'by feeling it directly, unless I do already',
        `insert into content.reactions (tenant_id, work_id, person_id, kind)
        values (:tenant, :work, core.me(), 'heart') on conflict do nothing`,
    ],
    ['by feeling it no more', `select content.unreact('heart', :work)`],
    ['by approving of it', 'select content.cast_vote(:work)'],
    [
        'by approving of it directly',
        `insert into content.votes (tenant_id, work_id, work_owner_id, person_id, weight)
        values (:tenant, :work, :owner, core.me(), 1)`,
    ],
    ['by approving too much', 'select content.cast_vote(:work, 1000)'],
    ['by approving no more', 'select content.retract_vote(:work)'],
    ['by voting in what is asked about it', `select content.cast_ballot(:poll, '{1,0}')`],
    ['by asking what was voted', 'select * from content.poll_results(:poll)'],
    ['by adding an answer', `select content.add_poll_option(:poll, 'Perhaps')`],
    [
        'by asking others about it',
        `select content.open_poll(:scope, 'What of it?', 'single', now() + '1 day', '{Yes,No}', work_id => :work)`,
    ],
    [
        'by having it decided',
        `select content.propose_decision(:scope, 'work.publish', 'Shall we?', work_id => :work)`,
    ],
    [
        'by having it decided otherwise',
        `select content.propose_decision(:scope, 'work.publish', 'Shall we?', work_id => :work, revokes => :decision)`,
    ],
    ['by moving it', `select content.transition(:work, 'archived')`],
    ['by reviewing it', `select content.transition(:work, 'in_review')`],
    ['by renaming it', `select content.update_work(:work, 'Mine')`],
    ['by writing on it', `select content.revise_work(:work, '{}')`],
    ['by writing on an old version of it', `select content.revise_work(:work, '{}', based_on => 1)`],
    ['by going back in it', 'select content.restore_work(:work, 1)'],
    ['by going back in it to no version', 'select content.restore_work(:work, 99)'],
    ['by bringing it back to what it was', `select * from content.restore_work_as_of(:work, '2000-01-01')`],
    ['by bringing its owner back', `select * from content.recover_person('2000-01-01', :owner)`],
    [
        'by asking what of its owner would be brought back',
        `select * from content.recovery_preview('2000-01-01', :owner)`,
    ],
    ['by asking what of mine would be', `select * from content.recovery_preview('2000-01-01')`],
    ['by letting myself in', `select content.add_collaborator(:work, core.me(), 'edit')`],
    ['by leaving it', 'select content.remove_collaborator(:work, core.me())'],
    ['by saying whom it is by', `select content.attribute_work(:work, 'Me', 'author', core.me())`],
    ['by saying otherwise', `select content.rename_attribution(:attribution, 'Me')`],
    ['by saying it no more', 'select content.remove_attribution(:attribution)'],
    [
        'by calling it by a word',
        `select content.tag_work(:work, t.id) from content.tags t where t.slug = 'snow'`,
    ],
    [
        'by calling it by a word no more',
        `select content.untag_work(:work, t.id) from content.tags t where t.slug = 'ice'`,
    ],
    ['by uploading to it', `select content.begin_upload(:work, 'image/png', 1, :sha256)`],
    [
        'by showing its file in a work of mine',
        `select content.add_media(w.id, :file, 'Mine') from content.works w where w.owner_id = core.me()`,
    ],
    ['by taking out what is to see', 'select content.remove_media(:medium)'],
    ['by leaving out what is to see', 'select content.leave_out_media(:medium)'],
    [
        'by putting it under protocols',
        `select consent.protect_work(:work, :scope, array(select p.id from consent.protocols p limit 1))`,
    ],
    ['by taking it from under them', `select consent.protect_work(:work, :scope, '{}')`],
    [
        'by taking from under them what is to see',
        `select consent.protect_media(:guarded_medium, :scope, '{}')`,
    ],
    [
        'by putting a work of mine under the same, whose id would be older than mine',
        `select consent.protect_work(w.id, p.scope_id, array[p.id])
        from content.works w, consent.protocols p
        where w.owner_id = core.me() and w.title like 'Of %' and p.name = 'Embers' and w.scope_id = p.scope_id`,
        `select protocol_set_id from content.works where owner_id = core.me() and :work <> ''`,
    ],
    ['by putting a label on it', `select consent.label_work(:work, :scope, 'tk_culturally_sensitive')`],
    ['by taking a label off it', `select consent.unlabel_work(:work, :scope, 'tk_attribution')`],
    ['by what it bears', 'select l.label from consent.labels_on(:work) l'],
    [
        'by who bears a label',
        `select b.work_id from consent.work_labels b where b.label = 'tk_attribution' and :work <> ''`,
    ],
    ['by consenting to it', `select consent.give_consent(:work, 'public_sharing')`],
    [
        'by consenting in the name of its community',
        `select consent.give_consent(:work, 'public_sharing', scope_id => :scope)`,
    ],
    ['by refusing', `select consent.refuse_consent(:work)`],
    ['by withdrawing', `select consent.withdraw_consent(:work, scope_id => :scope)`],
    ['by asking for a consent that it lacks', `select consent.add_party(:work, core.me(), 'depicted')`],
    ['by having a community asked', 'select consent.add_community(:work, :scope)'],
    [
        'by an agreement about it',
        `select consent.create_agreement(
            :scope, 'Me', '{research}', '', repeat('ab', 32), work_ids => array[:work]::uuid[]
        )`,
    ],
    [
        'by an agreement about it with all that I may know of',
        `select consent.create_agreement(
            w.tenant_id, 'Me', '{research}', '', repeat('ab', 32), work_ids => array[w.id, :work]::uuid[]
        )
        from content.works w where w.owner_id = core.me()`,
    ],
    [
        'by having it handed out',
        `select h.* from consent.runs r cross join consent.hand_out(r.id, array[:work]::uuid[]) h
        where r.finished_at is null`,
    ],
    ['by ending what it is used for', 'select consent.finish_run(:run)'],
    ['by ending the agreement', 'select consent.end_agreement(:agreement)'],
    ['by beginning something under it', `select consent.begin_run(:agreement, 'research', 'Mine')`],
    [
        'by making one of the same name',
        `select content.create_note(m.scope_id, :title, '{}', visibility => 'public')
        from core.memberships m where m.person_id = core.me()`,
        'select count(*) from content.works where title = :title',
    ],
    ['by changing its row', `update content.works set title = title where id = :work`],
    ['by deleting its row', 'delete from content.works where id = :work'],
    [
        'by merging into its row',
        `merge into content.works w using (values (:work::uuid)) v (id) on w.id = v.id
        when matched then update set title = title`,
    ],
    [
        'by locking its row, or hearing at once',
        'select from content.works where id = :work for update nowait',
    ],
    ['by locking it softly', 'select title from content.works where id = :work for key share'],
    [
        'by skipping it where it is locked',
        'select body from content.comments where id = :comment for update skip locked',
    ],
]

const askTheLog: Attack[] = [
    [
        'what happened to it',
        `select operation, clear from audit.history(
            :tenant, 'content.works', jsonb_build_object('tenant_id', :tenant, 'id', :work)
        )`,
    ],
    [
        'how it was',
        `select audit.as_of(
            :tenant, 'content.works', jsonb_build_object('tenant_id', :tenant, 'id', :work), clock_timestamp()
        )`,
    ],
    [
        'what happened to it as a story',
        `select operation, clear from audit.history(
            :tenant, 'stories.stories', jsonb_build_object('tenant_id', :tenant, 'id', :story)
        )`,
    ],
    ['the whole log', 'select count(*) from audit.bundle(:tenant)'],
    ['how long the log is', 'select audit.checkpoint(:tenant)'],
    ['the changes themselves', `select count(*) from audit.changes where table_name = 'content.works'`],
    ['what people did', 'select kind, person_id from audit.activity'],
    ['how many entries there were', 'select last_value from audit.change_seq'],
    ['the next number of an entry', `select nextval('audit.change_seq')`],
    ['what others hear of', 'select topic, body from ops.outbox'],
    ['what a place uses', 'select * from core.usage_shards'],
]

const askTheServer: Attack[] = [
    [
        'the values that statistics keep',
        `select tablename, attname, most_common_vals, histogram_bounds from pg_stats
        where schemaname in ('content', 'consent', 'stories')`,
    ],
    ['the statistics themselves', 'select count(*) from pg_statistic'],
    ['what numbers were drawn', 'select last_value from pg_sequences'],
]

/** What nobody can do, whoever they are, and which tells those nothing either who may know. */
export const vain: Attack[] = [
    ['what others are asking', `select query from pg_stat_activity where query like '%' || :work || '%'`],
    [
        'by replying to what is said of it, elsewhere',
        `select content.add_comment(w.id, 'Hello', :comment) from content.works w where w.title = 'Open water'`,
    ],
    [
        'by mentioning who makes it',
        `select content.add_comment(w.id, 'Hello', mentions => array[:owner]::uuid[])
        from content.works w where w.title = 'Open water' and :title <> ''`,
    ],
    [
        'by having a key of another work lead to it',
        `insert into content.comments (tenant_id, work_id, parent_id, aside, author_id, body)
        select w.tenant_id, w.id, :comment, false, core.me(), 'Hello' from content.works w where w.title = 'Open water'`,
    ],
    ['by writing its row', `insert into content.works (tenant_id, id) values (:tenant, :work)`],
    [
        'by writing a review of it',
        `insert into stories.reviews (tenant_id, story_id, version, kind, outcome, reviewer_id, owner_id)
        values (:tenant, :story, 1, 'cultural', 'declined', core.me(), :owner)`,
    ],
    [
        'by writing down beside what it stands',
        `insert into stories.community_records (tenant_id, id, original_id)
        select :tenant, w.id, :story from content.works w where w.title = 'Open sky'`,
    ],
    [
        'by having it warn of something',
        `insert into stories.content_warnings values (:tenant, :story, 'grief', 'teller')`,
    ],
    [
        'by saying what a machine made of it, in a run that everybody knows',
        `select stories.record_analysis(r.id, :story, 'themes', '["mine"]')
        from consent.runs r where r.model = 'Known reader'`,
    ],
    ['the words that it is found by', 'select words from content.search_entries'],
    ['what is exported', 'select * from ops.exports'],
    ['what is held', 'select * from ops.legal_holds'],
]

export const attacks: Attack[] = [
    ...readIt,
    ...guessIt,
    ...searchForIt,
    ...readWhatHangsOnIt,
    ...readItAsAStory,
    ...readItsConsent,
    ...touchIt,
    ...touchItAsAStory,
    ...askTheLog,
    ...askTheServer,
]
