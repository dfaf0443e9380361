// The worker runs what is due: once, wherever it runs, again when it fails, and after others were killed.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import type { ServiceOptions } from '../../scripts/lib/services.ts'
import { openFolder } from '../../scripts/lib/storage/folder.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { runOnce, start } from '../../scripts/lib/worker.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'

process.env.LOG_LEVEL = 'off'

let database: TestDatabase
let options: ServiceOptions
const workers: { stop(): Promise<void> }[] = []

beforeAll(async () => {
    database = await freshDatabase()
    options = {
        databaseUrl: database.url,
        authenticatorUrl: await loginUrl(database.url, 'authenticator'),
        keyholderUrl: undefined,
        port: 0,
    }
    await sql(`
        create table public.runs (job text, role text, claims text, began timestamptz, ended timestamptz);
        create table public.works (yes boolean default true);
        insert into public.works default values;
        grant insert, select on public.runs, public.works to empathy_owner, service_role;
        create function core.note_slowly() returns text language plpgsql as $$
        declare began timestamptz := clock_timestamp();
        begin
            perform pg_sleep(0.7);
            insert into public.runs values (
                'slow', current_setting('role'), current_setting('request.jwt.claims'), began, clock_timestamp()
            );
            return 'noted';
        end $$;
        create function core.note_when_it_works() returns text language plpgsql as $$
        begin
            if not (select yes from public.works) then raise exception 'it does not work'; end if;
            insert into public.runs values ('fails', null, null, now(), clock_timestamp());
            return 'worked';
        end $$;
    `)
})

beforeEach(() => sql('delete from ops.jobs; truncate public.runs'))

afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})

afterAll(() => database.drop())

test('--once runs every enabled job once, as the platform, and tells of each', async () => {
    await register('slow', 'core.note_slowly()', '0 0 1 1 *')
    await register('fails', 'core.note_when_it_works()', '0 0 1 1 *')
    await register('off', 'core.note_slowly()', 'every 1 second')
    await sql("update ops.jobs set enabled = false where name = 'off'; update public.works set yes = false")
    const results = await runOnce(options)
    await sql('update public.works set yes = true')
    expect(results).toEqual([
        { name: 'fails', error: 'it does not work' },
        { name: 'slow', outcome: 'noted' },
    ])
    expect(await sql('select role, claims from public.runs')).toEqual([
        { role: 'service_role', claims: '{"role":"service_role"}' },
    ])
})

test('two workers share the work: a job runs as often as it is due, and never twice at once', async () => {
    await register('slow', 'core.note_slowly()', 'every 1 second')
    workers.push(await start(options), await start(options))
    await sleep(6_000)
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    const runs = await sql<{ overlaps: boolean; gap: number | null }>(`
        select
            coalesce(began < lag(ended) over w, false) as overlaps,
            extract(epoch from began - lag(ended) over w)::float8 as gap
        from public.runs
        window w as (order by began)`)
    expect(runs.length).toBeGreaterThanOrEqual(2)
    expect(runs.length).toBeLessThanOrEqual(4)
    expect(runs.some(({ overlaps }) => overlaps)).toBe(false)
    for (const { gap } of runs) expect(gap ?? 1).toBeGreaterThan(0.9)
})

test('a job that fails is seen failing, and tried again until it works', async () => {
    await register('fails', 'core.note_when_it_works()', 'every 1 minute')
    await sql('update public.works set yes = false')
    workers.push(await start(options))
    const failing = await until(
        async () =>
            (
                await sql<{ attempts: number; last_error: string }>(
                    'select attempts, last_error from graphile_worker.jobs',
                )
            )[0],
        (job) => job?.last_error !== null && job !== undefined,
    )
    expect(failing?.last_error).toBe('it does not work')
    await sql('update public.works set yes = true')
    await until(
        () => sql('select from public.runs'),
        (runs) => runs.length === 1,
    )
    expect(await sql('select from graphile_worker.jobs')).toEqual([])
})

test('what a killed worker held is run by another', async () => {
    await register('slow', 'core.note_slowly()', 'every 1 minute')
    await sql(
        "create or replace function core.note_slowly() returns text language sql as 'select pg_sleep(30)::text'",
    )
    const killed = await startElsewhere()
    await until(
        () => sql<{ locked: boolean }>('select locked_at is not null as locked from graphile_worker.jobs'),
        ([job]) => job?.locked === true,
    )
    await sleep(300)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await sql(`
        create or replace function core.note_slowly() returns text language sql as
            $$ insert into public.runs (job) values ('taken over') returning job $$;
        select pg_terminate_backend(pid) from pg_stat_activity where query like '%run_job%' and pid <> pg_backend_pid();
    `)
    workers.push(await start(options))
    await until(
        () => sql('select from public.runs'),
        (runs) => runs.length === 1,
        30_000,
    )
})

test('a job that is registered no more leaves the queue', async () => {
    await register('fails', 'core.note_when_it_works()', 'every 1 minute')
    await sql('update public.works set yes = false')
    workers.push(await start(options))
    await until(
        () => sql('select from graphile_worker.jobs where last_error is not null'),
        (jobs) => jobs.length === 1,
    )
    await sql('delete from ops.jobs')
    await until(
        () => sql('select from graphile_worker.jobs'),
        (jobs) => jobs.length === 0,
    )
})

async function register(name: string, call: string, schedule: string): Promise<void> {
    await sql(`insert into ops.jobs (name, module, call, schedule, description)
        values ('${name}', 'core', '${call}', '${schedule}', 'A test.')`)
}

async function sql<Row>(text: string): Promise<Row[]> {
    const { rows } = await withClient(database.url, (client) => client.query(text))
    return rows as Row[]
}

async function until<T>(
    look: () => Promise<T>,
    enough: (found: T) => boolean,
    patience = 15_000,
): Promise<T> {
    const deadline = Date.now() + patience
    for (;;) {
        const found = await look()
        if (enough(found)) return found
        if (Date.now() > deadline) throw new Error(`not after ${patience} ms: ${JSON.stringify(found)}`)
        await sleep(100)
    }
}

/** A worker in a process of its own, which can be killed. */
async function startElsewhere() {
    const child = spawn(process.execPath, ['--import', 'tsx', inPackage('scripts/cli.ts'), 'worker'], {
        env: {
            ...process.env,
            DATABASE_URL: options.databaseUrl,
            AUTHENTICATOR_URL: options.authenticatorUrl,
        },
        stdio: 'ignore',
    })
    await once(child, 'spawn')
    return child
}

test.each([
    ['--once', async () => void (await runOnce(options))],
    ['one that goes on', async () => void workers.push(await start(options))],
])('%s has the store let go of what was dropped', async (_how, run) => {
    const folder = await mkdtemp(join(tmpdir(), 'empathy-files-'))
    process.env.STORAGE_FOLDER = folder
    try {
        const storage = await openFolder(folder)
        const [file] = await sql<{ id: string; storage_key: string }>(`
            with place as (
                insert into core.organizations (slug, name) values ('o' || substr(md5(random()::text), 1, 8), 'O')
                returning id
            ),
            uploader as (insert into core.people (display_name) values ('P') returning id)
            insert into content.files (tenant_id, scope_id, sha256, mime, bytes, uploaded_by, dropped_at)
            select place.id, place.id, encode(sha256('x'), 'hex'), 'text/plain', 1, uploader.id, now()
            from place, uploader
            returning id, storage_key
        `)
        const { id = '', storage_key: key = '' } = file ?? {}
        const sha256 = createHash('sha256').update('x').digest('hex')
        await storage.put(key, Readable.from([Buffer.from('x')]), { bytes: 1, sha256, mime: 'text/plain' })
        await run()
        const state = async () => (await sql(`select state::text from content.files where id = '${id}'`))[0]
        await expect.poll(state, { timeout: 5_000 }).toEqual({ state: 'gone' })
        await expect(storage.read(key)).rejects.toThrow('ENOENT')
    } finally {
        delete process.env.STORAGE_FOLDER
        await rm(folder, { recursive: true })
    }
})
