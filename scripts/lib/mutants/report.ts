// What a mutation run found, told to people: a table of kinds, why some were not tried, and the survivors in full.

import type { Finding } from './mutant.ts'

export function findingsAsText(findings: Finding[]): string {
    return [...table(findings), ...reasons(findings), ...survivors(findings)].join('\n')
}

function table(findings: Finding[]): string[] {
    const row = (name: string, of: Finding[]): string =>
        [
            name.padEnd(14),
            ...(['killed', 'survived', 'skipped'] as const).map((verdict) => count(of, verdict)),
        ].join(' ')
    return [
        [''.padEnd(14), '  killed', 'survived', ' skipped'].join(' '),
        ...[...Map.groupBy(findings, ({ mutant }) => mutant.kind)].map(([kind, of]) => row(kind, of)),
        row('all', findings),
    ]
}

function count(findings: Finding[], verdict: Finding['verdict']): string {
    return String(findings.filter((finding) => finding.verdict === verdict).length).padStart(8)
}

function reasons(findings: Finding[]): string[] {
    const skipped = findings.filter(({ verdict }) => verdict === 'skipped')
    if (skipped.length === 0) return []
    const lines = [...Map.groupBy(skipped, ({ by }) => by)].map(([reason, of]) => {
        const [first] = of
        return `  ${of.length === 1 && first ? first.mutant.id : `${of.length} mutants`}: ${reason}`
    })
    return ['', 'Not tried, or excused (--json names each):', ...lines]
}

function survivors(findings: Finding[]): string[] {
    const survived = findings.filter(({ verdict }) => verdict === 'survived')
    return survived.flatMap(({ mutant }) => [
        '',
        `SURVIVED ${mutant.id}`,
        ...mutant.ddl.split('\n').map((line) => `    ${line}`),
    ])
}
