-- A decision is ended, from now on or later; or, before it began, it is made never to stand. Nothing else becomes of
-- it.

create or replace function consent.tg_consents__end_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    ended consent.consents := old;
begin
    if new.during <@ old.during then -- not so when it is deleted: then nothing is new
        ended.during := new.during;
        if ended is not distinct from new
            and (
                (isempty(new.during) and lower(old.during) >= now())
                or (lower(new.during) = lower(old.during) and upper(new.during) >= now())
            )
        then
            return new;
        end if;
    end if;
    perform core._refuse('append_only', 'consent.consents');
    return null;
end
$$;

comment on function consent.tg_consents__end_only() is 'Lets a decision be ended, and refuses the rest.';

revoke execute on function consent.tg_consents__end_only() from public;
