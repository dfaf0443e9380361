-- From here on to the end of the transaction, speak as a role ($1) with the claims of a token ($2).

select set_config('request.jwt.claims', $2, true), set_config('role', $1, true)
