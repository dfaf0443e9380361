#!/usr/bin/env node
// `npx empathy`: runs the CLI with the Node that the package brings, whatever Node the machine has.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packaged = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node')
const child = spawn(
    existsSync(packaged) ? packaged : process.execPath,
    [
        // As in the Makefile.
        '--max-semi-space-size=16',
        '--import',
        import.meta.resolve('tsx'),
        fileURLToPath(import.meta.resolve('./cli.ts')),
        ...process.argv.slice(2),
    ],
    { stdio: 'inherit' },
)
// A terminal sends its signals to both; anyone else only to us. Either way the child decides when it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
})
