-- withdrawing consent to a work with a thousand comments
-- viewers: teller

select 1 as answer
from (select t.id from bench.told t where t.title = 'Talked about') t
cross join lateral consent.withdraw_consent(t.id, 'public_sharing')
