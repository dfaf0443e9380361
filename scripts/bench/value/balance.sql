-- what there is in an account of a million entries

select b.balance from value.balances b where b.account_id = :friend
