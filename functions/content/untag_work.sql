-- Calls a work of mine by a word no more, nor by those that lead to it.

create or replace function content.untag_work(work_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- what works are called by is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
begin
    delete from content.work_tags t
    where t.tenant_id = work.tenant_id and t.work_id = work.id and untag_work.tag_id in (t.word_id, t.tag_id);
    if not found then
        perform core._refuse('not_found', 'word');
    end if;
end
$$;

comment on function content.untag_work(uuid, uuid) is 'Calls a work of mine by a word no more.';

revoke execute on function content.untag_work(uuid, uuid) from public;
grant execute on function content.untag_work(uuid, uuid) to authenticated;
