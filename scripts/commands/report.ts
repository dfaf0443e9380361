// `report`: the transparency report on a month, as a page or as data.

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { exit, note, print, usageProblem } from '../lib/console.ts'
import { withClient } from '../lib/db.ts'
import { readFigures } from '../lib/report/figures.ts'
import { page } from '../lib/report/page.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'write the transparency report on a month: a page with charts, or its figures'
export const usage = `
empathy report                     the month that is over, of the whole platform, as a page on standard output
empathy report 2026-10             another month
empathy report --place river/archive/heron    of an organization, a project or a place, by their slugs
empathy report --out report.html   into a file
empathy report --json              the figures themselves

The page fetches nothing, and can be put anywhere. Whoever runs this reads as the platform's own server does.
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            place: { type: 'string' },
            out: { type: 'string' },
            json: { type: 'boolean', default: false },
        },
    })
    const month = monthOf(positionals)
    const figures = await withTarget((url) =>
        withClient(url, (client) => readFigures(client, month, values.place)),
    )
    const text = values.json ? `${JSON.stringify(figures, null, 2)}\n` : page(figures)
    if (values.out === undefined) {
        print(text.trimEnd())
    } else {
        writeFileSync(values.out, text)
        note(`${values.out} tells of ${month}.`)
    }
    return exit.ok
}

function monthOf([month, ...more]: string[]): string {
    if (month === undefined) {
        const now = new Date()
        return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)).toISOString().slice(0, 7)
    }
    if (more.length > 0 || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
        throw usageProblem(`"${[month, ...more].join(' ')}" is not a month.`, 'Write it as 2026-10.')
    }
    return month
}
