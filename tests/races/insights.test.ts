// Eight connections on which people tell, consent for good and for a moment, take back, are forgotten and turn out to be
// somebody else, machines say what stories are about, imports bring in what happened long ago, and figures are released
// meanwhile, while backends are ended in the midst of it: what is counted is what a recount of what people decided comes
// to, at every moment and in the end, and what was withheld is back with a release or never.
//
// Eight hundred deeds; EMPATHY_INSIGHTS=10000 does more, EMPATHY_INSIGHTS_SEED the same again. The seed decides what is
// tried, not how it comes together.

import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../scripts/lib/oracle/random.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { act } from '../audit/log.ts'
import { freshDatabase } from '../support/database.ts'
import { aDeed, anyDeed, backstage, type Deed, Stage } from './counted-deeds.ts'

const operations = Number(process.env.EMPATHY_INSIGHTS ?? 800)
const seed = Number(process.env.EMPATHY_INSIGHTS_SEED ?? randomInt(2 ** 31))
const connections = 8
const operationsToAKill = 100
/** So that most releases are of what is past. */
const releasesToAnOperation = 0.008

/** One deed in so many may be broken off because two wait for each other, neither of them a release. */
const deedsToADeadlock = 500

let database: TestDatabase
let referee: Client
let observer: Client
let stage: Stage
let known: { code: string; message: RegExp }[]
const tellers: Teller[] = []
/** What came of the deeds. */
const outcomes = new Map<string, number>()
const unexpected: string[] = []
const deadlocks: string[] = []
/** What each backend did last, for whoever reads of a deadlock. */
const doing = new Map<string, string>()

beforeAll(async () => {
    database = await freshDatabase()
    referee = await connect()
    observer = await connect()
    const codes = await rows<{ code: string; message: string }>('select code, message from core.error_codes')
    known = codes.map(({ code, message }) => ({
        code,
        message: new RegExp(`^${message.replaceAll(/[()?.]/g, '\\$&').replaceAll('%s', '.*')}$`),
    }))
    stage = await setStage(new Random(seed))
    for (let n = 0; n < connections; n += 1) tellers.push(new Teller())
})

afterAll(async () => {
    await Promise.all([referee.end(), observer.end(), ...tellers.map((teller) => teller.end())])
    await database.drop()
})

async function connect(): Promise<Client> {
    const client = new Client({ connectionString: database.url })
    client.on('error', () => undefined)
    await client.connect()
    return client
}

async function rows<Row extends object>(
    text: string,
    values: unknown[] = [],
    client: Client = referee,
): Promise<Row[]> {
    return (await client.query<Row>(text, values)).rows
}

/** Two organizations that want figures, and people who belong to both. */
async function setStage(random: Random): Promise<Stage> {
    await rows(backstage)
    const organizations: Stage['organizations'] = []
    for (const [slug, communities] of Object.entries({ river: ['heron', 'otter'], hill: ['delta'] })) {
        const owner = random.uuid()
        await rows(`insert into core.people (id, display_name) values ($1, 'Owner')`, [owner])
        const say = <T>(statement: string, ...parameters: unknown[]): Promise<T> =>
            act<T>(referee, owner, statement, parameters)
        const id = await say<string>(`select core.create_organization($1, $1)`, slug)
        const project = await say<string>(
            `select core.create_project($1, $2, 'Archive')`,
            id,
            `${slug}-archive`,
        )
        const places = [project]
        for (const community of communities) {
            places.push(
                await say<string>(`select core.create_place($1, 'community', $2, $2)`, project, community),
            )
        }
        places.push(
            await say<string>(`select core.create_place($1, 'community', $2, $2)`, id, `${slug}-town`),
        )
        for (const module of ['stories', 'insights'])
            await say('select core.set_module($1, $2, true)', id, module)
        await say(`select core.set_setting($1, 'insights.smallest_group', '3')`, id)
        await say(`select value.create_asset($1, 'CAD', 'currency', 2, 'Dollar')`, id)
        const agreement = await say<string>(
            `select consent.create_agreement($1, 'Laboratory', '{ai_analysis}', '', repeat('ab', 32))`,
            id,
        )
        organizations.push({ id, owner, places, agreement })
    }
    // They began long ago: what is imported happened since.
    const firstMonth = new Date()
    firstMonth.setUTCMonth(firstMonth.getUTCMonth() - Math.ceil(operations * releasesToAnOperation), 1)
    await rows(`
        set session_replication_role = replica;
        update core.organizations set created_at = now() - interval '10 years';
        set session_replication_role = origin`)
    const people = Array.from({ length: 40 }, () => random.uuid())
    for (const id of people) await rows('select races.arrive($1)', [id])
    const stage = new Stage(random, organizations, people, firstMonth)
    // That there is something to meet at.
    const beginnings = ['begin a run', 'tell a story', 'tell a note', 'import', 'import']
    for (const what of Array.from({ length: 8 }, () => beginnings).flat()) {
        await perform(referee, aDeed(stage, what))
    }
    await perform(referee, aDeed(stage, 'write down what came in'))
    return stage
}

async function perform(client: Client, { by, as = by, statement, parameters, keep }: Deed): Promise<void> {
    const role = ['none', 'service_role'].includes(by) ? by : 'authenticated'
    const claims = ['none', 'service_role'].includes(as)
        ? { role: as }
        : { role: 'authenticated', person: as }
    try {
        await client.query('begin')
        await client.query(
            `select set_config('statement_timeout', '60s', true), set_config('request.jwt.claims', $1, true),
                set_config('role', $2, true)`,
            [JSON.stringify(claims), role],
        )
        const answers = await client.query({ text: statement, values: parameters, rowMode: 'array' })
        await client.query('commit')
        keep?.(String(answers.rows[0]?.[0]))
    } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
    }
}

/** One who does whatever comes, also after their backend was ended in the midst of it. */
class Teller {
    #client: Client | undefined
    backend = ''

    async attempt(deed: Deed): Promise<void> {
        this.#client ??= await this.#connected()
        doing.set(this.backend, deed.what)
        try {
            await perform(this.#client, deed)
            count(`${deed.what}: done`)
        } catch (error) {
            const code = error instanceof DatabaseError ? (error.code ?? '') : ''
            count(`${deed.what}: ${code || 'broken off'}`)
            if (code === '' || code === '57P01') {
                await this.end()
            } else if (code === '40P01') {
                deadlocks.push(`${deed.what} (${told(error as DatabaseError)})`)
            } else if (!isExpected(error as DatabaseError)) {
                unexpected.push(`${code} ${error} ${(error as DatabaseError).where} in: ${deed.what}`)
            }
        }
    }

    async end(): Promise<void> {
        await this.#client?.end().catch(() => undefined)
        this.#client = undefined
    }

    async #connected(): Promise<Client> {
        const client = await connect()
        this.backend =
            (await rows<{ pid: string }>('select pg_backend_pid()::text as pid', [], client))[0]?.pid ?? ''
        return client
    }
}

/** Who waited for whom, and for what. */
function told({ detail = '', where = '' }: DatabaseError): string {
    const waits = detail.replaceAll(/rocess (\d+)/g, (_, pid) => `rocess ${pid}, ${doing.get(pid)},`)
    return `${waits.split('\n').join('; ')} in ${where.split('\n').join('; ')}`
}

function count(outcome: string): void {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
}

const refusals: Record<string, RegExp> = {
    // What people write in their own rights, where they lost the right meanwhile.
    42501: /policy for table "(comments|reactions)"$/,
}

function isExpected({ code = '', message }: DatabaseError): boolean {
    return (
        refusals[code]?.test(message) ||
        known.some((refusal) => refusal.code === code && refusal.message.test(message))
    )
}

test(`of ${operations} deeds on ${connections} connections each is done, or refused in words (seed ${seed})`, async () => {
    console.info(`EMPATHY_INSIGHTS_SEED=${seed}`)
    let begun = 0
    let working = true
    const observed: unknown[] = []
    const killer = new Random(seed + 1)
    let kills = 0
    const observing = (async () => {
        while (working) {
            observed.push(...(await rows(atAnyMoment, [], observer)))
            await sleep(150)
        }
    })()
    await Promise.all(
        tellers.map(async (teller) => {
            while (begun < operations) {
                begun += 1
                if (begun % operationsToAKill === 0) {
                    kills += 1
                    await rows('select pg_terminate_backend($1)', [killer.pick(tellers).backend || 0])
                }
                await teller.attempt(anyDeed(stage))
            }
        }),
    )
    working = false
    await observing
    console.info(
        `of ${operations}, ${kills} ended: ${[...outcomes]
            .sort()
            .map((outcome) => outcome.join(' '))
            .join(', ')}`,
    )
    if (deadlocks.length > 0) console.info(deadlocks.join('\n'))
    expect(unexpected).toEqual([])
    expect(observed).toEqual([])
    expect(deadlocks.filter((deadlock) => /release/.test(deadlock))).toEqual([])
    expect(deadlocks.length).toBeLessThanOrEqual(Math.ceil(operations / deedsToADeadlock))
    // Else nothing was tried.
    for (const what of ['release', 'erase', 'merge', 'import', 'say for the past', 'withdraw', 'analyse']) {
        expect(outcomes.get(`${what}: done`) ?? 0, what).toBeGreaterThan(0)
    }
}, 3_600_000)

/**
 * What holds in every snapshot, also between releases: figures are right but for what ends by the clock, and what is
 * read of a place is the sum of the groups that are not withheld.
 */
const atAnyMoment = `
    select v.id::text, v.problem
    from insights.verify_figures() v
    where v.problem <> 'does not count as it should'
    union all
    select coalesce(r.scope_id, g.scope_id)::text, 'is read otherwise: ' || concat_ws(' ', r.month, r.kind, r.people, g.people)
    from (
        select n.id as scope_id, g.month, g.kind, sum(g.people) as people, sum(g.items) as items, sum(g.views) as views
        from insights.groups g
        cross join lateral (
            select distinct p.id from unnest(array[g.scope_id, g.project_id, g.tenant_id]) p (id)
        ) n
        where g.board = 'told' and g.withheld_at is null and (g.ends_at is null or g.ends_at > now())
        group by n.id, g.month, g.kind
    ) g
    full join (
        select s.id as scope_id, t.month, t.kind, t.people, t.items, t.views
        from core.scopes s
        cross join lateral insights._told(
            s.id, (now() - interval '9 years')::date, (now() + interval '1 month')::date
        ) t
        where t.people > 0 or t.items > 0
    ) r
        on (r.scope_id, r.month, r.kind) = (g.scope_id, g.month, g.kind)
    where (r.people, r.items, r.views) is distinct from (g.people, g.items, g.views)`

test('what ends by itself ended, and every recount of the database is empty', async () => {
    await rows(`
        select pg_sleep_until(max(i.at)::timestamptz)
        from (
            select greatest(lower(c.during), upper(c.during)) as at from consent.consents c
        ) i
        where i.at between clock_timestamp() and clock_timestamp() + interval '1 minute'`)
    const recounts = ['insights.verify_figures()', 'consent.verify_effective()', 'content.verify_counts()']
    for (const recount of recounts) expect(await rows(`select * from ${recount}`), recount).toEqual([])
    // All places want figures again, and no more people than any: once more, when nobody does anything meanwhile.
    await rows(`
        delete from core.feature_flags f where f.module = 'insights' and f.scope_id <> f.tenant_id;
        update core.feature_flags set enabled = true where module = 'insights';
        delete from core.settings t where t.key = 'insights.smallest_group' and t.scope_id <> t.tenant_id;
        update core.settings set value = '3' where key = 'insights.smallest_group'`)
    await rows('select races.release($1)', [stage.nextMonth()])
    for (const recount of recounts) expect(await rows(`select * from ${recount}`), recount).toEqual([])
    expect(await rows(atAnyMoment)).toEqual([])
})

interface Person {
    id: string
    merged_into: string | null
    erased_at: Date | null
}

interface Counted {
    work_id: string
    tenant_id: string
    board: string
    kind: string
    month: string
    person_id: string
    scope_id: string
    topic: string
    amount: string
    group_id: string | null
    home: boolean
}

interface Group {
    id: string
    tenant_id: string
    scope_id: string
    project_id: string
    board: string
    kind: string
    month: string
    topic: string
    smallest: number
    people: number
    items: string
    comments: string
    reactions: string
    views: string
    amount: string
    spread: string
    live: boolean
    booked: boolean
}

/** Which works count, as whose and where: from what people decided, knowing nothing of what was compiled or kept. */
async function recount(): Promise<Map<string, string>> {
    const people = new Map(
        (await rows<Person>('select id, merged_into, erased_at from core.people')).map((person) => [
            person.id,
            person,
        ]),
    )
    const whole = (id: string): string => {
        const { merged_into: survivor } = people.get(id) ?? { merged_into: null }
        return survivor ? whole(survivor) : id
    }
    const works = await rows<{ id: string; owner_id: string; scope_id: string; kind: string; moves: Move[] }>(
        `select w.id, w.owner_id, w.scope_id, w.kind, (
            select json_agg(
                json_build_object('number', t.number, 'to', t.to_state, 'month', to_char(t.moved_at at time zone 'UTC', 'YYYY-MM-01'))
                order by t.number
            )
            from content.work_transitions t
            where t.work_id = w.id
        ) as moves
        from content.works w`,
    )
    const parties = await grouped<{ work_id: string; id: string; person_id: string }>(
        'select work_id, id, person_id from consent.consent_parties',
        ({ work_id }) => work_id,
    )
    const given = await grouped<{ party_id: string; through_version: number; stands: boolean }>(
        `select party_id, through_version, during @> clock_timestamp() as stands
        from consent.consents
        where purpose = 'insight' and channel is null and decision = 'given' and not isempty(during)`,
        ({ party_id }) => party_id,
    )
    const versions = await grouped<{ work_id: string; number: number; material: number; author: string }>(
        `select v.work_id, v.number, v.material_version as material, m.created_by as author
        from content.work_versions v
        join content.work_versions m on m.work_id = v.work_id and m.number = v.material_version
        order by v.number desc`,
        ({ work_id }) => work_id,
    )
    const about = await grouped<{ story_id: string; result: unknown }>(
        `select story_id, result from stories.analyses where kind = 'themes' order by analysed_at desc, id desc`,
        ({ story_id }) => story_id,
    )
    const counted = new Map<string, string>()
    for (const work of works) {
        if (work.moves.at(-1)?.to !== 'published') continue
        const asked = parties.get(work.id) ?? []
        const yes = asked.map(({ id, person_id }) => ({
            person: whole(person_id),
            given: given.get(id) ?? [],
        }))
        // Whose any yes will do, or one to what is said now.
        const agrees = (
            version: { material: number; author: string },
            person: string,
            through: number,
        ): boolean => whole(version.author) === person || through >= version.material
        const version = versions
            .get(work.id)
            ?.find((version) =>
                yes.every(({ person, given }) =>
                    given.some(({ through_version: through }) => agrees(version, person, through)),
                ),
            )
        const consent =
            version &&
            yes.every(({ person, given }) =>
                given.some(
                    ({ stands, through_version: through }) => stands && agrees(version, person, through),
                ),
            )
        if (!consent) continue
        const months = work.moves.filter(({ to }) => to === 'published').map(({ month }) => month)
        counted.set(
            work.id,
            [
                work.kind,
                months.sort()[0],
                whole(work.owner_id),
                work.scope_id,
                topic(about.get(work.id)?.[0]?.result),
            ].join(' '),
        )
        // Who is forgotten says yes to nothing.
        expect(yes.filter(({ person }) => people.get(person)?.erased_at)).toEqual([])
    }
    return counted
}

interface Move {
    number: number
    to: string
    month: string
}

function topic(result: unknown): string {
    const themes = Array.isArray(result) ? result : (result as { themes?: unknown[] } | undefined)?.themes
    const [first] = Array.isArray(themes) ? themes : []
    return typeof first === 'string' ? first.trim().toLowerCase() : ''
}

async function grouped<Row extends object>(
    sql: string,
    key: (row: Row) => string,
): Promise<Map<string, Row[]>> {
    return Map.groupBy(await rows<Row>(sql), key)
}

const contributions = (): Promise<Counted[]> =>
    rows<Counted>(
        `select tenant_id, work_id, board::text, kind, month::text, person_id, scope_id, topic, amount, group_id, home
        from insights.contributions`,
    )

const groups = (): Promise<Group[]> =>
    rows<Group>(
        `select g.*, g.board::text as board, g.month::text as month,
            g.withheld_at is null and (g.ends_at is null or g.ends_at > clock_timestamp()) as live
        from insights.groups g`,
    )

test('what counts is what people decided, recounted by hand', async () => {
    const counted = await recount()
    const kept = await rows<Counted>(
        `select work_id, kind, month::text, person_id, scope_id, topic
        from insights.contributions
        where board = 'told' and during @> clock_timestamp()`,
    )
    expect(
        new Map(
            kept.map((row) => [
                row.work_id,
                [row.kind, row.month, row.person_id, row.scope_id, row.topic].join(' '),
            ]),
        ),
    ).toEqual(counted)
    expect(counted.size).toBeGreaterThan(20)
})

test('every group is of as many as were asked for, and those that are told of have nobody in them who does not say yes', async () => {
    const counted = await recount()
    const members = Map.groupBy(await contributions(), ({ group_id }) => group_id)
    const all = await groups()
    expect(all.filter(({ people, smallest }) => people < smallest || smallest < 3)).toEqual([])
    const live = all.filter((group) => group.live && ['told', 'earned'].includes(group.board))
    expect(live.length).toBeGreaterThan(3)
    for (const group of live) {
        const inside = members.get(group.id) ?? []
        const yes = inside.filter((row) => {
            const [kind, , person, place] = counted.get(row.work_id)?.split(' ') ?? []
            return (
                person === row.person_id &&
                place === row.scope_id &&
                (group.board === 'earned' || kind === group.kind)
            )
        })
        const homes = new Set(inside.filter(({ home }) => home).map(({ person_id }) => person_id))
        expect({ ...group, yes: yes.length, homes: homes.size }).toEqual({
            ...group,
            yes: Number(group.items),
            homes: group.people,
        })
        expect(homes.size).toBeGreaterThanOrEqual(group.smallest)
        if (group.topic) expect(new Set(inside.map(({ topic }) => topic))).toEqual(new Set([group.topic]))
        expect(inside.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(Number(group.amount))
    }
    // Nobody is counted twice in a month.
    const homes = [...members.values()].flat().filter(({ home }) => home)
    const seen = homes.map(({ tenant_id, board, kind, month, person_id }) =>
        [tenant_id, board, kind, month, person_id].join(),
    )
    expect(new Set(seen).size).toBe(seen.length)
})

test('what each place, project and organization has is the sum of its groups, added up by hand', async () => {
    const figures = ['people', 'items', 'comments', 'reactions', 'views', 'amount', 'spread'] as const
    const sums = new Map<string, number[]>()
    for (const group of await groups()) {
        if (!group.booked) continue
        for (const scope of new Set([group.scope_id, group.project_id, group.tenant_id])) {
            const key = [scope, group.board, group.kind, group.month, group.topic].join()
            const had = sums.get(key) ?? figures.map(() => 0)
            sums.set(
                key,
                had.map((sum, n) => sum + Number(group[figures[n] as 'people'])),
            )
        }
    }
    const cells = await rows<Record<string, string>>(
        `select c.*, c.board::text as board, c.month::text as month from insights.cells c where c.people > 0`,
    )
    expect(
        new Map(
            cells.map((cell) => [
                [cell.scope_id, cell.board, cell.kind, cell.month, cell.topic].join(),
                figures.map((figure) => Number(cell[figure])),
            ]),
        ),
    ).toEqual(sums)
    expect(sums.size).toBeGreaterThan(10)
})

test('what happened is told of no more often than it happened', async () => {
    const decided = await rows<{ board: string; kind: string; month: string; items: string; people: string }>(
        `select decision::text as board, purpose as kind,
            to_char(recorded_at at time zone 'UTC', 'YYYY-MM-01') as month, count(*) as items,
            count(distinct party_id) as people
        from consent.consents
        group by 1, 2, 3`,
    )
    const earned = await rows<{ work_id: string; month: string; amount: string }>(
        `select work_id, to_char(occurred_on, 'YYYY-MM-01') as month, sum(amount) as amount
        from value.value_events
        group by 1, 2`,
    )
    const all = await groups()
    for (const { board, kind, month, items } of decided) {
        const told = all.filter(
            (group) => group.board === board && group.kind === kind && group.month === month,
        )
        expect(told.reduce((sum, group) => sum + Number(group.items), 0)).toBeLessThanOrEqual(Number(items))
    }
    const amounts = new Map(
        earned.map(({ work_id, month, amount }) => [`${work_id} ${month}`, Number(amount)]),
    )
    for (const row of await contributions()) {
        if (row.board !== 'earned') continue
        expect(Number(row.amount)).toBeLessThanOrEqual(amounts.get(`${row.work_id} ${row.month}`) ?? 0)
    }
})

test('what was withheld came back with a release, or not at all', async () => {
    expect(
        await rows(
            `select c.group_id
            from races.comebacks c
            where c.transaction not in (select r.transaction from races.releases r)`,
        ),
    ).toEqual([])
    const [{ back, withheld } = { back: 0, withheld: 0 }] = await rows<{ back: number; withheld: number }>(
        `select
            (select count(*)::integer from races.comebacks) as back,
            (select count(*)::integer from insights.groups g where g.withheld_at is not null) as withheld`,
    )
    console.info(`${back} groups came back, ${withheld} are withheld`)
    expect(withheld).toBeGreaterThan(0)
})
