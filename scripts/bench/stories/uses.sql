-- which agreements and runs touched the 1,000 stories of a teller
-- viewers: teller

select work_id, recipient, model, handed_out_at from stories.uses_of_mine() order by work_id
