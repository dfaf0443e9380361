-- What a work is called and about, and in which language it is, stays as it is read, as what it says does.

create or replace function content.tg_works__stand_still()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if content._stands_still(new.tenant_id, new.id, false) then
        perform core._refuse('under_review');
    end if;
    return new;
end
$$;

comment on function content.tg_works__stand_still() is
    'Refuses another title, summary or language of what is being reviewed, or was.';

revoke execute on function content.tg_works__stand_still() from public;
