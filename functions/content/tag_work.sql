-- Calls a work of mine by a word of its organization. A synonym leads to the word that says the same.

create or replace function content.tag_work(work_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- what works are called by is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
    word content.tags;
begin
    -- A merger of words is waited for: of this one, or of what it leads to.
    perform from core.organizations o where o.id = work.tenant_id for share;
    select t.* into word from content.tags t where t.tenant_id = work.tenant_id and t.id = tag_work.tag_id;
    if word.id is null then
        perform core._refuse('not_found', 'word');
    end if;
    insert into content.work_tags (tenant_id, work_id, word_id, tag_id, added_by)
    values (
        work.tenant_id, work.id, word.id,
        coalesce(
            (
                select y.tag_id
                from content.tag_synonyms y
                where y.tenant_id = word.tenant_id and y.synonym_tag_id = word.id and y.resolves
            ),
            word.id
        ),
        core.me()
    )
    on conflict on constraint work_tags_pkey do nothing;
end
$$;

comment on function content.tag_work(uuid, uuid) is 'Calls a work of mine by a word.';

revoke execute on function content.tag_work(uuid, uuid) from public;
grant execute on function content.tag_work(uuid, uuid) to authenticated;
