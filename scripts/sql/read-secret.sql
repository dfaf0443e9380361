-- Opens a secret: mine, unless another person is named.
select core.read_secret(coalesce($1::uuid, core.me()), $2);
