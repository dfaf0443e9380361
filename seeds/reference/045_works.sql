-- The kinds of works, the moves they make, what a consent can be for, and what can be decided. Modules add theirs.

insert into content.work_kinds (kind, module, description)
values ('note', 'content', 'Something written down.')
on conflict on constraint work_kinds_pkey do update
set module = excluded.module, description = excluded.description
where (work_kinds.module, work_kinds.description) is distinct from (excluded.module, excluded.description);

insert into content.work_moves (from_state, to_state, capacity, description)
values
    ('draft', 'published', 'owner', 'Published without a review, where none is asked for.'),
    ('draft', 'submitted', 'owner', 'Given in for review.'),
    ('submitted', 'draft', 'owner', 'Taken back before anybody began to review it.'),
    ('submitted', 'in_review', 'reviewer', 'Taken up by a reviewer.'),
    ('in_review', 'changes_requested', 'reviewer', 'Sent back with a request.'),
    ('in_review', 'approved', 'reviewer', 'Approved.'),
    ('changes_requested', 'submitted', 'owner', 'Given in again.'),
    ('changes_requested', 'draft', 'owner', 'Not pursued for now.'),
    ('approved', 'published', 'owner', 'Published.'),
    ('approved', 'draft', 'owner', 'Not pursued for now.'),
    ('published', 'withdrawn', 'owner', 'Taken back from everybody.'),
    ('published', 'archived', 'owner', 'Put away.'),
    ('withdrawn', 'draft', 'owner', 'Taken up again.'),
    ('archived', 'draft', 'owner', 'Taken up again.')
on conflict on constraint work_moves_pkey do update
set capacity = excluded.capacity, description = excluded.description
where (work_moves.capacity, work_moves.description) is distinct from (excluded.capacity, excluded.description);

insert into content.reaction_kinds (kind, description)
values
    ('heart', 'I am moved.'),
    ('thanks', 'Thank you for telling it.'),
    ('together', 'I stand with you.'),
    ('learned', 'I learned something.'),
    ('remember', 'I remember this, too.')
on conflict on constraint reaction_kinds_pkey do update
set description = excluded.description
where reaction_kinds.description is distinct from excluded.description;

insert into consent.purposes (key, name, description, dpv)
values
    ('public_sharing', 'Share with everybody', 'Everybody may read it.', 'dpv:MakeAvailable'),
    ('community_sharing', 'Share with its community', 'Whoever belongs to its place may read it.', 'dpv:Share'),
    (
        'organization_sharing', 'Share with the organization', 'Whoever belongs to the organization may read it.',
        'dpv:Share'
    ),
    ('ai_analysis', 'Analysis by AI', 'It may be analysed by machine; nothing is learned from it.', 'dpv:Analyse'),
    ('ai_training', 'Training of AI', 'Machines may learn from it.', 'dpv:Train'),
    ('commercial_use', 'Commercial use', 'It may be sold, or used to sell.', 'dpv:CommercialPurpose'),
    ('modification', 'Changes by others', 'Others than whose it is may write its next version.', 'dpv:Modify'),
    ('research', 'Research', 'It may be studied.', 'dpv:ResearchAndDevelopment'),
    ('insight', 'Figures', 'It may be counted in figures about many.', 'dpv:Assess')
on conflict on constraint purposes_pkey do update
set name = excluded.name, description = excluded.description, dpv = excluded.dpv
where (purposes.name, purposes.description, purposes.dpv)
    is distinct from (excluded.name, excluded.description, excluded.dpv);

insert into content.decision_matters (key, module, about_work, description)
values
    ('work.publish', 'content', true, 'A work is published where its place decides on what is published in it.'),
    (
        'label.ratify', 'consent', false,
        'A community makes what a label asks its protocol; the subject says which label, such as tk_seasonal.'
    ),
    ('benefits.set', 'consent', false, 'A community says how it shares what its works bring in.'),
    ('value.distribute', 'value', false, 'A community shares what came in; the subject says which distribution.')
on conflict on constraint decision_matters_pkey do update
set module = excluded.module, about_work = excluded.about_work, description = excluded.description
where (decision_matters.module, decision_matters.about_work, decision_matters.description)
    is distinct from (excluded.module, excluded.about_work, excluded.description);
