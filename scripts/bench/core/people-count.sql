-- how many people I can see

select count(*) as answer from core.people
