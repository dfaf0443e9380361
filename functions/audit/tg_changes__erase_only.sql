-- A change is emptied of what is personal, or left as it is. Verification holds what is missing against the orders.

create or replace function audit.tg_changes__erase_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    emptied audit.changes := old;
begin
    if tg_op = 'UPDATE' and new.erased_under is not null and old.erased_under is null then
        emptied.personal_key := null;
        emptied.personal := null;
        emptied.salt := null;
        emptied.subjects := null;
        emptied.erased_under := new.erased_under;
        if emptied is not distinct from new then
            return new;
        end if;
    end if;
    perform core._refuse('append_only', 'audit.changes');
    return null;
end
$$;

comment on function audit.tg_changes__erase_only() is
    'Lets changes be emptied of what is personal, and refuses the rest.';

revoke execute on function audit.tg_changes__erase_only() from public;
