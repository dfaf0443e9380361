// A mutation run: enumerates the mutants, surveys the tests once, and tries what is not known yet on two clones.

import { createHash } from 'node:crypto'
import { type Client, connect } from '../db.ts'
import type { Server } from '../server.ts'
import { cloneDatabase, ensureTemplate, type TestDatabase } from '../template.ts'
import { mutantsOf } from './enumerate.ts'
import { equivalents } from './equivalent.ts'
import { askGates } from './gates.ts'
import { Memory } from './memory.ts'
import type { Finding, Mutant } from './mutant.ts'
import { Order } from './order.ts'
import { readTests, type Survey, survey } from './suite.ts'
import { type Jury, tryMutant } from './trial.ts'

export interface Selection {
    modules: string[]
    /** Kinds of mutants; all when empty. */
    kinds: string[]
    /** How many, drawn by the seed; all when undefined. */
    sample: number | undefined
    seed: number
}

export interface Report {
    findings: Finding[]
    /** What makes the run fail besides survivors. */
    problems: string[]
}

export interface Progress {
    surveyed(tests: number): void
    /** `known` of the mutants were tried before. */
    began(mutants: number, known: number): void
    tried(finding: Finding): void
}

const connections = 2

export async function runMutants(
    server: Server,
    selection: Selection,
    { forget = false, progress = {} }: { forget?: boolean; progress?: Partial<Progress> } = {},
): Promise<Report> {
    const template = await ensureTemplate(server, 'pgtap')
    return withClones(server, template, async (clients) => {
        const [first] = clients
        const all = await mutantsOf(first, selection.modules)
        const mutants = select(all, selection)
        const memory = new Memory(template, readTests(), { forget })
        const known = mutants
            .map((mutant) => memory.recall(mutant))
            .filter((finding) => finding !== undefined)
        const knownIds = new Set(known.map(({ mutant }) => mutant.id))
        const waiting = mutants.filter(({ id }) => !knownIds.has(id))

        const { jury, problems } = await callJury(clients)
        progress.surveyed?.(jury.order.size)
        progress.began?.(mutants.length, known.length)
        const findings = [...known]
        await eachOf(waiting, clients, async (client, mutant) => {
            const { finding, file } = await tryMutant(client, mutant, jury, memory.lastKiller(mutant))
            memory.remember(finding, file)
            findings.push(finding)
            progress.tried?.(finding)
        })
        return {
            findings: mutants
                .flatMap(({ id }) => findings.filter(({ mutant }) => mutant.id === id))
                .map(excuse),
            problems: [...problems, ...staleEquivalents(all, selection, findings)],
        }
    })
}

/** A drawn sample is the same for the same seed, whatever order the catalog answers in. */
export function select(mutants: Mutant[], { kinds, sample, seed }: Selection): Mutant[] {
    const wanted = mutants.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    if (sample === undefined) return wanted
    return wanted
        .map((mutant) => ({ mutant, lot: createHash('sha256').update(`${seed} ${mutant.id}`).digest('hex') }))
        .sort((a, b) => a.lot.localeCompare(b.lot))
        .slice(0, sample)
        .map(({ mutant }) => mutant)
}

async function callJury(clients: Client[]): Promise<{ jury: Jury; problems: string[] }> {
    const surveys: Survey[] = []
    await eachOf(readTests(), clients, async (client, test) => {
        surveys.push(await survey(client, test))
    })
    const [client] = clients
    const gates = client ? await askGates(client) : new Map()
    return {
        jury: { order: new Order(surveys.filter(({ failure }) => failure === undefined)), gates },
        problems: surveys
            .filter(({ failure }) => failure !== undefined)
            .map(
                ({ test, failure }) =>
                    `${test.file} fails without any mutation, so it was not asked: ${failure}`,
            ),
    }
}

function excuse(finding: Finding): Finding {
    const reason = equivalents.get(finding.mutant.id)
    if (reason === undefined || finding.verdict !== 'survived') return finding
    return { ...finding, verdict: 'skipped', by: `equivalent: ${reason}` }
}

function staleEquivalents(all: Mutant[], { modules }: Selection, findings: Finding[]): string[] {
    const ids = new Set(all.map(({ id }) => id))
    const killed = findings.filter(
        ({ mutant, verdict }) => verdict === 'killed' && equivalents.has(mutant.id),
    )
    const unknown = [...equivalents.keys()].filter(
        (id) => modules.some((module) => id.split(' ')[1]?.startsWith(`${module}.`)) && !ids.has(id),
    )
    return [
        ...killed.map(({ mutant, by }) => `${mutant.id}: listed as equivalent, but killed by ${by}`),
        ...unknown.map((id) => `${id}: listed as equivalent, but there is no such mutant`),
    ]
}

/** Each connection takes the next when it is free. */
async function eachOf<T>(
    items: T[],
    clients: Client[],
    work: (client: Client, item: T) => Promise<void>,
): Promise<void> {
    const waiting = [...items]
    await Promise.all(
        clients.map(async (client) => {
            for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
                await work(client, item)
        }),
    )
}

async function withClones<T>(
    server: Server,
    template: string,
    work: (clients: [Client, ...Client[]]) => Promise<T>,
): Promise<T> {
    const clones: TestDatabase[] = []
    const clients: Client[] = []
    try {
        for (let count = 0; count < connections; count += 1) {
            const clone = await cloneDatabase(server.url, template)
            clones.push(clone)
            clients.push(await connect(clone.url))
        }
        const [first, ...rest] = clients
        if (!first) throw new Error('a run needs a connection')
        return await work([first, ...rest])
    } finally {
        for (const client of clients) await client.end()
        for (const clone of clones) await clone.drop()
    }
}
