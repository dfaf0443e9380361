-- The head of one log at the size of a block, as it is signed.
select audit.checkpoint($1::uuid, $2::bigint) as checkpoint;
