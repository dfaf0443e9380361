-- Ties an invitation to an email address.
select core.bind_invitation($1, $2);
