-- Requests counted per minute. Unlogged: a crash forgives a minute, and a query pays for no write-ahead log.

create unlogged table core.rate_counters (
    bucket text not null,
    minute timestamptz not null,
    hits integer not null,
    constraint rate_counters_pkey primary key (bucket, minute),
    constraint rate_counters_minute_check check (minute = date_trunc('minute', minute, 'UTC'))
);

create index rate_counters_minute_idx on core.rate_counters (minute);

comment on table core.rate_counters is 'Requests counted per minute, for rate limits.';
comment on column core.rate_counters.bucket is 'What is counted: an API key, or a person; never an address.';
comment on column core.rate_counters.minute is 'The minute.';
comment on column core.rate_counters.hits is 'How many requests it saw.';
