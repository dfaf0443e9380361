-- filtered by hand, without a policy

select count(*) as answer from bench.things where scope_id = any (:scopes::uuid[])
