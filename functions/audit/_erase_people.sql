-- Empties every change about these people of what is personal, under orders that the log keeps. Commitments and leaves
-- stay, so every proof still holds. What is still the newest word on a row that has to stay as evidence (a sanction, a
-- verification) stays with it, and goes when the row goes. Returns how many changes were emptied.

create or replace function audit._erase_people(people uuid[], reason text)
returns bigint
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    emptied bigint;
begin
    -- One at a time: two who empty the same change would both have ordered it.
    perform pg_advisory_xact_lock(hashtextextended('audit._erase_people', 0));
    with about as (
        select
            c.tenant_id, c.seq, c.recorded_at, row_number() over (partition by c.tenant_id order by c.seq) - 1 as nth
        from audit.changes c
        where c.subjects && people
            and not (
                c.table_name in (select k.table_name from ops.table_classes k where k.retention = 'security')
                and c.operation not in ('D', 'T')
                and not exists (
                    select
                    from audit.changes later
                    where later.tenant_id = c.tenant_id
                        and later.table_name = c.table_name
                        and coalesce(later.key, later.personal_key) = coalesce(c.key, c.personal_key)
                        and later.seq > c.seq
                )
            )
    ),
    ordered as (
        insert into audit.erasure_orders (tenant_id, ordered_by, reason, seqs)
        select a.tenant_id, core.me(), _erase_people.reason, array_agg(a.seq order by a.seq)
        from about a
        group by a.tenant_id, a.nth / 10000
        returning tenant_id, id, seqs
    )
    update audit.changes c
    set personal_key = null, personal = null, salt = null, subjects = null, erased_under = o.id
    from about a
    join (select tenant_id, id, unnest(seqs) as seq from ordered) o on o.tenant_id = a.tenant_id and o.seq = a.seq
    where c.tenant_id = a.tenant_id and c.seq = a.seq and c.recorded_at = a.recorded_at;
    get diagnostics emptied = row_count;

    update audit.activity a
    set person_id = null, ip = null, user_agent = null
    where a.person_id = any (people);
    return emptied;
end
$$;

comment on function audit._erase_people(uuid[], text) is 'Empties every change about these people of what is personal.';

revoke execute on function audit._erase_people(uuid[], text) from public;
