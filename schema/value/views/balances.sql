-- What there is in each account, and what is set aside: what its last entry left.

create view value.balances
with (security_invoker = true)
as
select
    a.tenant_id,
    a.id as account_id,
    a.asset,
    a.may_go_negative,
    coalesce(e.balance_after, 0) as balance,
    coalesce(e.pending_in_after, 0) as pending_in,
    coalesce(e.pending_out_after, 0) as pending_out,
    coalesce(e.number, 0) as entries,
    e.latest_on
from value.accounts a
left join lateral (
    select e.balance_after, e.pending_in_after, e.pending_out_after, e.number, e.latest_on
    from value.entries e
    where e.tenant_id = a.tenant_id and e.account_id = a.id
    order by e.number desc
    limit 1
) e on true;

comment on view value.balances is 'What there is in each account, and what is set aside.';
comment on column value.balances.tenant_id is 'The organization.';
comment on column value.balances.account_id is 'The account.';
comment on column value.balances.asset is 'Of what.';
comment on column value.balances.may_go_negative is 'Whether it may go below zero.';
comment on column value.balances.balance is 'How much there is, in the smallest unit of the asset.';
comment on column value.balances.pending_in is 'How much may still come in by transfers that are pending.';
comment on column value.balances.pending_out is 'How much of it is set aside for transfers that are pending.';
comment on column value.balances.entries is 'How many entries the account has.';
comment on column value.balances.latest_on is 'The latest day from which one of them counts.';
