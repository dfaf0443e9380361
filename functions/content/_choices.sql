-- What was voted in a poll, whoever voted it.

create or replace function content._choices(poll_id uuid)
returns setof integer[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select b.choices
    from content.polls p
    join content.ballots b on b.tenant_id = p.tenant_id and b.poll_id = p.id
    where p.id = _choices.poll_id
    union all
    select b.choices
    from content.polls p
    join content.anonymous_ballots b on b.tenant_id = p.tenant_id and b.poll_id = p.id
    where p.id = _choices.poll_id
$$;

comment on function content._choices(uuid) is 'What was voted in a poll, whoever voted it.';

revoke execute on function content._choices(uuid) from public;
