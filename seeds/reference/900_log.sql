-- The log begins, and follows every table that is to be followed; last, what it stands on is recorded. Done again in
-- every migration, it changes only what has to change.

insert into audit.eras (era, reason)
select 1, 'installed'
where not exists (select from audit.eras);

insert into audit.progress (era, sealed_below)
select 1, '0'
where not exists (select from audit.progress);

select audit.make_months();

-- The registry is followed too: what is to be followed is read first.
do $$
declare
    tracked text;
begin
    foreach tracked in array (
        select array_agg(k.table_name order by k.table_name) from ops.table_classes k where k.untracked_because is null
    )
    loop
        perform audit._attach(tracked);
    end loop;
end
$$;

select audit._record_safeguards();
