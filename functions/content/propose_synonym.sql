-- Proposes that a word says the same as another of the same organization. It counts when it is approved; proposed
-- anew, what was rejected can be decided again.

create or replace function content.propose_synonym(synonym_tag_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    organization_id uuid;
begin
    select s.tenant_id into organization_id
    from content.tags s
    join content.tags t on t.tenant_id = s.tenant_id
    where s.id = propose_synonym.synonym_tag_id
        and t.id = propose_synonym.tag_id
        and s.tenant_id = any (core.reach(0));
    if organization_id is null then
        perform core._refuse('not_found', 'pair of words');
    end if;
    perform core._require_open(organization_id);
    if organization_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.tag_synonyms as y (tenant_id, synonym_tag_id, tag_id, proposed_by)
    values (organization_id, propose_synonym.synonym_tag_id, propose_synonym.tag_id, me)
    on conflict on constraint tag_synonyms_pkey do update
    set
        tag_id = excluded.tag_id, status = 'proposed', proposed_by = excluded.proposed_by, proposed_at = now(),
        decided_by = null, decided_at = null
    where y.status <> 'approved';
    if not found then
        perform core._refuse('not_found', 'pair of words');
    end if;
end
$$;

comment on function content.propose_synonym(uuid, uuid) is
    E'Proposes that a word says the same as another.\n'
    'synonym_tag_id: The word that says the same as the other.\n'
    'tag_id: The word that it would lead to.';

revoke execute on function content.propose_synonym(uuid, uuid) from public;
grant execute on function content.propose_synonym(uuid, uuid) to authenticated;
