-- The ways there are to react to something without words.

create table content.reaction_kinds (
    kind text not null,
    description text not null,
    constraint reaction_kinds_pkey primary key (kind),
    constraint reaction_kinds_kind_check check (kind ~ '^[a-z_]+$')
);

comment on table content.reaction_kinds is 'The ways there are to react to something without words.';
comment on column content.reaction_kinds.kind is 'The kind.';
comment on column content.reaction_kinds.description is 'What somebody says with it.';
