-- what there was a month before the last entry

select value.balance_on(:friend, '2026-08-27') as balance
