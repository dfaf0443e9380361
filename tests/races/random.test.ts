// Eight connections on which people, servers and programs do whatever comes to them, with works, consents, protocols,
// agreements, polls and each other: what is refused is refused in words, and afterwards everything that is counted
// anywhere is right, nothing stands for what was withdrawn, and nobody who was forgotten is left.
//
// A thousand deeds; EMPATHY_RANDOM_OPERATIONS=10000 does more, EMPATHY_RANDOM_SEED the same again. The seed decides what
// is tried, not how it comes together.

import { randomInt } from 'node:crypto'
import { Client, DatabaseError } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../scripts/lib/oracle/random.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { act, faults, sealAll } from '../audit/log.ts'
import { freshDatabase } from '../support/database.ts'
import { anyDeed, type Deed, nameOf, Stage } from './deeds.ts'

const operations = Number(process.env.EMPATHY_RANDOM_OPERATIONS ?? 1000)
const seed = Number(process.env.EMPATHY_RANDOM_SEED ?? randomInt(2 ** 31))
const connections = 8

/** One deed in so many may be broken off because two wait for each other; whoever did it is told to try again. */
const deedsToADeadlock = 500

/** Constraints that people meet, and what these tell them. All else is refused by a name of core.error_codes. */
const constraints: Record<string, string> = {
    poll_options_tenant_id_poll_id_label_key: 'the poll has this option already',
    protocol_groups_tenant_id_scope_id_name_key: 'the community has a group of this name already',
    tags_tenant_id_slug_key:
        'the organization has this word already; whoever belongs to it reads all of them',
    tag_synonyms_tag_id_check: 'no word says the same as itself',
    votes_person_id_check: 'nobody approves of their own work',
}

let database: TestDatabase
let referee: Client
let clients: Client[]
let stage: Stage
let known: { code: string; message: RegExp }[]
/** What came of the deeds, by SQLSTATE, and how often. */
const outcomes = new Map<string, number>()
const unexpected: string[] = []

beforeAll(async () => {
    database = await freshDatabase()
    const connect = async (): Promise<Client> => {
        const client = new Client({ connectionString: database.url })
        await client.connect()
        return client
    }
    referee = await connect()
    clients = await Promise.all(Array.from({ length: connections }, connect))
    const codes = await rows<{ code: string; message: string }>('select code, message from core.error_codes')
    known = codes.map(({ code, message }) => ({
        code,
        message: new RegExp(`^${message.replaceAll(/[()?.]/g, '\\$&').replaceAll('%s', '.*')}$`),
    }))
    stage = await setStage(new Random(seed))
})

afterAll(async () => {
    await Promise.all([referee, ...clients].map((client) => client.end()))
    await database.drop()
})

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await referee.query<Row>(text, values)).rows
}

/** An organization with three communities, and people of whom each can do something somewhere. */
async function setStage(random: Random): Promise<Stage> {
    const people = Array.from({ length: 24 }, () => random.uuid())
    for (const id of people) {
        await rows('insert into core.people (id, display_name) values ($1, $2)', [id, nameOf(id)])
    }
    const [owner = '', ...others] = people
    const river = await act<string>(referee, owner, `select core.create_organization('river', 'River')`)
    await act(referee, owner, `select core.set_module($1, 'stories', true)`, [river])
    const places: string[] = []
    for (const slug of ['heron', 'otter', 'delta']) {
        const create = `select core.create_place($1, 'community', $2, $2, 'public')`
        places.push(await act(referee, owner, create, [river, slug]))
    }
    await rows(
        `insert into core.settings (tenant_id, scope_id, key, value) values ($1, $1, 'decisions.quorum', '1')`,
        [river],
    )
    for (const id of others) {
        await rows(`select core._join($1, $2, '{member}')`, [river, id])
        for (const place of random.some(places, 0.7)) {
            const roles = random.sample(['steward', 'place_manager', 'elder', 'storyteller', 'moderator'], 2)
            await rows('select core._join($1, $2, $3)', [place, id, roles])
        }
    }
    return new Stage(random, river, places, people)
}

async function attempt(client: Client, deed: Deed): Promise<void> {
    const { random } = stage
    const isolation = random.chance(0.95)
        ? 'read committed'
        : random.pick(['repeatable read', 'serializable'])
    await client.query(`begin isolation level ${isolation}`)
    try {
        await client.query(
            `select set_config('statement_timeout', '60s', true), set_config('empathy.kek', $3, true),
                set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`,
            speaker(deed),
        )
        const { statement: text, parameters: values = [] } = deed
        const answers = await client.query({ text, values, rowMode: 'array' })
        await client.query('commit')
        const answer = answers.rows[0]?.[0]
        deed.keep?.(String(answer))
        count('done')
    } catch (error) {
        await client.query('rollback')
        count(error instanceof DatabaseError ? (error.code ?? '') : 'connection')
        if (!isExpected(error, isolation)) {
            unexpected.push(
                `${error instanceof DatabaseError ? error.code : ''} ${error} in: ${deed.statement}`,
            )
        }
    }
}

function speaker({ by, secretly }: Deed): string[] {
    if (['anon', 'service_role', 'none'].includes(by)) return [JSON.stringify({ role: by }), by, '']
    const claims = JSON.stringify({ role: 'authenticated', person: by })
    return secretly ? [claims, 'empathy_keyholder', 'ab'.repeat(32)] : [claims, 'authenticated', '']
}

function count(outcome: string): void {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
}

function isExpected(error: unknown, isolation: string): boolean {
    if (!(error instanceof DatabaseError)) return false
    const { code, message, constraint = '' } = error
    // Counted below.
    if (code === '40P01') return true
    if (code === '40001') return isolation !== 'read committed'
    // Whoever lives in an earlier instant is told late of what was merged meanwhile.
    if (code === '23503') return constraint.startsWith('work_tags') && isolation !== 'read committed'
    if (code?.startsWith('23')) return constraint in constraints
    // What people write in their own rights: told by the policy, or by it alone where they lost the right meanwhile.
    if (
        code === '42501' &&
        /policy for table "(votes|comments|comment_moderations|reactions)"$/.test(message)
    )
        return true
    return known.some((refusal) => refusal.code === code && refusal.message.test(message))
}

test(`of ${operations} deeds on ${connections} connections each is done, or refused in words`, async () => {
    console.info(`EMPATHY_RANDOM_SEED=${seed}`)
    let begun = 0
    await Promise.all(
        clients.map(async (client) => {
            while (begun < operations) {
                begun += 1
                await attempt(client, anyDeed(stage))
            }
        }),
    )
    console.info(
        `of ${operations}: ${[...outcomes]
            .sort()
            .map((outcome) => outcome.join(' '))
            .join(', ')}`,
    )
    expect(unexpected).toEqual([])
    expect(outcomes.get('40P01') ?? 0).toBeLessThanOrEqual(Math.ceil(operations / deedsToADeadlock))
    // Else nothing was tried.
    expect(outcomes.get('done')).toBeGreaterThan(operations / 4)
}, 3_600_000)

test('every recount is empty, with what is counted by hand and once everything that has a time is over', async () => {
    const recounts = await rows<{ name: string }>(
        `select p.oid::regproc::text as name
        from pg_proc p
        join core.platform_modules m on m.module = p.pronamespace::regnamespace::text
        where p.proname like 'verify\\_%' and p.proretset and p.pronargs = 0
        order by 1`,
    )
    expect(recounts.length).toBeGreaterThan(7)
    const expectRight = async () => {
        for (const { name } of recounts) expect(await rows(`select * from ${name}()`), name).toEqual([])
    }
    await expectRight()
    await rows(`select content.fold_counts(), content.count_polls(), consent.recall_expired()`)
    await expectRight()
    // Decisions would be open for a week.
    await rows('alter table content.polls disable trigger _010_freeze_key')
    await rows(`update content.polls set closes_at = now() where counted_at is null`)
    await rows('alter table content.polls enable trigger _010_freeze_key')
    await rows('select content.count_polls()')
    expect(await rows('select from content.polls where counted_at is null')).toEqual([])
    await expectRight()
}, 600_000)

test('the log is whole, and its erasures are done', async () => {
    await sealAll(referee)
    expect(await faults(referee)).toEqual([])
    await rows('select audit.finish_erasures()')
    await sealAll(referee)
    expect(await faults(referee)).toEqual([])
}, 600_000)

test('nothing stands for what was withdrawn, or is over', async () => {
    // What was said for some seconds: from here on nothing ends by itself while it is looked at.
    await rows(
        `select pg_sleep_until(max(upper(c.during))) from consent.consents c where upper(c.during) > clock_timestamp()`,
    )
    await rows('select consent.recall_expired()')
    // Told again from what each party said last, and knowing nothing of what was compiled.
    const said = `
        select p.tenant_id, p.work_id, w.purpose, coalesce(
            (
                select c.decision::text
                from consent.consents c
                where c.tenant_id = p.tenant_id
                    and c.party_id = p.id
                    and c.purpose = w.purpose
                    and c.channel is null
                    and c.during @> clock_timestamp()
            ),
            'nothing'
        ) as decision
        from consent.consent_parties p
        cross join (select key as purpose from consent.purposes) w`
    expect(
        await rows(
            `select h.run_id, h.work_id, s.decision
            from consent.run_works h
            join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
            join (${said}) s
                on s.tenant_id = h.tenant_id and s.work_id = h.work_id and s.purpose = r.purpose
            where h.stands and r.channel is null and s.decision <> 'given'`,
        ),
    ).toEqual([])
    expect(
        await rows(
            `select w.id, s.purpose, s.decision
            from content.works w
            join (${said}) s on s.tenant_id = w.tenant_id and s.work_id = w.id
            where s.decision <> 'given'
                and case s.purpose
                    when 'public_sharing' then w.public_during @> clock_timestamp()
                    when 'organization_sharing' then w.organization_during @> clock_timestamp()
                    when 'community_sharing' then w.community_during @> clock_timestamp()
                end`,
        ),
    ).toEqual([])
    expect(
        await rows(
            `select s.run_id, s.work_id
            from consent.results s
            join consent.run_works h using (tenant_id, run_id, work_id)
            where not h.stands`,
        ),
    ).toEqual([])
})

test('what machines made of stories stands only for what everybody says yes to at this moment', async () => {
    expect(
        await rows(
            `select a.id
            from stories.analyses a
            join consent.runs r on r.tenant_id = a.tenant_id and r.id = a.run_id
            join consent.run_works h
                on h.tenant_id = a.tenant_id and h.run_id = a.run_id and h.work_id = a.story_id
            where not h.stands
                or (
                    r.channel is null
                    and exists (
                        select
                        from consent.consent_parties p
                        where p.work_id = a.story_id
                            and not exists (
                                select
                                from consent.consents c
                                where c.party_id = p.id
                                    and c.purpose = r.purpose
                                    and c.channel is null
                                    and c.decision = 'given'
                                    and c.during @> clock_timestamp()
                            )
                    )
                )`,
        ),
    ).toEqual([])
})

test('a story warns of those who have died, and of nobody else; and where an elder spoke, it takes one', async () => {
    expect(
        await rows(
            `select s.id, d.dead
            from stories.stories s
            cross join lateral (
                select exists (
                    select
                    from consent.consent_parties p
                    join core.people e on e.id = p.person_id
                    left join core.people m on m.id = e.merged_into
                    where p.work_id = s.id and coalesce(e.deceased_on, m.deceased_on) is not null
                )
            ) d (dead)
            where d.dead <> exists (
                select
                from stories.content_warnings c
                where c.work_id = s.id and (c.kind, c.source) = ('deceased', 'record')
            )`,
        ),
    ).toEqual([])
    expect(
        await rows(
            `select s.id
            from stories.stories s
            where not s.elder_review_required
                and exists (select from stories.reviews r where r.story_id = s.id and r.kind = 'elder')`,
        ),
    ).toEqual([])
    // What was published after the last word was said, of a story of which an elder spoke, was approved in it.
    expect(
        await rows(
            `select w.id
            from content.works w
            cross join lateral (
                select r.outcome
                from stories.reviews r
                where r.story_id = w.id and r.kind = 'elder'
                order by r.number desc
                limit 1
            ) last
            where w.state = 'published' and last.outcome <> 'approved'`,
        ),
    ).toEqual([])
})

test('what somebody shares only under a name has one', async () => {
    expect(
        await rows(
            `select w.id
            from content.works w
            join consent.consents c on c.tenant_id = w.tenant_id and c.work_id = w.id
            where w.state = 'published'
                and c.decision = 'given'
                and c.attribution_required
                and c.purpose in ('public_sharing', 'organization_sharing', 'community_sharing')
                and c.during @> clock_timestamp()
                and not exists (
                    select
                    from content.attributions a
                    where a.tenant_id = w.tenant_id and a.work_id = w.id
                )`,
        ),
    ).toEqual([])
})

test('nobody who was forgotten is left', async () => {
    const gone = await rows<{ id: string }>('select id from core.people where erased_at is not null')
    expect(gone.length).toBeGreaterThan(0)
    expect(
        await rows(
            `select p.id, left_over.what
            from core.people p
            cross join lateral (
                select 'a membership' from core.memberships m where m.person_id = p.id and m.ended_at is null
                    and m.status <> 'banned'
                union all select 'a login' from core.identities i where i.person_id = p.id
                union all select 'a secret' from core.person_secrets s where s.person_id = p.id
                union all select 'a key' from core.api_keys k where k.person_id = p.id and k.revoked_at is null
                union all select 'a comment' from content.comments c where c.author_id = p.id
                union all select 'a mention' from content.comments c where c.mentions @> array[p.id]
                union all select 'a reaction' from content.reactions r where r.person_id = p.id
                union all select 'a vote' from content.votes v where v.person_id = p.id
                union all select 'feedback' from stories.feedback f where f.person_id = p.id
                union all select 'help' from content.work_collaborators c where c.person_id = p.id
                union all select 'a yes'
                from consent.consents c
                join consent.consent_parties y on y.tenant_id = c.tenant_id and y.id = c.party_id
                where y.person_id = p.id and c.decision = 'given' and c.during && tstzrange(now(), null)
                union all select 'a picture'
                from content.works w
                join content.media m on m.tenant_id = w.tenant_id and m.work_id = w.id
                join content.files f on f.tenant_id = m.tenant_id and f.id = m.file_id
                where w.owner_id = p.id and f.dropped_at is null
            ) left_over (what)
            where p.erased_at is not null`,
        ),
    ).toEqual([])
    // Their names stand nowhere, in whatever table.
    const tables = await rows<{ name: string }>(
        `select c.oid::regclass::text as name
        from pg_class c
        join core.platform_modules m on m.module = c.relnamespace::regnamespace::text
        where c.relkind = 'r'`,
    )
    for (const { name } of tables) {
        const found = await rows(
            `select n.name
            from (select distinct 'Name of ' || left(id::text, 13) as name from unnest($1::uuid[]) id) n
            join ${name} t on t::text like '%' || n.name || '%'`,
            [gone.map(({ id }) => id)],
        )
        expect(found, name).toEqual([])
    }
}, 600_000)
