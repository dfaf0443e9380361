-- What has to run by itself, and when. Modules register theirs; the worker reads this list.

create table ops.jobs (
    name text not null,
    module text not null,
    call text not null,
    schedule text not null,
    description text not null,
    enabled boolean not null default true,
    last_run_at timestamptz,
    last_outcome text,
    constraint jobs_pkey primary key (name),
    constraint jobs_module_fkey foreign key (module) references core.platform_modules (module),
    constraint jobs_name_check check (name ~ '^[a-z_]+$'),
    constraint jobs_call_check check (call ~ '^[a-z_]+\.[a-z_]+\(\)$'),
    constraint jobs_schedule_check check (
        schedule ~ '^every ([1-9][0-9]{0,3}) (second|minute)s?$' or schedule ~ '^(\S+ ){4}\S+$'
    )
);

create index jobs_module_idx on ops.jobs (module);

comment on table ops.jobs is 'What has to run by itself, and when.';
comment on column ops.jobs.name is 'What people call the job.';
comment on column ops.jobs.module is 'The module it belongs to.';
comment on column ops.jobs.call is 'The function to call, without arguments: schema.name().';
comment on column ops.jobs.schedule is 'When: "every 5 seconds", or five fields as cron has them, in UTC.';
comment on column ops.jobs.description is 'What it does.';
comment on column ops.jobs.enabled is 'Whether it runs.';
comment on column ops.jobs.last_run_at is 'When it last ended well.';
comment on column ops.jobs.last_outcome is 'What it said then.';
