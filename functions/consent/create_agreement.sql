-- Writes down an agreement as it was signed: with whom, for which purposes, on all works of a scope or on some.

create or replace function consent.create_agreement(
    scope_id uuid,
    recipient text,
    purposes text[],
    obligations text,
    document_sha256 text,
    until timestamptz default null,
    begins timestamptz default null,
    work_ids uuid[] default null
)
returns uuid
language plpgsql
volatile
security definer -- agreements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    agreement_id uuid;
begin
    perform core._require('agreement.manage', scope_id);
    select s.* into place from core.scopes s where s.id = create_agreement.scope_id;
    if until <= greatest(now(), begins) then
        perform core._refuse('ends_before_now');
    end if;
    if coalesce(cardinality(purposes), 0) = 0
        or exists (
            select from unnest(purposes) wanted (key) where wanted.key not in (select p.key from consent.purposes p)
        )
    then
        perform core._refuse('not_found', 'purpose');
    end if;
    -- Of those that may be known of; what is named and cannot be is refused in the same words as what is not there.
    if exists (
        select
        from unnest(work_ids) wanted (id)
        where not exists (
            select
            from content.works w
            join content.visible(work_ids) v (id) on v.id = w.id
            where w.tenant_id = place.tenant_id
                and w.id = wanted.id
                and place.id in (w.scope_id, w.project_id, w.tenant_id)
        )
    ) then
        perform core._refuse('not_found', 'work');
    end if;
    insert into consent.agreements (
        tenant_id, scope_id, whole_scope, recipient, obligations, document_sha256, during, signed_by
    )
    values (
        place.tenant_id, place.id, work_ids is null, btrim(create_agreement.recipient), create_agreement.obligations,
        create_agreement.document_sha256, tstzrange(coalesce(begins, now()), until), core.me()
    )
    returning id into agreement_id;
    insert into consent.agreement_purposes (tenant_id, agreement_id, purpose)
    select distinct place.tenant_id, agreement_id, wanted.key
    from unnest(purposes) wanted (key);
    insert into consent.agreement_works (tenant_id, agreement_id, work_id)
    select distinct place.tenant_id, agreement_id, wanted.id
    from unnest(work_ids) wanted (id);
    return agreement_id;
end
$$;

comment on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) is
    E'Writes down an agreement as it was signed, and returns its id.\n'
    'purposes: What it is for: the keys of purposes.\n'
    'begins: From when it holds: now, unless told otherwise.\n'
    'until: Until when it holds; without an end, until it is ended.\n'
    'work_ids: The works that it names; without any, all of its scope.';

revoke execute on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) from public;
grant execute on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) to authenticated;
