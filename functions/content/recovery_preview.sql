-- What recover_person() would do, and writes nothing: one row for each thing that is otherwise than it was.

create or replace function content.recovery_preview(at timestamptz, person_id uuid default null)
returns setof content.recovered
language plpgsql
stable
rows 100
security definer -- the log is nobody's to read
set search_path = pg_catalog, pg_temp
as $$
declare
    whose constant uuid := coalesce(person_id, core._require_me());
begin
    if not coalesce(core.acts_for(whose), false) then
        perform core._refuse('not_yours', 'person');
    end if;
    return query select p.* from content._profile_recovery(whose, recovery_preview.at) p;
    return query select r.* from content._recovery(content._works_of(whose), recovery_preview.at) r;
end
$$;

comment on function content.recovery_preview(timestamptz, uuid) is
    E'What of mine, or of somebody I act for, is otherwise than it was at an instant, and what recovering would '
    'do to it.\n'
    'at: The instant to look back to.\n'
    'person_id: Whose: mine, unless told otherwise.';

revoke execute on function content.recovery_preview(timestamptz, uuid) from public;
grant execute on function content.recovery_preview(timestamptz, uuid) to authenticated;
