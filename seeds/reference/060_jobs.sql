-- What runs by itself.

select ops._register_job(
    'forget_requests', 'core', 'core.forget_requests()', 'every 10 minutes',
    'Forgets the request counts of past minutes.'
);

select ops._register_job(
    'fold_counts', 'content', 'content.fold_counts()', 'every 1 minute',
    'Adds up what was counted about works.'
);

select ops._register_job(
    'expire_transfers', 'value', 'value.expire_transfers()', 'every 1 minute',
    'Ends pending transfers that nobody posted in time.'
);

select ops._register_job(
    'seal_log', 'audit', 'audit.seal()', 'every 1 second',
    'Gives what was written its place in the logs.'
);

select ops._register_job(
    'make_months', 'audit', 'audit.make_months()', '10 3 * * *',
    'Makes the partitions of the coming months.'
);

select ops._register_job(
    'finish_erasures', 'audit', 'audit.finish_erasures()', 'every 60 minutes',
    'Empties what was still being written about somebody while they were forgotten.'
);

select ops._register_job(
    'shorten_addresses', 'audit', 'audit.shorten_addresses()', '40 3 * * *',
    'Shortens the addresses in activity older than 90 days.'
);

select ops._register_job(
    'recall_expired', 'consent', 'consent.recall_expired()', 'every 10 minutes',
    'Takes works back from uses to which consent has ended by itself.'
);

select ops._register_job(
    'count_polls', 'content', 'content.count_polls()', 'every 1 minute',
    'Counts the polls that have closed, and shuffles the anonymous ballots that wait.'
);

select ops._register_job(
    'drop_unused_files', 'content', 'content.drop_unused_files()', 'every 60 minutes',
    'Drops uploads of more than a day ago that nothing shows.'
);
