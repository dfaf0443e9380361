-- What runs by itself.

select ops._register_job(
    'forget_requests', 'core', 'core.forget_requests()', 'every 10 minutes',
    'Forgets the request counts of past minutes.'
);
