-- Empties every change about these people of what is personal, under orders that the log keeps. Commitments and leaves
-- stay, so every proof still holds. Returns how many changes were emptied.

create or replace function audit._erase_people(people uuid[], reason text)
returns bigint
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    emptied bigint;
begin
    with about as (
        select c.tenant_id, c.seq, row_number() over (partition by c.tenant_id order by c.seq) - 1 as nth
        from audit.changes c
        where c.subjects && people
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
    from (select tenant_id, id, unnest(seqs) as seq from ordered) o
    where c.tenant_id = o.tenant_id and c.seq = o.seq;
    get diagnostics emptied = row_count;
    return emptied;
end
$$;

comment on function audit._erase_people(uuid[], text) is 'Empties every change about these people of what is personal.';

revoke execute on function audit._erase_people(uuid[], text) from public;
