-- the 20 people who came last, of those I can see among 100,000

select id, display_name from core.people order by created_at desc limit 20
