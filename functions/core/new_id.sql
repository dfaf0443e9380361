-- Keys: uuid version 7, so that rows made together lie together. Native from Postgres 18 on.

do $outer$
begin
    if pg_catalog.current_setting('server_version_num')::integer >= 180000 then
        create or replace function core.new_id()
        returns uuid
        language sql
        volatile
        parallel safe
        set search_path = pg_catalog, pg_temp
        as 'select pg_catalog.uuidv7()';
    else
        -- The time in milliseconds in front, the version written over a random uuid's bits.
        create or replace function core.new_id()
        returns uuid
        language sql
        volatile
        parallel safe
        set search_path = pg_catalog, pg_temp
        as $$
            select encode(
                set_bit(
                    set_bit(
                        overlay(
                            uuid_send(gen_random_uuid())
                            placing substring(
                                int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3
                            )
                            from 1 for 6
                        ),
                        52, 1
                    ),
                    53, 1
                ),
                'hex'
            )::uuid
        $$;
    end if;
end
$outer$;

comment on function core.new_id() is 'A new key: uuid version 7, ordered by time.';

revoke execute on function core.new_id() from public;
grant execute on function core.new_id() to authenticated, service_role;
