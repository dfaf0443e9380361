-- Whoever voted reads their own ballot. Others it is put to read it when they may see the results. Servers and auditors
-- are told what a poll came to, and need no ballots.

alter table content.ballots enable row level security;

create policy read_voter on content.ballots
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_member on content.ballots
for select to authenticated
using (
    exists (
        select
        from content.polls p
        where p.tenant_id = ballots.tenant_id
            and p.id = ballots.poll_id
            and (
                p.results_shown = 'always'
                or p.counted_at is not null
                or (p.results_shown = 'after_vote' and p.id in (select content.voted_in()))
            )
    )
);

grant select on content.ballots to authenticated;
