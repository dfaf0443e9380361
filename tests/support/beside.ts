// Runs what a person would type in a second terminal, beside a running API of the demo world.

import { execFile } from 'node:child_process'
import { root } from '../../scripts/lib/paths.ts'
import type { TestApi } from './api.ts'

export interface Said {
    code: number
    stdout: string
    stderr: string
}

export function runBeside(
    api: TestApi,
    [program = '', ...args]: string[],
    environment: NodeJS.ProcessEnv = {},
): Promise<Said> {
    const env = { ...process.env, ...forTokens(api), ...environment }
    return new Promise((resolve) => {
        execFile(program, args, { cwd: root, env, timeout: 120_000 }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
        )
    })
}

/** What `npx empathy token` has to know, so that this API believes what it signs. */
function forTokens({ databaseUrl, rules }: TestApi): NodeJS.ProcessEnv {
    return { DATABASE_URL: databaseUrl, JWT_SECRET: rules.secret, JWT_AUDIENCE: String(rules.audience) }
}
