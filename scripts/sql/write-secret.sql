-- Keeps a secret: mine, unless another person is named.
select core.write_secret(coalesce($1::uuid, core.me()), $2, $3);
