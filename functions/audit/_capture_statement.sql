-- The statement that writes the changes of one kind: for each of these rows, one. Of a row that went only the key is
-- kept; what it was, the change before says. What is the same for all of them comes from c, which a capture function
-- has at hand; a statement that stands alone brings it along. A clock that is set back does not let a change be older
-- than what was sealed before it. The era is read where the change is written: whoever begins a new one waits for the
-- statements that write, and those that come after have to see it.

create or replace function audit._capture_statement(table_name text, operation "char", rows text)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen record;
    gone constant boolean := operation in ('D', 'T');
    personal text;
    body text;
begin
    select * into seen from audit._portrait(table_name);
    personal := case when gone then seen.personal_key else seen.personal end;
    body := case when gone then 'null::bytea' else seen.body end;
    return format(
        $statement$
        insert into audit.changes (
            tenant_id, recorded_at, era, actor, role, session_role, flags, request_id, table_name, operation,
            key, clear, personal_key, personal, salt, personal_commitment, body_commitment, subjects
        )
        select
            q.tenant_id, greatest(clock_timestamp(), p.sealed_at), p.era,
            c.actor, c.role, c.session_role, c.flags, c.request_id,
            %1$L, %2$L,
            q.key, q.clear, q.personal_key, q.personal, q.salt,
            sha256(q.salt || convert_to(q.personal, 'utf8')), sha256(q.salt || q.body), q.subjects
        from %12$s(
            select
                %3$s as tenant_id,
                %4$s as key,
                %5$s as clear,
                %6$s as personal_key,
                %7$s as personal,
                %8$s as body,
                %9$s as salt,
                %10$s as subjects
            from %11$s n%13$s
        ) q
        left join audit.progress p on true; -- were it gone, a write must fail, not go unnoticed
        $statement$,
        table_name, operation,
        seen.tenant_id, seen.key, case when gone then 'null::text' else seen.clear end, seen.personal_key,
        personal, body,
        case
            when personal = 'null::text' and body = 'null::bytea' then 'null::bytea'
            else 'uuid_send(gen_random_uuid())'
        end,
        seen.subjects, rows,
        case when operation in ('S', 'T') then 'audit._context() c cross join ' else '' end,
        seen.gathered
    );
end
$$;

comment on function audit._capture_statement(text, "char", text) is
    'The statement that writes the changes of one kind.';

revoke execute on function audit._capture_statement(text, "char", text) from public;
