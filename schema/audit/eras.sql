-- Transaction ids begin anew after a dump is restored or in another cluster, so every change carries an era. What
-- was known of the logs when it began stands in its row, and its row in the platform's log.

create table audit.eras (
    era integer not null,
    began_at timestamptz not null default clock_timestamp(),
    reason text not null,
    checkpoints text[] not null default '{}',
    constraint eras_pkey primary key (era),
    constraint eras_era_check check (era >= 1),
    constraint eras_reason_check check (length(btrim(reason)) between 1 and 500)
);

create trigger _010_append_only
before update or delete or truncate on audit.eras
for each statement execute function audit.tg__append_only();

alter table audit.eras enable always trigger _010_append_only;

comment on table audit.eras is 'Stretches of time in which transaction ids only grow.';
comment on column audit.eras.era is 'Their number; the greatest is the present one.';
comment on column audit.eras.began_at is 'When it began.';
comment on column audit.eras.reason is 'Why: installed, restored, moved.';
comment on column audit.eras.checkpoints is
    'The last checkpoints known of outside when it began: what a restore has lost can be told from them.';
