-- Keys of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.person_keys enable row level security;
