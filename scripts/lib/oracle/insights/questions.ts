// Who is told figures, and which.
//
//   Figures of a place, a project or an organization are for those who belong there, those who were given figures to
//   read, and servers; and there are none where they are not wanted. To everybody else it is as if there were nothing.
//   Figures of the platform are for everybody. Who is not signed in asks for no others; auditors and keyholders ask for
//   none.

import type { Asker } from '../core/access.ts'
import type { Scope } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import type { Question } from '../module.ts'
import { type Role, roles } from '../viewer.ts'
import { isOn } from './counting.ts'
import {
    askedMonths,
    communityImpact,
    communityInsights,
    consentHealth,
    contributorStatistics,
    type Node,
    platformInsights,
    themeTrends,
    transparencyReport,
} from './figures.ts'

const everybody: readonly Role[] = ['anon', 'authenticated', 'service_role']
const signedIn: readonly Role[] = ['authenticated', 'service_role']

/** A report on each of these takes long. */
const reported = 3

/** Figures that are asked for somewhere. */
interface Asked {
    says: string
    sql: string
    /** At which levels there are any; with the platform, where nothing is named. */
    levels: number[]
    platform: boolean
    /** How many of the last months are asked for; all, unless told otherwise. */
    months?: number
    told(facts: Facts, node: Node): string[]
}

const asked: Asked[] = [
    {
        says: 'insights.community_insights() tells of a place:',
        sql: 'oracle/community-insights.sql',
        levels: [2],
        platform: false,
        told: communityInsights,
    },
    {
        says: 'insights.project_statistics() tells of a project or organization:',
        sql: 'oracle/project-statistics.sql',
        levels: [0, 1],
        platform: false,
        told: communityInsights,
    },
    {
        says: 'insights.contributor_statistics() tells:',
        sql: 'oracle/contributor-statistics.sql',
        levels: [0, 1, 2],
        platform: true,
        told: contributorStatistics,
    },
    {
        says: 'insights.theme_trends() tells:',
        sql: 'oracle/theme-trends.sql',
        levels: [0, 1, 2],
        platform: true,
        told: themeTrends,
    },
    {
        says: 'insights.consent_health() tells:',
        sql: 'oracle/consent-health.sql',
        levels: [0, 1, 2],
        platform: true,
        told: consentHealth,
    },
    {
        says: 'insights.community_impact() tells:',
        sql: 'oracle/community-impact.sql',
        levels: [0, 1, 2],
        platform: false,
        told: communityImpact,
    },
    {
        says: 'insights.transparency_report() tells:',
        sql: 'oracle/transparency-report.sql',
        levels: [0, 1, 2],
        platform: true,
        months: reported,
        told: (facts, node) =>
            askedMonths(facts, reported).flatMap((month) =>
                transparencyReport(facts, node, month).map((row) => `${month}|${row}`),
            ),
    },
]

export const questions: Question[] = [
    ...asked.map(
        ({ says, sql, levels, platform, months, told }): Question => ({
            says,
            roles,
            sql,
            parameters: (_, facts) => [nodes(facts), ...span(facts, months)],
            expected: (asker, facts) =>
                answers(nodes(facts), (node) => {
                    if (!(platform ? everybody : signedIn).includes(asker.viewer.role))
                        return ['refused 42501']
                    const isTold = node === null ? platform : isToldOf(asker, node, levels, facts)
                    return isTold ? told(facts, node) : ['refused P0002']
                }),
        }),
    ),
    {
        says: 'insights.platform_insights() tells:',
        roles,
        sql: 'oracle/platform-insights.sql',
        parameters: (_, facts) => span(facts),
        expected: ({ viewer }, facts) =>
            answers([null], () =>
                everybody.includes(viewer.role) ? platformInsights(facts) : ['refused 42501'],
            ),
    },
]

function isToldOf(asker: Asker, node: string, levels: number[], facts: Facts): boolean {
    if (!levels.includes(asker.access.scope(node).level) || !isOn(node, facts)) return false
    return (
        asker.viewer.role === 'service_role' ||
        asker.can('insight.read', node) ||
        (asker.belongsWithin(node) && !asker.isBarred(node))
    )
}

/** Whatever can be named, and nothing. */
function nodes(facts: Facts): Node[] {
    return [null, ...facts.rows<Scope>('core.scopes').map(({ id }) => id)]
}

function span(facts: Facts, most?: number): [since: string, until: string] {
    const months = askedMonths(facts, most)
    return [months.at(0) ?? '', months.at(-1) ?? '']
}

function answers(asked: Node[], rowsOf: (node: Node) => string[]): Map<string, boolean> {
    return new Map(
        asked.flatMap((node) =>
            rowsOf(node).map((row): [string, boolean] => [`${node ?? 'the platform'}|${row}`, true]),
        ),
    )
}
