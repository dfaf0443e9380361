-- What there is in the accounts that whoever asks can see.

select concat_ws('|', b.account_id, b.balance, b.pending_in, b.pending_out, b.entries) as answer
from value.balances b
