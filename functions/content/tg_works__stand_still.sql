-- What a work is called and about stays as it is read, while it is being reviewed and once it was approved.

create or replace function content.tg_works__stand_still()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('under_review');
    return null;
end
$$;

comment on function content.tg_works__stand_still() is
    'Refuses another title or summary of what is being reviewed, or was approved.';

revoke execute on function content.tg_works__stand_still() from public;
