-- The module audit: what happened? Every change of every tracked row, sealed into one Merkle log per tenant.

create schema audit;

comment on schema audit is
    'What happened? Every change of every tracked row, sealed into one Merkle log per tenant that nobody can rewrite.';

grant usage on schema audit to authenticated, service_role, empathy_auditor;

-- Drawn while the row's lock is held and never cached: for one row, a greater number is a later write.
create sequence audit.change_seq as bigint cache 1;
comment on sequence audit.change_seq is 'The order of writes, for any one row.';
