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
begin
    insert into content.tag_synonyms as y (tenant_id, synonym_tag_id, tag_id, proposed_by)
    select s.tenant_id, s.id, t.id, me
    from content.tags s
    join content.tags t on t.tenant_id = s.tenant_id
    where s.id = propose_synonym.synonym_tag_id
        and t.id = propose_synonym.tag_id
        and s.tenant_id = any (core.reach(0))
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

comment on function content.propose_synonym(uuid, uuid) is 'Proposes that a word says the same as another.';

revoke execute on function content.propose_synonym(uuid, uuid) from public;
grant execute on function content.propose_synonym(uuid, uuid) to authenticated;
