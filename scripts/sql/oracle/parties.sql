-- Whose consent each work began with.

select id, work_id from consent.consent_parties where capacity = 'teller'
