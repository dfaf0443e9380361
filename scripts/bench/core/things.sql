-- counting 20,000 rows under a policy that asks core.granted() once
-- viewers: one fifty many

select count(*) as answer from bench.things
