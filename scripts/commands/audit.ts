// `audit`: the logs of what happened. Dispatch only: each subcommand is a file of scripts/commands/audit.

import { usageProblem } from '../lib/console.ts'
import * as bundle from './audit/bundle.ts'
import * as keygen from './audit/keygen.ts'
import * as publish from './audit/publish.ts'
import * as rotate from './audit/rotate.ts'
import * as seal from './audit/seal.ts'
import * as verify from './audit/verify.ts'
import * as verifyBundle from './audit/verify-bundle.ts'

interface Subcommand {
    /** Its arguments and options; the first line is how it is called. */
    usage: string
    run(args: string[]): Promise<number>
}

const subcommands: Record<string, Subcommand> = {
    seal,
    verify,
    keygen,
    rotate,
    publish,
    bundle,
    'verify-bundle': verifyBundle,
}

export const summary = 'the audit logs: seal, verify, keygen, rotate, publish, bundle, verify-bundle'
export const usage = Object.values(subcommands)
    .map((subcommand) => subcommand.usage.trim())
    .join('\n\n')

export async function run([name = '', ...args]: string[]): Promise<number> {
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
    if (subcommand) return subcommand.run(args)
    throw usageProblem(
        name ? `There is no "audit ${name}".` : 'What about the audit logs?',
        `One of ${Object.keys(subcommands).join(', ')}; \`empathy audit --help\` says more.`,
    )
}
