-- What can be put to a group to decide, and thereby what a decision unlocks. Each module that asks for one adds it.

create table content.decision_matters (
    key text not null,
    module text not null,
    about_work boolean not null,
    description text not null,
    constraint decision_matters_pkey primary key (key),
    constraint decision_matters_key_about_work_key unique (key, about_work),
    constraint decision_matters_module_fkey foreign key (module) references core.platform_modules (module),
    constraint decision_matters_key_check check (key ~ '^[a-z_]+\.[a-z_]+$')
);

create index decision_matters_module_idx on content.decision_matters (module);

comment on table content.decision_matters is 'What can be put to a group to decide.';
comment on column content.decision_matters.key is 'The matter, as thing.deed.';
comment on column content.decision_matters.module is 'The module that asks for it.';
comment on column content.decision_matters.about_work is 'Whether it is decided of one work, or of the place.';
comment on column content.decision_matters.description is 'What is decided.';
