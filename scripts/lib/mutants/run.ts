// A mutation run: enumerates the mutants, surveys the tests once, and tries what is not known yet on two clones.

import { createHash } from 'node:crypto'
import type { Server } from '../server.ts'
import { ensureTemplate } from '../template.ts'
import { mutantsOf } from './enumerate.ts'
import { equivalents } from './equivalent.ts'
import { askGates } from './gates.ts'
import { Memory } from './memory.ts'
import type { Finding, Mutant } from './mutant.ts'
import { Order } from './order.ts'
import { readTests, type Survey, survey, type Test } from './suite.ts'
import { type Jury, tryMutant } from './trial.ts'
import { Workplaces } from './workplaces.ts'

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

export async function runMutants(
    server: Server,
    selection: Selection,
    { forget = false, progress = {} }: { forget?: boolean; progress?: Partial<Progress> } = {},
): Promise<Report> {
    const template = await ensureTemplate(server, 'pgtap')
    const workplaces = new Workplaces(server, template)
    const all = await workplaces.once((client) => mutantsOf(client, selection.modules))
    const mutants = select(all, selection)
    const tests = readTests()
    const memory = new Memory(template, tests, { forget })
    const known = mutants.map((mutant) => memory.recall(mutant)).filter((finding) => finding !== undefined)
    const knownIds = new Set(known.map(({ mutant }) => mutant.id))
    const waiting = mutants.filter(({ id }) => !knownIds.has(id))

    const { jury, failing } = await callJury(workplaces, tests)
    progress.surveyed?.(jury.order.size)
    progress.began?.(mutants.length, known.length)
    const findings = [...known]
    const killers = new Set<string>()
    const fickle = new Set<string>()
    await workplaces.each(
        waiting,
        async (client, mutant) => {
            const { finding, file } = await tryMutant(client, mutant, jury, memory.lastKiller(mutant))
            if (file) killers.add(file)
            memory.remember(finding, file)
            findings.push(finding)
            progress.tried?.(finding)
        },
        // A test that fails by chance kills by chance: where it killed, it has to pass once more without a mutant.
        async (client) => {
            for (const test of tests.filter(({ file }) => killers.has(file))) {
                const { failure } = await survey(client, test)
                if (failure !== undefined) fickle.add(`${test.file} fails now and then: ${failure}`)
            }
        },
    )
    return {
        findings: mutants.flatMap(({ id }) => findings.filter(({ mutant }) => mutant.id === id)).map(excuse),
        problems: [...failing, ...fickle, ...staleEquivalents(all, selection, findings)],
    }
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

async function callJury(workplaces: Workplaces, tests: Test[]): Promise<{ jury: Jury; failing: string[] }> {
    const surveys: Survey[] = []
    await workplaces.each(tests, async (client, test) => {
        surveys.push(await survey(client, test))
    })
    const gates = await workplaces.once((client) => askGates(client))
    return {
        jury: { order: new Order(surveys.filter(({ failure }) => failure === undefined)), gates },
        failing: surveys
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
