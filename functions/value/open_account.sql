-- Opens an account: for oneself or somebody one acts for, for a place, project or organization, for a work, or for the
-- organization's own books. Where there is one already, it is that one.

create or replace function value.open_account(
    organization_id uuid,
    asset text,
    person_id uuid default null,
    scope_id uuid default null,
    work_id uuid default null,
    system_key text default null,
    kind text default 'main',
    may_go_negative boolean default false
)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    account_id uuid;
begin
    if num_nonnulls(person_id, scope_id, work_id, system_key) <> 1 then
        perform core._refuse('account_owner');
    end if;
    if not core._is_service() then
        perform value._require_opener(organization_id, person_id, scope_id, work_id, may_go_negative);
    end if;
    insert into value.accounts as a (
        tenant_id, asset, person_id, scope_id, work_id, system_key, kind, may_go_negative
    )
    values (
        organization_id, open_account.asset, open_account.person_id, open_account.scope_id, open_account.work_id,
        open_account.system_key, open_account.kind, open_account.may_go_negative
    )
    on conflict on constraint accounts_owner_key do nothing
    returning a.id into account_id;
    if account_id is null then
        select a.id into account_id
        from value.accounts a
        where a.tenant_id = organization_id
            and a.person_id is not distinct from open_account.person_id
            and a.scope_id is not distinct from open_account.scope_id
            and a.work_id is not distinct from open_account.work_id
            and a.system_key is not distinct from open_account.system_key
            and a.asset = open_account.asset
            and a.kind = open_account.kind;
    end if;
    return account_id;
end
$$;

comment on function value.open_account(uuid, text, uuid, uuid, uuid, text, text, boolean) is
    E'Opens an account, and returns its id; where there is one already, that one''s.\n'
    'organization_id: The organization in whose books it is.\n'
    'asset: Of what.\n'
    'person_id: The person whose it is.\n'
    'scope_id: The place, project or organization whose it is.\n'
    'work_id: The work whose it is.\n'
    'system_key: What it is for, of the organization''s own.\n'
    'kind: Which of their accounts it is.\n'
    'may_go_negative: Whether it may go below zero; only for the organization''s own.';

revoke execute on function value.open_account(uuid, text, uuid, uuid, uuid, text, text, boolean) from public;
grant execute on function value.open_account(uuid, text, uuid, uuid, uuid, text, text, boolean)
to authenticated, service_role;
