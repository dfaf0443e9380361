-- That a log of the second size begins with the log of the first.
select audit.prove_consistency($1::uuid, $2::bigint, $3::bigint) as proof;
