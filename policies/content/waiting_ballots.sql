-- Nobody reads these: not those who put the poll, nor servers, nor auditors. content.poll_results() tells what they
-- come to.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table content.waiting_ballots enable row level security;
