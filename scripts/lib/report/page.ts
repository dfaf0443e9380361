// The report on a month as one page: nothing is fetched, nothing runs in it, and it can be printed.

import { asText, bars, count, nobodyOrFew } from './bars.ts'
import type { Impact, Line, ReportFigures } from './figures.ts'

const sections: Record<string, { title: string; says: string }> = {
    people: { title: 'People', says: 'How many asked for something, or were answered.' },
    exports: { title: 'Exports', says: 'How often somebody took out what a place holds.' },
    machines: { title: 'Machines and studies', says: 'What works were handed out to, under an agreement.' },
}

const purposes: Record<string, string> = {
    public_sharing: 'sharing with everybody',
    community_sharing: 'sharing in the community',
    organization_sharing: 'sharing in the organization',
    ai_analysis: 'analysis by machines',
    ai_training: 'training of machines',
    commercial_use: 'commercial use',
    modification: 'changes by others',
    research: 'research',
    insight: 'figures such as these',
}

export function page(figures: ReportFigures): string {
    const about = figures.place ?? 'The whole platform'
    const title = `${about}, ${monthName(figures.month)}`
    const released = figures.report[0]?.released_at.slice(0, 10)
    return [
        '<!doctype html>',
        '<html lang="en">',
        '<head>',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        `<title>Transparency report: ${asText(title)}</title>`,
        `<style>${style}</style>`,
        '</head>',
        '<body>',
        hatching,
        '<main>',
        `<header><p>Transparency report</p><h1>${asText(about)}</h1><p>${monthName(figures.month)}</p></header>`,
        ...told(figures),
        ...themes(figures),
        ...consent(figures),
        ...impact(figures.impact),
        ...Object.keys(sections).flatMap((section) => listed(section, figures.report)),
        '<footer>',
        '<p>Every figure about people is the sum of whole groups of them, none of fewer people than their place asks',
        'for, and is rounded: counts to the nearest five, amounts to two figures. Only works count whose people all',
        'consent to that. When somebody takes their consent back, their whole group leaves every figure at once.</p>',
        `<p>Released on ${asText(released ?? '')}.</p>`,
        '</footer>',
        '</main>',
        '</body>',
        '</html>',
        '',
    ].join('\n')
}

function told({ told, month }: ReportFigures): string[] {
    const kinds = [...new Set(told.flatMap(({ kind }) => kind ?? []))]
    return [
        '<section><h2>What was told</h2>',
        ...(kinds.length === 0 ? ['<p>Too few people told something to tell of it.</p>'] : []),
        ...kinds.flatMap((kind) => {
            const ofKind = new Map(told.filter((row) => row.kind === kind).map((row) => [row.month, row]))
            const months = [...new Set(told.map((row) => row.month))]
            const now = ofKind.get(month)
            return [
                headline([
                    [now?.people ?? null, `people told a ${kind}`],
                    [now?.works ?? null, `${plural(kind)} of theirs`],
                ]),
                ...(now?.withheld
                    ? [
                          '<p class="aside">Some are left out since the release: somebody took back their consent.</p>',
                      ]
                    : []),
                bars(
                    `People and their ${plural(kind)}, month by month`,
                    ['people', plural(kind)],
                    [
                        ...months.map((each) => ({
                            label: shortMonth(each),
                            values: [ofKind.get(each)?.people ?? null, ofKind.get(each)?.works ?? null],
                        })),
                    ],
                ),
            ]
        }),
        '</section>',
    ]
}

function themes({ themes }: ReportFigures): string[] {
    if (themes.length === 0) return []
    return [
        '<section><h2>What it was about</h2>',
        '<p class="aside">As far as everyone agrees that a machine reads their works.</p>',
        bars(
            'Works by theme',
            ['works'],
            themes.map(({ theme, works }) => ({ label: theme, values: [works] })),
        ),
        '</section>',
    ]
}

function consent({ consent, report }: ReportFigures): string[] {
    const lines = report.filter(({ section }) => section === 'consent')
    return [
        '<section><h2>What was decided</h2>',
        bars(
            'Consents given and taken back, month by month',
            ['given', 'taken back'],
            consent.map(({ month, given, withdrawn }) => ({
                label: shortMonth(month),
                values: [given, withdrawn],
            })),
        ),
        ...table(
            ['This month', 'How often'],
            lines.map(({ name, figure }) => [decision(name), figure === null ? nobodyOrFew : count(figure)]),
        ),
        '</section>',
    ]
}

function impact(rows: Impact[]): string[] {
    if (rows.length === 0) return []
    const amount = (value: number | null, scale: number) =>
        value === null ? 'not told' : count(value / 10 ** scale)
    return [
        '<section><h2>What it was worth</h2>',
        ...table(
            ['Of what', 'Came in', 'Was shared', 'Among', 'Inequality'],
            rows.map(({ asset, scale, generated, distributed, recipients, inequality }) => [
                asset,
                amount(generated, scale),
                amount(distributed, scale),
                recipients === null ? 'not told' : `${count(recipients)} people`,
                inequality === null ? 'not told' : inequality.toFixed(2),
            ]),
        ),
        '<p class="aside">Inequality is the Gini coefficient: 0 where all get the same.</p>',
        '</section>',
    ]
}

function listed(section: string, report: Line[]): string[] {
    const lines = report.filter((line) => line.section === section)
    const about = sections[section]
    if (lines.length === 0 || !about) return []
    return [
        `<section><h2>${about.title}</h2><p class="aside">${about.says}</p>`,
        ...table(
            ['What', 'How many'],
            lines.map(({ name, figure, too_few }) => [
                decision(name),
                too_few || figure === null ? 'a few' : count(figure),
            ]),
        ),
        '</section>',
    ]
}

function headline(figures: [number | null, string][]): string {
    const items = figures.map(
        ([value, says]) =>
            `<li><strong>${value === null ? nobodyOrFew : count(value)}</strong> ${asText(says)}</li>`,
    )
    return `<ul class="headline">${items.join('')}</ul>`
}

function table(head: string[], rows: string[][]): string[] {
    if (rows.length === 0) return []
    return [
        '<table>',
        `<thead><tr>${head.map((cell) => `<th scope="col">${asText(cell)}</th>`).join('')}</tr></thead>`,
        '<tbody>',
        ...rows.map(
            ([first = '', ...rest]) =>
                `<tr><th scope="row">${asText(first)}</th>${rest.map((cell) => `<td>${asText(cell)}</td>`).join('')}</tr>`,
        ),
        '</tbody></table>',
    ]
}

/** "given: ai_analysis" in words. */
function decision(name: string): string {
    const [what = '', purpose] = name.split(': ')
    return purpose === undefined ? what : `${what}: ${purposes[purpose] ?? purpose}`
}

function plural(kind: string): string {
    return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`
}

function monthName(month: string): string {
    return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', {
        year: 'numeric',
        month: 'long',
        timeZone: 'UTC',
    })
}

function shortMonth(month: string): string {
    return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', {
        year: '2-digit',
        month: 'short',
        timeZone: 'UTC',
    })
}

const hatching =
    '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" ' +
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/>' +
    '<line class="stroke" x1="0" y1="0" x2="0" y2="5"/></pattern></defs></svg>'

const style = `
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fbfaf7; --soft: #5b6472; --line: #d9d5cc; --bar: #2f5d62; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --paper: #14181d; --soft: #a3abb6; --line: #3a414b; --bar: #8fc7bd; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
header { border-bottom: 2px solid var(--ink); margin-bottom: 1.5rem; }
header p { margin: 0; color: var(--soft); }
h1 { margin: 0.1rem 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 0.4rem; font-size: 1.2rem; }
.headline { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; margin: 0.5rem 0 0.75rem; padding: 0; }
.headline strong { font-size: 1.6rem; }
.aside, footer { color: var(--soft); font-size: 0.9rem; margin: 0.25rem 0 0.75rem; }
figure { margin: 0.75rem 0 1.25rem; }
figcaption { font-weight: 600; margin-bottom: 0.25rem; }
.legend { display: block; font-weight: 400; font-size: 0.9rem; color: var(--soft); }
svg { display: block; width: 100%; height: auto; max-width: 27rem; }
svg.key { display: inline-block; width: 0.9rem; vertical-align: -0.1rem; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg text.none { fill: var(--soft); font-style: italic; }
rect.full { fill: var(--bar); stroke: var(--bar); }
rect.hatched { fill: url(#hatch); stroke: var(--bar); }
pattern .ground { fill: var(--paper); stroke: none; }
pattern .stroke { stroke: var(--bar); stroke-width: 3; }
table { width: 100%; border-collapse: collapse; font-size: 0.95rem; }
th, td { text-align: left; padding: 0.4rem 0.5rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th[scope=row] { font-weight: 400; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1rem; }
@media print { body { background: none; } section { break-inside: avoid; } }
`
