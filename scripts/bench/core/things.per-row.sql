-- a policy that calls is_member() for every row
-- as the viewer

select count(*) as answer from bench.things_by_row
