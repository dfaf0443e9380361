-- Every refusal that an app can meet.

insert into core.error_codes (name, code, message, hint)
values
    ('not_signed_in', 'EL001', 'you have to be signed in to do this', 'sign in, and send the token with the request'),
    ('not_permitted', '42501', 'you may not do this here: it needs %s', 'ask somebody who manages this place'),
    ('not_found', 'P0002', 'there is no such %s, or it is not for you to see', 'check the id'),
    ('not_yours', '42501', 'this %s is not yours', 'only the person, or their guardian, can do this'),
    ('not_with_key', 'EL002', 'an API key cannot do this', 'sign in as yourself'),
    ('not_on_yourself', 'EL003', 'nobody does this to themselves', 'ask somebody else to decide'),
    ('already_registered', 'EL004', 'you are registered already', 'ask for your profile'),
    ('last_identity', 'EL005', 'this is your only login', 'link another one first'),
    ('merge_with_self', 'EL006', 'a person cannot be merged with themselves', 'name two different people'),
    ('founding_closed', 'EL007', 'organizations are founded by the platform here', 'ask those who run it'),
    ('held', 'EL008', 'a legal hold covers this', 'it has to be released first'),
    (
        'isolation_too_high', 'EL009', 'this cannot be done in a transaction that is %s',
        'begin it as read committed, which is what you get without asking'
    ),
    ('organization_not_active', 'EL010', 'this organization is %s', 'it can be read, but nothing can be changed'),
    ('scope_archived', 'EL011', 'this place is archived', 'bring it back before changing anything in it'),
    ('root_kept', 'EL012', 'an organization keeps its root scope', 'close the organization instead'),
    ('key_frozen', 'EL013', 'the key of a row in %s never changes', 'make a new row'),
    ('ends_before_now', 'EL014', 'this would have ended already', 'choose an end that is still to come'),
    ('last_owner', 'EL020', 'an organization keeps at least one active owner', 'make somebody else an owner first'),
    ('owner_from_now', 'EL021', 'an owner''s membership cannot begin in the future', 'grant the role when it begins'),
    ('grant_unheld', 'EL022', 'you do not hold %s here yourself', 'nobody gives or takes what they do not hold'),
    ('role_not_here', 'EL023', 'the role %s is not held at this level', 'choose a role of this level'),
    ('role_retired', 'EL024', 'the role %s is retired', 'choose another role'),
    ('kyc_required', 'EL025', 'the role %s needs a verified identity', 'have the person''s identity verified first'),
    ('permission_not_here', 'EL027', 'the permission %s is not held at this level', 'choose another permission'),
    ('owner_role_fixed', 'EL026', 'the owner''s role cannot be changed', 'make a role of your own'),
    ('owner_first', 'EL028', 'this is an owner of the organization', 'the owner''s role has to be given up first'),
    ('still_managed', 'EL029', 'somebody manages this place already', 'ask them'),
    ('already_member', 'EL030', 'there is a membership here already', 'look at its status'),
    ('membership_state', 'EL031', 'a membership that is %s cannot become %s', 'look at its status again'),
    ('barred', 'EL032', 'this is closed to you at present: %s', 'read the reason, and appeal if you think it wrong'),
    (
        'invitation_unusable', 'EL033', 'this invitation cannot be used',
        'it may be used up, expired or taken back, or meant for an address that you have not confirmed'
    ),
    ('sanction_stands', 'EL040', 'such a sanction stands at this time already', 'lift it first'),
    ('appeal_open', 'EL041', 'an appeal is open already', 'wait for the judgement, or withdraw it'),
    ('appeal_closed', 'EL042', 'this appeal is closed', 'nothing is left to decide'),
    ('judge_is_party', 'EL043', 'whoever is a party does not judge', 'ask somebody else to judge'),
    ('setting_misfit', 'EL050', 'this is not a value for the setting %s, which takes a %s', 'look at its definition'),
    ('setting_not_here', 'EL051', 'the setting %s is not set at this level', 'look at its definition'),
    ('module_always_on', 'EL052', 'the module %s is part of the kernel and always on', 'nothing to switch'),
    ('quota_exceeded', 'EL060', 'the quota of %s is used up', 'free some, or ask for more'),
    ('quota_in_use', 'EL061', 'more %s are in use than that, or the amount is not one', 'free some first'),
    ('key_rotated', 'EL070', 'this key has its successor already', 'rotate the successor'),
    ('host_taken', 'EL071', 'the host %s leads to another project', 'it has to be released there first'),
    ('verification_decided', 'EL072', 'this verification is decided already', 'ask for a new one'),
    ('secrets_unavailable', 'EL080', 'secrets cannot be opened here', 'connect through the keyholder''s pool'),
    ('secret_destroyed', 'EL081', 'this person''s key was destroyed', 'what they kept secret cannot be read any more'),
    (
        'kek_unknown', 'EL083', 'this is not the key-encryption key of this installation',
        'give the keyholder''s pool the right one; to change it, also the one before, until keys are wrapped anew'
    ),
    (
        'email_taken', 'EL082', 'somebody else has this email address confirmed',
        'find out whose it is now; whoever asked is not told'
    ),
    ('append_only', 'EL090', 'rows of %s are neither changed nor taken away', 'what has to go, goes under an order'),
    ('log_size', 'EL091', 'the log has never held %s changes', 'ask audit.heads how many it holds'),
    ('not_a_checkpoint', 'EL092', 'this is not a checkpoint', 'it has a name, a size and a root, a line each'),
    (
        'month_kept', 'EL093', 'the month %s is not put away',
        'it is not there, not the oldest, or the log is kept longer'
    ),
    ('order_unsealed', 'EL094', 'an order to erase is not sealed yet', 'seal the log, and ask again'),
    ('no_such_move', 'EL100', 'a work that is %s does not become %s this way', 'look at the moves there are'),
    ('consent_missing', 'EL101', 'not everybody has consented to %s', 'ask who has to: consent.explain() tells you'),
    ('already_asked', 'EL102', 'they have to consent already', 'nothing is left to do'),
    (
        'protocols_stand', 'EL103', 'this work stands under protocols of this community or bears its labels already',
        'only those who look after them there change that'
    ),
    (
        'acknowledgement_missing', 'EL104', 'this has to be acknowledged first: what its communities ask',
        'consent.conditions() tells you'
    ),
    ('newer_version', 'EL107', 'the newest version of this is %s', 'read that one, and decide about it'),
    (
        'under_review', 'EL108', 'this stays as it is: it is being reviewed, or was',
        'take it back first, and give it in again'
    ),
    (
        'label_binds', 'EL109', 'this work bears a label that keeps it under a protocol of its community',
        'take the label off first, or keep its protocol, with all others of that community'
    ),
    (
        'season_missing', 'EL118', 'the label %s says nothing without a season',
        'say from when until when, and where'
    ),
    ('not_opened', 'EL119', 'this is restricted, and you have not opened it', 'open it, and read it first'),
    ('run_over', 'EL105', 'this run is done, or was halted', 'begin another one'),
    ('vote_too_heavy', 'EL110', 'a vote weighs %s here at most', 'give it less weight'),
    ('poll_begun', 'EL111', 'somebody has voted, so the options stand', 'put it to another poll'),
    ('poll_closed', 'EL112', 'this poll is closed', 'nothing is voted in it any more'),
    ('already_voted', 'EL113', 'you have voted already', 'in this poll a ballot is not changed'),
    (
        'ballot_misfit', 'EL114', 'this is not a ballot of a poll by the method %s',
        'give a number for each option, in their order'
    ),
    ('results_hidden', 'EL115', 'the results are hidden as yet', 'vote, or wait until it is closed and counted'),
    (
        'too_few_ballots', 'EL116', 'so few voted that the results would tell who voted what',
        'it takes three ballots, where they are anonymous'
    ),
    ('decision_missing', 'EL117', 'this needs a decision in force: %s', 'put it to those who decide'),
    ('attribution_missing', 'EL106', 'somebody consented only if it says whom it is by', 'name somebody first'),
    (
        'transfer_unbalanced', 'EL130', 'this is not a transfer: what it moves does not add up',
        'of every asset, as much is given as is got; and what ends a pending one frees what that set aside'
    ),
    ('funds_missing', 'EL131', 'there is not enough to give', 'what is set aside for pending transfers is not free'),
    ('key_reused', 'EL132', 'this key asked for something else before', 'use another key for another transfer'),
    ('transfer_state', 'EL133', 'this transfer is %s', 'look at its state again'),
    ('reversal_exceeds', 'EL134', 'more would be taken back than was moved', 'look at what was taken back already'),
    (
        'account_owner', 'EL135', 'an account is a person''s, a place''s, a work''s or the organization''s own',
        'name one of them'
    ),
    ('sharing_unset', 'EL136', 'this community has not said how it shares what comes in', 'set its benefits first'),
    (
        'event_elsewhere', 'EL137', 'this came in elsewhere: there is nothing here to share',
        'what came in by a transfer can be shared'
    ),
    (
        'shares_otherwise', 'EL138', 'these are not the shares that follow from the weights, or were decided',
        'propose them anew; who gets which part is said only where the community shares by rules of its own'
    ),
    (
        'nothing_to_share', 'EL139', 'everything would stay where it is',
        'somebody else has to get a share; of very little, there may be none for each'
    ),
    ('email_shape', '23514', 'this is not an email address', 'it looks like name@host.example')
on conflict on constraint error_codes_pkey do update
set code = excluded.code, message = excluded.message, hint = excluded.hint
where (error_codes.code, error_codes.message, error_codes.hint)
    is distinct from (excluded.code, excluded.message, excluded.hint);
