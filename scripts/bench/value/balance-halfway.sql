-- what there was half of the time ago

select value.balance_on(:friend, '2025-05-15') as balance
