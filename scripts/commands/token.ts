// `token`: signs a demo person in.

import { parseArgs } from 'node:util'
import { tokenSettings } from '../lib/api/settings.ts'
import { refuseOnProduction } from '../lib/bookkeeping.ts'
import { exit, print, usageProblem } from '../lib/console.ts'
import { withClient } from '../lib/db.ts'
import { type DemoPerson, demoToken, readDemoPeople } from '../lib/demo.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'print what signs a demo person in: the value of the header "Authorization"'
export const usage = `
empathy token NAME           Bearer …, good for 30 days
empathy token NAME --json    the header as JSON, to paste into Ruru

The server that is asked has to run with the same JWT_SECRET.
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { json: { type: 'boolean', default: false } },
    })
    const people = await withTarget(async (url) => {
        await refuseOnProduction(url, 'Signing in as a demo person')
        return withClient(url, readDemoPeople)
    })
    const authorization = `Bearer ${await demoToken(named(people, positionals), tokenSettings())}`
    print(values.json ? JSON.stringify({ Authorization: authorization }) : authorization)
    return exit.ok
}

function named(people: DemoPerson[], [name, ...more]: string[]): DemoPerson {
    const person = people.find((each) => each.name === name)
    if (person && more.length === 0) return person
    throw usageProblem(
        name === undefined || more.length > 0
            ? 'Whose token? Name one person.'
            : `There is no demo person called ${name}.`,
        people.length > 0
            ? `There are ${people.map((each) => each.name).join(', ')}.`
            : 'There is no demo world in this database; `empathy seed` makes it.',
    )
}
