-- The polls about works in places where I belong, as far as I may know of them: of a work under protocols that I do not
-- pass I learn nothing, so neither what is asked about it. Whoever has to consent to the work is asked all the same.

create or replace function content.polls_on_works()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 100
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.id
    from content.polls p
    join content.works w on w.tenant_id = p.tenant_id and w.id = p.work_id
    where p.scope_id = any (core.reach(2))
        and (
            w.protocol_set_id is null
            or w.protocol_set_id in (select consent.passed_sets())
            or w.id in (select consent.asking_me())
        );
end
$$;

comment on function content.polls_on_works() is 'The polls about works in my places, as far as I may know of them.';

revoke execute on function content.polls_on_works() from public;
grant execute on function content.polls_on_works() to authenticated;
