// What an adversary reads: every figure of every place, project and organization, and of the platform, exactly; and
// beside it, whom the groups hold that it is made of. Each figure has to be the sum over just these, of people who are
// enough, each counted once.

import type { Client } from '../../scripts/lib/db.ts'
import type { Sum } from './derive.ts'
import { worksIn } from './derive.ts'
import { asked, type Fault, type World, wanted, whoIs } from './worlds.ts'

/** What was told in a month; of one topic; in all months; or what works brought in. */
type About = 'told' | 'topic' | 'ever' | 'earned'

interface Figure {
    about: About
    /** None, for the platform. */
    scope_id: string | null
    kind: string
    month: string | null
    topic: string | null
    /** Not told of what works brought in. */
    people: string | null
    items: string | null
    /** How often works were read, or what they brought in; not told of topics. */
    weight: string | null
}

interface Group {
    tenant_id: string
    scopes: string[]
    board: 'told' | 'earned'
    kind: string
    month: string
    topic: string
    people: number
    works: string[]
}

/**
 * Reads all there is, keeps it with what was read before, and answers what is wrong with it by itself. Right after a
 * release, nothing stands any more of which a place asks more people for by now.
 */
export async function look(client: Client, worlds: World[], released = false): Promise<Fault[]> {
    const byId = new Map(worlds.map((world) => [world.id, world]))
    const faults: Fault[] = []
    const expected = new Map<string, Map<World, Sum>>()
    for (const group of (await client.query<Group>(readGroups)).rows) {
        const world = byId.get(group.tenant_id)
        if (!world) throw new Error('a group of nobody')
        const sum = sumOf(world, group)
        if (released && !holds(world, group, sum))
            faults.push({ world: world.name, what: `a group of ${group.people} stands after a release` })
        if (worksIn(sum).some((bit) => !world.columns[bit]?.work.consents))
            faults.push({ world: world.name, what: 'a group counts what somebody took back' })
        for (const key of keysOf(group)) {
            const sums = expected.get(key) ?? new Map<World, Sum>()
            if ((sums.get(world) ?? 0n) & sum) faults.push({ world: world.name, what: 'a work counts twice' })
            expected.set(key, sums.set(world, (sums.get(world) ?? 0n) | sum))
        }
    }
    for (const figure of (await client.query<Figure>(readFigures)).rows) {
        const key = keyOf(figure)
        const sums = expected.get(key) ?? new Map<World, Sum>()
        expected.delete(key)
        const name = figure.scope_id === null ? 'the platform' : ([...sums.keys()][0]?.name ?? key)
        for (const what of judge(figure, sums)) faults.push({ world: name, what: `${what}: ${key}` })
        // What the platform has is the sum of what each organization reads of itself.
        if (figure.scope_id === null) continue
        for (const [world, sum] of sums)
            for (const era of [world.eras[0], world.eras.at(-1)]) era?.sums.add(sum)
    }
    for (const key of expected.keys()) faults.push({ world: key, what: 'is told nowhere' })
    return faults
}

/** Where the functions that readers call say something else than what is read here of all at once. */
export async function unlikeFunctions(client: Client, worlds: World[]): Promise<unknown[]> {
    const nodes = worlds.flatMap((world) => world.nodes.map(({ id }) => id))
    await client.query('set role service_role')
    const { rows: said } = await client.query<Figure>(callFunctions, [nodes])
    await client.query('reset role')
    const { rows: read } = await client.query<Figure>(readFigures)
    const known = new Map(read.map((figure) => [keyOf(figure), figure]))
    return said.flatMap((figure) => {
        const mine = known.get(keyOf(figure))
        const there = mine !== undefined && Number(mine.people ?? 1) > 0 && Number(mine.weight ?? 1) > 0
        const like =
            figure.about === 'ever'
                ? there &&
                  near(figure.items, mine.items, mine.people) &&
                  near(figure.weight, mine.weight, mine.people)
                : there &&
                  (figure.people ?? mine.people) === mine.people &&
                  (figure.items ?? mine.items) === mine.items &&
                  (figure.weight ?? mine.weight) === mine.weight
        const silent = figure.items === null && figure.weight === null
        return like || (!there && silent) ? [] : [{ figure, mine }]
    })
}

/** An average, to one decimal place. */
const near = (average: string | null, sum: string | null, people: string | null): boolean =>
    Math.abs(Number(average) - Number(sum) / Number(people)) < 0.0501 + Number(average) * 1e-12

function sumOf(world: World, { board, month, works }: Group): Sum {
    return works.reduce((sum, work) => {
        const bit = world.bits.get(board === 'told' ? `told ${work}` : `earned ${work} ${month}`)
        if (bit === undefined) throw new Error('a group counts what there is not')
        return sum | (1n << BigInt(bit))
    }, 0n)
}

/** Whether a group is of as many as each of its places asks for, and all of them want to be told of. */
function holds(world: World, group: Group, sum: Sum): boolean {
    return worksIn(sum).every((bit) => {
        const node = world.columns[bit]?.work.node
        return node !== undefined && wanted(node) && group.people >= asked(node)
    })
}

function keysOf({ board, scopes, kind, month, topic }: Group): string[] {
    const key = (about: About, scope_id: string | null) => keyOf({ about, scope_id, kind, month, topic })
    if (board === 'earned') return scopes.map((scope) => key('earned', scope))
    const kinds: About[] = topic ? ['told', 'ever', 'topic'] : ['told', 'ever']
    return kinds.flatMap((about) => [null, ...scopes].map((scope) => key(about, scope)))
}

function keyOf({
    about,
    scope_id,
    kind,
    month,
    topic,
}: Pick<Figure, 'about' | 'scope_id' | 'kind' | 'month' | 'topic'>) {
    return [about, scope_id, kind, about === 'ever' ? '' : month, about === 'topic' ? topic : ''].join(' ')
}

/** What is wrong with a figure that is said to be the sum over these. */
function judge({ about, people, items, weight }: Figure, sums: Map<World, Sum>): string[] {
    const counted = [...sums].flatMap(([world, sum]) => worksIn(sum).map((bit) => world.columns[bit]))
    const wrong: string[] = []
    if (items !== null && Number(items) !== counted.length) wrong.push('as many works as are not in it')
    if (weight !== null && BigInt(weight) !== counted.reduce((sum, one) => sum + (one?.weight ?? 0n), 0n))
        wrong.push('a sum over others')
    if (people === null || (counted.length === 0 && Number(people) === 0)) return wrong
    // Who told in two months is counted in each.
    const who = new Set<string>()
    for (const [world, sum] of sums)
        for (const bit of worksIn(sum)) {
            const work = world.columns[bit]?.work
            const month = about === 'ever' ? work?.month : ''
            // Each organization counts for itself.
            if (work) who.add(`${world.id} ${whoIs(work.person).id} ${month}`)
        }
    if (Number(people) > who.size) wrong.push('more people than there are')
    const least = Math.max(...counted.map((one) => one?.work.node.lowest ?? 0))
    if (Number(people) < least) wrong.push('fewer people than are asked for')
    return wrong
}

const readGroups = `
    select
        g.tenant_id, array(select distinct unnest(array[g.scope_id, g.project_id, g.tenant_id])) as scopes, g.board,
        g.kind, g.month::text, g.topic, g.people, array_agg(c.work_id) as works
    from insights.groups g
    join insights.contributions c on c.tenant_id = g.tenant_id and c.group_id = g.id
    where g.booked and g.withheld_at is null and (g.ends_at is null or g.ends_at > now())
    group by g.tenant_id, g.id`

/** As the functions have it that readers call, of all at once. */
const readFigures = `
    with told as (
        select scope_id, kind, month, people, items, views from insights.community_insights
        union all
        select scope_id, kind, month, people, items, views from insights.project_statistics
        union all
        select null, kind, month, people, items, views from insights.platform_insights
    ),
    less as materialized (
        select n.scope_id, w.board, w.kind, w.month, w.topic, w.people, w.items, w.views, w.amount
        from insights.withheld w
        cross join lateral (select w.scope_id union all select null where w.scope_id = w.tenant_id) n (scope_id)
    ),
    figures as (
        select 'told' as about, scope_id, kind, month, null as topic, people, items, views as weight from told
        union all
        select 'told', scope_id, kind, month, null, -people, -items, -views from less where board = 'told'
        union all
        select 'ever', scope_id, kind, null, null, people, items, views from insights.contributor_statistics
        union all
        select 'ever', scope_id, kind, null, null, -people, -items, -views from less where board = 'told'
        union all
        select 'topic', scope_id, kind, month, topic, people, items, null from insights.theme_trends
        union all
        select 'topic', null, kind, month, topic, people, items, null from insights.platform_themes
        union all
        select 'topic', scope_id, kind, month, topic, -people, -items, null
        from less
        where board = 'told' and topic <> ''
        union all
        select 'earned', scope_id, asset, month, null, null, null, earned from insights.community_impact
        union all
        select 'earned', scope_id, kind, month, null, null, null, -amount
        from less
        where board = 'earned' and scope_id is not null
    )
    select
        about, scope_id, kind, month::text, topic, sum(people)::text as people, sum(items)::text as items,
        sum(weight)::text as weight
    from figures
    group by about, scope_id, kind, month, topic`

/** The same, as each reader is told it. Where there are averages, these. */
const callFunctions = `
    with nodes as (
        select s.id, s.level from core.scopes s where s.id = any ($1) and core.module_on('insights', s.id)
    ),
    span as (select '2020-01-01'::date as since, '2029-12-01'::date as until)
    select 'told' as about, n.id as scope_id, f.kind, f.month::text, null as topic,
        f.unique_storytellers::text as people, f.total_stories::text as items, f.views::text as weight
    from span, nodes n
    cross join lateral insights.community_insights(n.id, since, until) f
    where n.level = 2 and f.kind is not null
    union all
    select 'told', n.id, f.kind, f.month::text, null, f.contributors::text, f.works::text, f.views::text
    from span, nodes n
    cross join lateral insights.project_statistics(n.id, since, until) f
    where n.level < 2 and f.kind is not null
    union all
    select 'told', null, f.kind, f.month::text, null, f.unique_storytellers::text, f.total_stories::text, null
    from span, insights.platform_insights(since, until) f
    where f.kind is not null
    union all
    select 'topic', n.id, f.kind, f.month::text, f.theme, f.storytellers::text, f.stories::text, null
    from span, (select id from nodes union all select null) n
    cross join lateral insights.theme_trends(n.id, since, until) f
    where f.kind is not null
    union all
    select 'earned', n.id, f.asset, f.month::text, null, null, null, f.value_generated::text
    from span, nodes n
    cross join lateral insights.community_impact(n.id, since, until) f
    where f.asset is not null
    union all
    select 'ever', n.id, f.kind, null, null, null, f.works_each::text, f.views_each::text
    from (select id from nodes union all select null) n
    cross join lateral insights.contributor_statistics(n.id) f`
