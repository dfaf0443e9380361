-- Says whom a work of mine is by, as the next who is named, and returns the id. A person is known to the organization;
-- they can say themselves how they want to be named, and that they do not, also where it stays as it is otherwise.

create or replace function content.attribute_work(
    work_id uuid,
    named_as text,
    credit text,
    person_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id, person_id);
    attribution_id uuid;
begin
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    if content._stands_still(work.tenant_id, work.id, false) then
        perform core._refuse('under_review');
    end if;
    insert into content.attributions (tenant_id, work_id, position, credit, person_id, named_as, added_by)
    select
        work.tenant_id, work.id, coalesce(max(a.position), 0) + 1, attribute_work.credit, attribute_work.person_id,
        btrim(attribute_work.named_as), core.me()
    from content.attributions a
    where a.tenant_id = work.tenant_id and a.work_id = work.id
    returning id into attribution_id;
    return attribution_id;
end
$$;

comment on function content.attribute_work(uuid, text, text, uuid) is
    E'Says whom a work of mine is by, and returns the id.\n'
    'named_as: The name, as they want to be called.\n'
    'credit: As what: teller, translator, photographer.\n'
    'person_id: The person behind the name, if they are one of this platform''s.';

revoke execute on function content.attribute_work(uuid, text, text, uuid) from public;
grant execute on function content.attribute_work(uuid, text, text, uuid) to authenticated;
