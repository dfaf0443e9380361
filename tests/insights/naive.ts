// Figures as they are often made, for the adversary to find out: too few are left out of a cell, and that is all.

import type { Client } from '../../scripts/lib/db.ts'

/** Nothing holds a group to be of enough people any more. */
const unchecked = `
    alter table insights.groups
        drop constraint groups_people_check, drop constraint groups_smallest_check, drop constraint groups_items_check;
    alter table insights.cells drop constraint cells_people_check`

/** A group from which somebody went is told of without them, as long as three are left. */
export async function subtract(client: Client): Promise<void> {
    await client.query(unchecked)
    await client.query(`
        create or replace function insights._reform_groups(tenant_id uuid, release date, at timestamptz)
        returns void
        language plpgsql
        as $$
        declare
            old insights.groups;
            new_id uuid;
            left_over uuid[];
        begin
            for old in
                select g.* from insights.groups g
                where g.tenant_id = _reform_groups.tenant_id and g.withheld_at is not null and g.board = 'told'
            loop
                left_over := array(
                    select c.work_id from insights.contributions c
                    where c.tenant_id = old.tenant_id and c.group_id = old.id and c.during @> at
                );
                continue when cardinality(left_over) < 3;
                new_id := core.new_id();
                insert into insights.groups (
                    tenant_id, id, release, board, kind, month, scope_id, level, project_id, places, smallest, people,
                    items, comments, reactions, views, replaces
                )
                select
                    old.tenant_id, new_id, release, old.board, old.kind, old.month, old.scope_id, old.level,
                    old.project_id, old.places, 3, cardinality(left_over), cardinality(left_over), n.comments, n.reactions,
                    n.views, old.id
                from insights._figures(old.tenant_id, old.board, left_over) n;
                update insights.contributions c set group_id = new_id
                where c.tenant_id = old.tenant_id and c.group_id = old.id and c.work_id = any (left_over);
            end loop;
        end
        $$`)
}

/** Places of three people or more are told of, and projects of three or more, whoever of theirs is in no place. */
export async function leaveOut(client: Client): Promise<void> {
    await client.query(unchecked)
    await client.query(`
        create or replace function insights._grouping(
            parts insights.waiting_part[], salt text, undivided boolean default false
        )
        returns setof insights.grouped_part
        language sql
        as $$
            select p.number, case when p.here >= 3 then p.places[1] else p.places[2] end, '', 0::bigint, 3
            from (
                select
                    w.number, w.places, count(*) over (partition by w.places[1]) as here,
                    count(*) over (partition by w.places[2]) as around
                from unnest(parts) w
            ) p
            where p.here >= 3 or p.around >= 3
        $$`)
}

/** A promise taken back: in which function, and what stands there instead. */
const mutants: [name: string, ...changes: [what: string, instead: string][]][] = [
    [
        '_follow',
        ['bool_or((h.during @> at) is not true or h.about_something_else or h.somebody_else)', 'false'],
    ],
    ['_follow', [' or h.somebody_else)', ')']],
    ['_reform_groups', ['not b.during @> at', 'false'], ['bool_and(h.during @> at)', 'true']],
    ['_reform_groups', ['and w.staying = w.people', '']],
    ['_reform_groups', ['w.people >= w.asked', 'true']],
    [
        '_reform_groups',
        ['(d.people >= insights._asked_of(_reform_groups.tenant_id, d.id)) is not true', 'false'],
    ],
]

/** Each of them, by what it takes away, and how to do it. */
export const takenBack: [string, (client: Client) => Promise<void>][] = mutants.map(([name, ...changes]) => [
    `${changes[0]?.[0]} in insights.${name}`,
    async (client) => {
        const { rows } = await client.query<{ sql: string }>(
            'select pg_get_functiondef($1::regproc) as sql',
            [`insights.${name}`],
        )
        let sql = rows[0]?.sql ?? ''
        for (const [what, instead] of changes) {
            if (!sql.includes(what)) throw new Error(`insights.${name} has no ${what}`)
            sql = sql.replace(what, instead)
        }
        await client.query(sql)
    },
])
