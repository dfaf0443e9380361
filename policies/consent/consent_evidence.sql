-- Secrets of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without a policy shows no row to anybody but the owner.

alter table consent.consent_evidence enable row level security;
