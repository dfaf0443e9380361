-- marking each of the thousand comments as hidden, without a log

with hidden as (
    update bench.comments c set hidden = true
    from bench.told t
    where t.title = 'Talked about' and c.work_id = t.id
    returning c.id
)
select 1 as answer from hidden limit 1
