// Dispatch only: `empathy <command>` runs scripts/commands/<command>.ts.

import { existsSync, readdirSync } from 'node:fs'
import { readConfig } from './lib/config.ts'
import { exit, print, report, usageProblem } from './lib/console.ts'
import { inPackage } from './lib/paths.ts'
import { releaseServers } from './lib/server.ts'
import { endOnSignal } from './lib/stop.ts'

interface Command {
    /** One line for the list of commands. */
    summary: string
    /** Arguments and options, for `empathy <command> --help`. */
    usage?: string
    /** Answers the exit code: 0 done, 1 failed, 2 used wrongly. */
    run(args: string[]): Promise<number>
}

const commandsDir = inPackage('scripts/commands')

async function main([name, ...args]: string[]): Promise<number> {
    requireNode()
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') return list()
    const command = await load(name)
    if (args.includes('--help') || args.includes('-h')) {
        print(`empathy ${name}: ${command.summary}`)
        if (command.usage) print(`\n${command.usage.trim()}`)
        return exit.ok
    }
    readConfig()
    endOnSignal(releaseServers)
    return command.run(args)
}

function requireNode(): void {
    const [major = 0] = process.versions.node.split('.').map(Number)
    if (major < 22) {
        throw usageProblem(
            `This is Node ${process.versions.node}; 22 or newer is needed.`,
            'The package brings its own: run `npm rebuild node`, then start with `make` or `npx empathy`.',
        )
    }
}

async function list(): Promise<number> {
    const names = readdirSync(commandsDir)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => file.slice(0, -'.ts'.length))
        .sort()
    print('empathy <command> [options]\n')
    for (const name of names) print(`  ${name.padEnd(12)} ${(await load(name)).summary}`)
    print('\nempathy <command> --help says more. `empathy config` lists the environment variables.')
    return exit.ok
}

async function load(name: string): Promise<Command> {
    const path = `${commandsDir}/${name}.ts`
    if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(path)) {
        throw usageProblem(`There is no command "${name}".`, '`empathy help` lists them.')
    }
    return import(path)
}

try {
    process.exitCode = await main(process.argv.slice(2))
} catch (error) {
    process.exitCode = report(error)
}
