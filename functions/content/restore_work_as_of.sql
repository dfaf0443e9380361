-- Brings a work of mine, or of somebody I act for, back to how it was at an instant: what it is called and about, its
-- language, and what it said then, as its next version. Nothing comes back that shares it further: not its visibility,
-- nor its state, consents, protocols. What is otherwise than it was and stays so is said, with the reason.

create or replace function content.restore_work_as_of(work_id uuid, at timestamptz)
returns setof content.recovered
language plpgsql
volatile
rows 5
security definer -- works are written by functions alone, and the log is nobody's to read
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
begin
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    return query select r.* from content._recover(array[work.id], restore_work_as_of.at) r;
end
$$;

comment on function content.restore_work_as_of(uuid, timestamptz) is
    E'Brings a work of mine back to how it was at an instant, and says what became of what. It is shared no '
    'further.\n'
    'at: The instant to go back to.';

revoke execute on function content.restore_work_as_of(uuid, timestamptz) from public;
grant execute on function content.restore_work_as_of(uuid, timestamptz) to authenticated;
