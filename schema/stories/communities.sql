-- What only a community has. A community is a place; this row extends it. Who belongs is said by memberships, what it
-- asks of readers by protocols, how it decides by its settings.

create table stories.communities (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('community') stored,
    basis stories.community_basis not null,
    territory text not null default '',
    languages text[] not null default '{}',
    founded_on date,
    updated_at timestamptz not null default now(),
    constraint communities_pkey primary key (tenant_id, id),
    constraint communities_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references core.scopes (tenant_id, id, kind),
    constraint communities_territory_check check (length(territory) <= 1000),
    constraint communities_languages_check check (stories.are_languages(languages))
);

create trigger _010_freeze_key
before update of tenant_id, id on stories.communities
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on stories.communities
for each row execute function core.tg__touch();

comment on table stories.communities is
    'What only a community has; its name, description and visibility stand on its scope.';
comment on column stories.communities.tenant_id is 'The organization.';
comment on column stories.communities.id is 'The scope that this community is.';
comment on column stories.communities.kind is 'Always community: the key to its scope holds it to that.';
comment on column stories.communities.basis is 'What holds it together.';
comment on column stories.communities.territory is 'Where it is at home, in its own words.';
comment on column stories.communities.languages is 'The languages that are spoken in it, its own first.';
comment on column stories.communities.founded_on is 'Since when there is such a community, if one can say so.';
comment on column stories.communities.updated_at is 'When its row last changed.';
