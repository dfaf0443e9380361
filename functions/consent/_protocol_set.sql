-- The protocol set that is made of this: for each community how its protocols count, and which they are. Found, or
-- written. The parts come as {"<community>": {"match": "all", "protocols": ["<protocol>", …]}, …}; without any there is
-- no set.

create or replace function consent._protocol_set(tenant_id uuid, parts jsonb)
returns uuid
language plpgsql
volatile
security definer -- sets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    short text;
    set_id uuid;
begin
    if parts = '{}' then
        return null;
    end if;
    -- The same, however it was said: a community's only protocol is all of them.
    select jsonb_object_agg(
        p.key,
        jsonb_build_object('match', case when m.several then p.value ->> 'match' else 'all' end, 'protocols', m.ids)
    )
    into parts
    from jsonb_each(parts) p
    cross join lateral (
        select jsonb_agg(distinct i.id) as ids, count(distinct i.id) > 1 as several
        from jsonb_array_elements_text(p.value -> 'protocols') i (id)
    ) m;
    short := encode(sha256(convert_to(parts::text, 'utf8')), 'hex');
    -- An id that grew with time would tell whoever asks for the same that somebody had before them.
    insert into consent.protocol_sets as s (tenant_id, id, composition)
    values (_protocol_set.tenant_id, left(short, 32)::uuid, short)
    on conflict do nothing -- of two who make it at once, one does: by its id, or by what it is made of
    returning id into set_id;
    if set_id is null then
        return (
            select s.id
            from consent.protocol_sets s
            where s.tenant_id = _protocol_set.tenant_id and s.composition = short
        );
    end if;
    insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
    select _protocol_set.tenant_id, set_id, p.key::uuid, (p.value ->> 'match')::consent.protocol_match
    from jsonb_each(parts) p;
    insert into consent.protocol_set_members (tenant_id, set_id, scope_id, protocol_id)
    select _protocol_set.tenant_id, set_id, p.key::uuid, m.id::uuid
    from jsonb_each(parts) p
    cross join lateral jsonb_array_elements_text(p.value -> 'protocols') m (id);
    return set_id;
end
$$;

comment on function consent._protocol_set(uuid, jsonb) is 'The protocol set that is made of this, found or written.';

revoke execute on function consent._protocol_set(uuid, jsonb) from public;
