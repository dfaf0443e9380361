-- Decides whether a word says the same as the one that was proposed. Approved, the two are merged: what was called by
-- the first is found by the second, and so is what the first led to. Nothing is lost: each work keeps the word that was
-- said, and when the approval is taken back, is called by it again. Whoever says with which other word decides about
-- that proposal, or about nothing, where another was made meanwhile.

create or replace function content.decide_synonym(synonym_tag_id uuid, approve boolean, tag_id uuid default null)
returns void
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    proposal content.tag_synonyms;
begin
    perform core._require_read_committed();
    select y.* into proposal from content.tag_synonyms y where y.synonym_tag_id = decide_synonym.synonym_tag_id;
    if proposal.tenant_id is null or not core.can('tag.manage', proposal.tenant_id) then
        perform core._refuse('not_found', 'proposal');
    end if;
    perform core._require_open(proposal.tenant_id);
    -- One merger at a time; and who calls a work by a word waits.
    perform from core.organizations o where o.id = proposal.tenant_id for no key update;
    select y.* into proposal
    from content.tag_synonyms y
    where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.synonym_tag_id;

    if decide_synonym.tag_id <> proposal.tag_id then
        perform core._refuse('not_found', 'proposal');
    end if;
    if approve then
        -- The other may itself lead to a third by now.
        proposal.tag_id := coalesce(
            (
                select y.tag_id
                from content.tag_synonyms y
                where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.tag_id and y.resolves
            ),
            proposal.tag_id
        );
        if proposal.tag_id = proposal.synonym_tag_id then
            perform core._refuse('not_found', 'proposal');
        end if;
        update content.tag_synonyms y
        set tag_id = proposal.tag_id
        where y.tenant_id = proposal.tenant_id and y.tag_id = proposal.synonym_tag_id and y.resolves;
        update content.work_tags w
        set tag_id = proposal.tag_id
        where w.tenant_id = proposal.tenant_id and w.tag_id = proposal.synonym_tag_id;
    end if;
    update content.tags t
    set is_synonym = approve
    where t.tenant_id = proposal.tenant_id and t.id = proposal.synonym_tag_id;
    if not approve then
        update content.work_tags w
        set tag_id = w.word_id
        where w.tenant_id = proposal.tenant_id and w.word_id = proposal.synonym_tag_id;
    end if;
    update content.tag_synonyms y
    set
        tag_id = proposal.tag_id, status = case when approve then 'approved' else 'rejected' end,
        decided_by = me, decided_at = now()
    where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.synonym_tag_id;
end
$$;

comment on function content.decide_synonym(uuid, boolean, uuid) is
    E'Merges a word with the one that it says the same as, or takes them apart.\n'
    'synonym_tag_id: The word that says the same as the other.\n'
    'tag_id: The word that it leads to.\n'
    'approve: Whether they are merged, or kept apart.';

revoke execute on function content.decide_synonym(uuid, boolean, uuid) from public;
grant execute on function content.decide_synonym(uuid, boolean, uuid) to authenticated;
