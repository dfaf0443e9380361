// Worlds for whoever tries to find out: each an organization of its own, all in one database, made and driven many at
// once. What is decided in them is written where it ends up (consent.effective, the settings, who is merged into whom)
// by a superuser whom no trigger hears; what follows from it, and every figure, is the database's own work.
//
// A column is what counts: a work that was told, or what a work brought in during a month. Its weight is what it adds
// to the sums, so that the sums say which columns they are over. What is read is therefore read twice: the figures, and
// who is in the groups that they are made of. Where the two differ, that is a fault by itself.

import type { Client } from '../../scripts/lib/db.ts'
import type { Random } from '../../scripts/lib/oracle/random.ts'
import { type Column, derive, type Leak, type Sum } from './derive.ts'

/** A place, a project or an organization. */
export interface Node {
    id: string
    level: 0 | 1 | 2
    /** What is set here, if anything is. */
    asks?: number | undefined
    on?: boolean | undefined
    /** The nodes above, the nearest first. */
    above: Node[]
    /** The smallest number that was in force here when something was released. */
    lowest: number
}

export interface Person {
    id: string
    /** Who this turned out to be. */
    is?: Person
}

export interface Work {
    id: string
    world: World
    node: Node
    person: Person
    kind: string
    month: number
    topic: string
    views: bigint
    consents: boolean
    earned: Earned[]
}

export interface Earned {
    work: Work
    month: number
    amount: bigint
}

interface Counted {
    work: Work
    board: 'told' | 'earned'
    weight: bigint
}

/** What was read while everybody was who they are. */
interface Era {
    sums: Set<Sum>
    who: Map<Person, Person>
}

export interface World {
    name: string
    id: string
    nodes: Node[]
    people: Person[]
    works: Work[]
    columns: Counted[]
    bits: Map<string, number>
    /** The first is all that was ever read, of everybody as they were told apart then. */
    eras: Era[]
}

export interface Fault {
    world: string
    what: string
}

const standing = 5
const never = 1_000
const asset = 'CAD'

export const monthOf = (n: number): string =>
    `${2020 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`

export const whoIs = (person: Person): Person => (person.is ? whoIs(person.is) : person)

const nearest = <T>(node: Node, of: (node: Node) => T | undefined): T | undefined =>
    [node, ...node.above].map(of).find((found) => found !== undefined)

export const asked = (node: Node): number => nearest(node, ({ asks }) => asks) ?? standing
export const wanted = (node: Node): boolean => nearest(node, ({ on }) => on) ?? false

/** An organization that has the module on, and nothing in it yet. */
export function newWorld(random: Random, name: string, asks?: number): World {
    const id = random.uuid()
    const root: Node = { id, level: 0, asks, on: true, above: [], lowest: never }
    return {
        ...{ name, id, nodes: [root], people: [], works: [], columns: [], bits: new Map() },
        eras: [{ sums: new Set(), who: new Map() }],
    }
}

export function addNode(random: Random, world: World, level: 1 | 2, above: Node[], asks?: number): Node {
    const node: Node = { id: random.uuid(), level, asks, above, lowest: never }
    world.nodes.push(node)
    return node
}

export function addPerson(random: Random, world: World): Person {
    const person = { id: random.uuid() }
    world.people.push(person)
    return person
}

/** Without a weight it weighs what no other sum of this world can be. */
export function addWork(
    random: Random,
    world: World,
    said: Pick<Work, 'node' | 'person'> &
        Partial<Pick<Work, 'id' | 'kind' | 'month' | 'topic' | 'views' | 'consents'>>,
): Work {
    const work: Work = {
        ...{ id: random.uuid(), world, kind: 'note', month: 0, topic: '', consents: true, earned: [] },
        views: 2n ** BigInt(world.columns.length),
        ...said,
    }
    world.works.push(work)
    column(world, { work, board: 'told', weight: work.views }, `told ${work.id}`)
    return work
}

/** What a work brings in. It has to be about as much as any other, or a group of it would be one's alone. */
export function addEarned(work: Work, month: number, amount?: bigint): Earned {
    const weight = amount ?? 2n ** 50n + 2n ** BigInt(work.world.columns.length)
    const earned = { work, month, amount: weight }
    work.earned.push(earned)
    column(work.world, { work, board: 'earned', weight }, `earned ${work.id} ${monthOf(month)}`)
    return earned
}

function column(world: World, counted: Counted, key: string): void {
    world.bits.set(key, world.columns.length)
    world.columns.push(counted)
}

/** From here on, two are one; what was read before was read of two. */
export function merge(worlds: World[], duplicate: Person, survivor: Person): void {
    duplicate.is = survivor
    for (const world of worlds) {
        const who = new Map(world.people.map((person) => [person, whoIs(person)]))
        world.eras.push({ sums: new Set(), who })
    }
}

/** What all figures that were read in a world say of too few. */
export function leakIn(world: World): Leak | undefined {
    const numbers = new Map(world.people.map((person, n) => [person, n]))
    for (const { sums, who } of world.eras) {
        const columns: Column[] = world.columns.map(({ work }) => ({
            person: numbers.get(who.get(work.person) ?? work.person) ?? -1,
            asked: work.node.lowest,
        }))
        const leak = derive(sums, columns)
        if (leak) return leak
    }
    return undefined
}

/** Readers are told exact numbers in this database; and thousands of small questions are answered as they are asked. */
export async function tellExactly(client: Client): Promise<void> {
    await client.query(`
        set jit = off;
        create or replace function insights._rounded(count bigint, people bigint)
        returns bigint language sql immutable parallel safe
        as 'select case when people > 0 then count end';
        create or replace function insights._two_figures(figure numeric)
        returns numeric language sql immutable strict parallel safe
        as 'select case when figure >= 0 then figure end'`)
}

export async function found(client: Client, worlds: World[]): Promise<void> {
    await client.query('set session_replication_role = replica')
    await client.query(
        `insert into core.organizations (id, slug, name, created_at)
        select id, 'w-' || left(id::text, 13), 'World', '${monthOf(0)}' from unnest($1::uuid[]) id`,
        [worlds.map(({ id }) => id)],
    )
    await client.query(insertNodes, [
        json(
            worlds.flatMap((world) =>
                world.nodes.map(({ id, level, above }, number) => ({
                    ...{ tenant_id: world.id, id, level, number, parent_id: above[0]?.id ?? null },
                    parent_level: above[0]?.level ?? null,
                })),
            ),
        ),
    ])
    await client.query(insertPeople, [worlds.flatMap(({ people }) => people.map(({ id }) => id))])
    await client.query('set session_replication_role = origin')
    await settle(
        client,
        worlds.flatMap((world) => world.nodes.map((node) => ({ world, node }))),
    )
    await tell(
        client,
        worlds.flatMap(({ works }) => works),
    )
}

export async function tell(client: Client, works: Work[]): Promise<void> {
    const told = works.map((work) => ({
        ...{ tenant_id: work.world.id, id: work.id, owner_id: work.person.id, kind: work.kind },
        ...{ scope_id: work.node.id, level: work.node.level, views: `${work.views}` },
        project_id: (work.node.level === 2 ? work.node.above[0] : work.node)?.id,
        moved_at: `${monthOf(work.month).slice(0, 8)}15T12:00:00Z`,
    }))
    await client.query('set session_replication_role = replica')
    for (const insert of [insertWorks, insertMoves, insertCounts]) await client.query(insert, [json(told)])
    await client.query('set session_replication_role = origin')
    await earn(
        client,
        works.flatMap(({ earned }) => earned),
    )
    await analyse(
        client,
        works.filter(({ topic }) => topic),
    )
    await decide(
        client,
        works.filter(({ consents }) => consents),
        true,
    )
}

export async function earn(client: Client, earned: Earned[]): Promise<void> {
    await client.query('set session_replication_role = replica')
    await client.query(insertEarned, [
        json(
            earned.map(({ work, month, amount }) => ({
                ...{
                    tenant_id: work.world.id,
                    scope_id: work.node.id,
                    work_id: work.id,
                    amount: `${amount}`,
                },
                occurred_on: `${monthOf(month).slice(0, 8)}20`,
            })),
        ),
    ])
    await client.query('set session_replication_role = origin')
}

/** Everyone consents to these being counted, or not any more; or only for some moments. */
export async function decide(
    client: Client,
    works: Work[],
    consents: boolean,
    moments?: string,
): Promise<void> {
    for (const work of works) work.consents = consents && moments === undefined
    await client.query('set session_replication_role = replica')
    await client.query(
        `insert into consent.effective (tenant_id, work_id, purpose, version, during)
        select
            w.tenant_id, w.id, 'insight', 1,
            case when $2 then tstzmultirange(tstzrange(
                clock_timestamp() - interval '1 hour', clock_timestamp() + $3::interval
            )) else '{}' end
        from jsonb_to_recordset($1) w (tenant_id uuid, id uuid)
        on conflict on constraint effective_pkey do update set during = excluded.during`,
        [json(keys(works)), consents, moments],
    )
    await client.query('set session_replication_role = origin')
    await follow(client, works)
}

/** What a machine has these to be about from now on; nothing, where it may not say any more. */
export async function analyse(client: Client, works: Work[]): Promise<void> {
    await client.query('set session_replication_role = replica')
    await client.query(
        `insert into stories.analyses (tenant_id, id, run_id, story_id, kind, result, analysed_at)
        select
            w.tenant_id, gen_random_uuid(), gen_random_uuid(), w.id, 'themes',
            case w.topic when '' then '[]' else jsonb_build_array(w.topic) end, clock_timestamp()
        from jsonb_to_recordset($1) w (tenant_id uuid, id uuid, topic text)`,
        [json(works.map(({ id, world, topic }) => ({ tenant_id: world.id, id, topic })))],
    )
    await client.query('set session_replication_role = origin')
    await follow(client, works)
}

/** Writes down who turned out to be whom. */
export async function writeMerged(client: Client, merged: Person[], works: Work[]): Promise<void> {
    await client.query('set session_replication_role = replica')
    await client.query(
        `update core.people p set merged_into = m.survivor_id
        from jsonb_to_recordset($1) m (id uuid, survivor_id uuid)
        -- Whoever was merged into one of these is the survivor, too.
        where m.id in (p.id, p.merged_into)`,
        [json(merged.map((person) => ({ id: person.id, survivor_id: whoIs(person).id })))],
    )
    await client.query('set session_replication_role = origin')
    await follow(client, works)
}

/** Lets the settings and switches of nodes be what they are here. */
export async function settle(client: Client, changed: { world: World; node: Node }[]): Promise<void> {
    const rows = changed.map(({ world, node }) => ({
        ...{ tenant_id: world.id, scope_id: node.id, asks: node.asks ?? null, enabled: node.on ?? null },
    }))
    await client.query('set session_replication_role = replica')
    for (const sql of [forgetSettings, forgetFlags, insertSettings, insertFlags])
        await client.query(sql, [json(rows)])
    await client.query('set session_replication_role = origin')
}

export async function follow(client: Client, works: Work[]): Promise<void> {
    await client.query(
        `select insights._follow(w.tenant_id, array_agg(w.id))
        from jsonb_to_recordset($1) w (tenant_id uuid, id uuid)
        group by w.tenant_id`,
        [json(keys(works))],
    )
}

/** Releases the figures of all these up to a month. */
export async function release(client: Client, worlds: World[], month: number): Promise<void> {
    for (const node of worlds.flatMap(({ nodes }) => nodes)) node.lowest = Math.min(node.lowest, asked(node))
    await client.query('select insights._release(id, $2) from unnest($1::uuid[]) id', [
        worlds.map(({ id }) => id),
        monthOf(month),
    ])
    await client.query('select insights._refresh()')
}

const json = (rows: unknown[]): string => JSON.stringify(rows)
const keys = (works: Work[]) => works.map(({ id, world }) => ({ tenant_id: world.id, id }))

const insertNodes = `
    insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
    select
        n.tenant_id, n.id, (array['organization', 'project', 'community'])[n.level + 1], n.level, n.parent_id,
        n.parent_level, 'node-' || n.number, 'Node'
    from jsonb_to_recordset($1) n
        (tenant_id uuid, id uuid, level integer, number integer, parent_id uuid, parent_level integer)`
const insertPeople = `
    insert into core.people (id, display_name)
    select distinct id, 'Somebody' from unnest($1::uuid[]) id
    on conflict on constraint people_pkey do nothing`
const insertWorks = `
    insert into content.works (tenant_id, id, kind, scope_id, level, project_id, owner_id, title, state, moves)
    select w.tenant_id, w.id, w.kind, w.scope_id, w.level, w.project_id, w.owner_id, 'Work', 'published', 2
    from jsonb_to_recordset($1) w
        (tenant_id uuid, id uuid, kind text, scope_id uuid, level integer, project_id uuid, owner_id uuid)`
const insertMoves = `
    insert into content.work_transitions
        (tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, moved_at)
    select w.tenant_id, w.id, 2, 'draft', 'published', 'owner', w.owner_id, w.owner_id, w.moved_at
    from jsonb_to_recordset($1) w (tenant_id uuid, id uuid, owner_id uuid, moved_at timestamptz)`
const insertCounts = `
    insert into content.work_count_steps (tenant_id, work_id, views)
    select w.tenant_id, w.id, w.views from jsonb_to_recordset($1) w (tenant_id uuid, id uuid, views bigint)`
const insertEarned = `
    insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount, occurred_on)
    select v.tenant_id, v.scope_id, v.work_id, 'license', '${asset}', v.amount, v.occurred_on
    from jsonb_to_recordset($1) v
        (tenant_id uuid, scope_id uuid, work_id uuid, amount bigint, occurred_on date)`
const forgetSettings = `
    delete from core.settings s using jsonb_to_recordset($1) n (tenant_id uuid, scope_id uuid)
    where (s.tenant_id, s.scope_id) = (n.tenant_id, n.scope_id)`
const forgetFlags = forgetSettings.replace('core.settings', 'core.feature_flags')
const insertSettings = `
    insert into core.settings (tenant_id, scope_id, key, value)
    select n.tenant_id, n.scope_id, 'insights.smallest_group', to_jsonb(n.asks)
    from jsonb_to_recordset($1) n (tenant_id uuid, scope_id uuid, asks integer)
    where n.asks is not null`
const insertFlags = `
    insert into core.feature_flags (tenant_id, scope_id, module, enabled)
    select n.tenant_id, n.scope_id, 'insights', n.enabled
    from jsonb_to_recordset($1) n (tenant_id uuid, scope_id uuid, enabled boolean)
    where n.enabled is not null`
