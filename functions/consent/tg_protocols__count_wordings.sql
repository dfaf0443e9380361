-- Whoever acknowledged one wording has not acknowledged the next.

create or replace function consent.tg_protocols__count_wordings()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.wording := old.wording + (new.acknowledgement is distinct from old.acknowledgement)::integer;
    return new;
end
$$;

comment on function consent.tg_protocols__count_wordings() is 'Counts the wordings of an acknowledgement.';

revoke execute on function consent.tg_protocols__count_wordings() from public;
