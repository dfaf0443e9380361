-- An opening is a new one, of now, in this transaction, for as long as the place of the work lets it last; and of
-- somebody who acknowledged what is asked of them.

create or replace function consent.tg_openings__begin()
returns trigger
language plpgsql
security definer -- looks at the place of the work
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Who does not pass at all is refused by the policy.
    if new.protocol_set_id in (select consent.passed_sets())
        and new.protocol_set_id not in (select consent._acknowledged_sets())
    then
        perform core._refuse('acknowledgement_missing');
    end if;
    new.id := core.new_id();
    new.opened_at := now();
    new.opened_in := pg_current_xact_id();
    new.open_until := now() + (
        select make_interval(mins => (core.setting('protocols.opening_minutes', w.scope_id) #>> '{}')::integer)
        from content.works w
        where w.tenant_id = new.tenant_id and w.id = new.work_id
    );
    return new;
end
$$;

comment on function consent.tg_openings__begin() is 'Begins an opening, now and for as long as it may last.';

revoke execute on function consent.tg_openings__begin() from public;
