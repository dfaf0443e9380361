-- the statement of a day, about 1,000 entries

select s.effective_on::text, s.transfer_id, s.amount::text, s.balance::text
from value.statement(:friend, '2026-09-01', '2026-09-01') s
