-- to a work that nobody said anything to
-- as the viewer

select 1 as answer
from (select t.id from bench.told t where t.title = 'Quiet') t
cross join lateral consent.withdraw_consent(t.id, 'public_sharing')
