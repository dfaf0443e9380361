-- The protocol sets that I pass, and of which I acknowledged what they ask, in its present wording.

create or replace function consent._acknowledged_sets()
returns setof uuid
language sql
stable
rows 100
set search_path = pg_catalog, pg_temp
as $$
    select s.set_id
    from consent.passed_sets() s (set_id)
    where not exists (
        select
        from consent.protocol_set_members m
        join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id
        where m.set_id = s.set_id
            and p.enforcement = 'required'
            and p.retired_at is null
            and p.acknowledgement is not null
            and not exists (
                select
                from consent.protocol_acknowledgements a
                where a.tenant_id = p.tenant_id
                    and a.protocol_id = p.id
                    and a.person_id = core.me()
                    and a.wording = p.wording
            )
    )
$$;

comment on function consent._acknowledged_sets() is
    'The protocol sets that I pass, and of which I acknowledged what they ask.';

revoke execute on function consent._acknowledged_sets() from public;
