-- The trust score: 50, plus 20 for a verified identity, plus 1 for each full quarter of the longest membership (10 at
-- most), less 10 for each sanction of the last year that was not overturned (40 at most). Each part is explained.

create or replace function core.compute_trust(person_id uuid)
returns numeric
language sql
volatile
strict
security definer -- scores are written by this alone
set search_path = pg_catalog, pg_temp
as $$
    with scored as materialized (
        -- Nobody is scored who is being forgotten.
        select p.id from core.people p where p.id = compute_trust.person_id and p.erased_at is null for key share
    ),
    parts (reason, points) as (
        select 'everyone starts here', 50
        union all
        select 'identity verified', 20
        where core.is_verified(compute_trust.person_id)
        union all
        select
            'quarters of membership',
            least(10, floor(extract(epoch from now() - min(m.joined_at)) / 7884000)::integer)
        from core.memberships m
        where m.person_id = compute_trust.person_id and m.status = 'active'
        having min(m.joined_at) is not null
        union all
        select 'sanctions of the last year', -least(40, 10 * count(*)::integer)
        from core.sanctions s
        where s.person_id = compute_trust.person_id
            and s.imposed_at > now() - interval '1 year'
            and not exists (
                select
                from core.sanction_appeals a
                where a.tenant_id = s.tenant_id and a.sanction_id = s.id and a.status = 'overturned'
            )
        having count(*) > 0
    )
    insert into core.trust_scores as t (person_id, score, explanation)
    select
        compute_trust.person_id,
        sum(points),
        jsonb_agg(jsonb_build_object('reason', reason, 'points', points))
    from parts
    having exists (select from scored)
    on conflict on constraint trust_scores_pkey do update
    set score = excluded.score, explanation = excluded.explanation, computed_at = now()
    returning t.score
$$;

comment on function core.compute_trust(uuid) is
    'Computes a person''s trust score anew, with its explanation.';

revoke execute on function core.compute_trust(uuid) from public;
grant execute on function core.compute_trust(uuid) to service_role;
