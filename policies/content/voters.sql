-- Whether somebody has voted is for them alone.

alter table content.voters enable row level security;

create policy read_voter on content.voters
for select to authenticated
using (
    person_id in (select core.my_people())
);

grant select on content.voters to authenticated;
