// Test databases: built once per version of the SQL as a template, then cloned in a moment.

import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { applyPrerequisites, buildFromFolders } from './build.ts'
import { type Client, quoteIdentifier, withClient, withDatabase } from './db.ts'
import type { Version } from './embedded/binaries.ts'
import type { Purpose } from './embedded/cluster.ts'
import { inPackage, root } from './paths.ts'
import { type FileResult, loadPgtap, runInClones } from './pgtap.ts'
import { type Server, startServer } from './server.ts'

/** `schema` is what the folders say; `pgtap` has pgTAP and the helpers of the SQL tests besides. */
export type TemplateKind = 'schema' | 'pgtap'

export interface TestDatabase {
    name: string
    url: string
    drop(): Promise<void>
}

export async function withTestServer<T>(
    version: Version,
    work: (server: Server) => Promise<T>,
    purpose: Exclude<Purpose, 'work'> = 'tests',
): Promise<T> {
    const server = await startTestServer(version, purpose)
    try {
        return await work(server)
    } finally {
        await server.stop()
    }
}

export async function startTestServer(
    version: Version,
    purpose: Exclude<Purpose, 'work'> = 'tests',
): Promise<Server> {
    const server = await startServer({ version, purpose })
    if (server.started) await admin(server, dropClones)
    return server
}

/** Answers the template's name, after building it where the SQL has changed. */
export async function ensureTemplate(server: Server, kind: TemplateKind): Promise<string> {
    const name = `template_${kind}_${digest(kind)}`
    await admin(server, async (client) => {
        await client.query('select pg_advisory_lock(hashtext($1))', [`template_${kind}`])
        if (await isThere(client, name)) return
        const unfinished = `building_${kind}`
        await client.query(`drop database if exists ${unfinished} with (force)`)
        await client.query(`create database ${unfinished}`)
        await build(server.databaseUrl(unfinished), kind)
        await dropOldTemplates(client, kind)
        await client.query(`alter database ${unfinished} rename to ${name}`)
        await client.query(`alter database ${name} with is_template true allow_connections false`)
    })
    return name
}

/** `adminUrl` is any database of the server but the template, as someone who may create databases. */
export async function cloneDatabase(adminUrl: string, template: string): Promise<TestDatabase> {
    const name = `clone_${randomBytes(6).toString('hex')}`
    await withClient(adminUrl, (client) =>
        client.query(`create database ${name} template ${quoteIdentifier(template)}`),
    )
    return {
        name,
        url: withDatabase(adminUrl, name),
        drop: async () => {
            await withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`))
        },
    }
}

/** Runs pgTAP files on clones, as many as two cores keep busy. */
export async function runOnTestServer(
    version: Version,
    files: string[],
    tell: (result: FileResult) => void,
): Promise<FileResult[]> {
    return withTestServer(version, async (server) => {
        const template = await ensureTemplate(server, 'pgtap')
        const clones: TestDatabase[] = []
        try {
            for (let n = 0; n < Math.min(2, files.length); n += 1)
                clones.push(await cloneDatabase(server.url, template))
            return await runInClones(
                clones.map(({ url }) => url),
                files,
                tell,
            )
        } finally {
            for (const clone of clones) await clone.drop()
        }
    })
}

async function build(url: string, kind: TemplateKind): Promise<void> {
    await applyPrerequisites(url)
    await buildFromFolders(url)
    if (kind === 'pgtap') {
        await withClient(url, async (client) => {
            await client.query('begin')
            await loadPgtap(client)
            await client.query('commit')
        })
    }
}

/** Changes whenever anything that goes into the template does. */
function digest(kind: TemplateKind): string {
    const patterns = ['{schema,functions,policies,seeds/reference}/**/*.{sql,txt}', 'package-lock.json']
    if (kind === 'pgtap') patterns.push('tests/helpers.sql')
    const hash = createHash('sha256')
    for (const path of globSync(patterns, { cwd: root }).sort()) {
        hash.update(path)
            .update('\0')
            .update(readFileSync(inPackage(path)))
            .update('\0')
    }
    return hash.digest('hex').slice(0, 16)
}

/** Left by runs that were killed. */
async function dropClones(client: Client): Promise<void> {
    for (const name of await databasesLike(client, 'clone\\_%')) await dropDatabase(client, name)
}

/** A few older ones stay, for runs that still clone them and for going back and forth between branches. */
async function dropOldTemplates(client: Client, kind: TemplateKind): Promise<void> {
    const names = await databasesLike(client, `template\\_${kind}\\_%`)
    for (const name of names.slice(0, -3)) {
        await client.query(`alter database ${quoteIdentifier(name)} with is_template false`)
        await dropDatabase(client, name)
    }
}

/** The oldest first. */
async function databasesLike(client: Client, pattern: string): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
        'select datname as name from pg_database where datname like $1 order by oid',
        [pattern],
    )
    return rows.map(({ name }) => name)
}

async function dropDatabase(client: Client, name: string): Promise<void> {
    await client.query(`drop database ${quoteIdentifier(name)} with (force)`)
}

async function isThere(client: Client, name: string): Promise<boolean> {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    return rowCount === 1
}

function admin<T>(server: Server, work: (client: Client) => Promise<T>): Promise<T> {
    return withClient(server.databaseUrl('postgres'), work)
}
