-- The bytes of a file ($1) have arrived, kept so ($2).

select content.finish_upload($1, $2) as first
