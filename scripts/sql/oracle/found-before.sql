-- Organizations are older ($1: since when).

update core.organizations o set created_at = $1
