// One embedded cluster on disk: its folder, its user, its password, and how it is first made.

import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
    accessSync,
    chmodSync,
    chownSync,
    constants,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { note, Problem } from '../console.ts'
import { root, runtimeDir } from '../paths.ts'
import { type Binaries, findBinaries, type Version } from './binaries.ts'
import { diagnose } from './diagnose.ts'
import { canReach, type RunAs, serverUser } from './user.ts'

export const superuser = 'empathy'

/** A server for work keeps what it is given; one for tests is quick, and one for benchmarks as durable as for work. */
export type Purpose = 'work' | 'tests' | 'bench'

const names: Record<Purpose, string> = { work: 'pg', tests: 'test', bench: 'bench' }

export interface Cluster {
    version: Version
    /** Data may be lost when the machine crashes, which tests do not mind. */
    fast: boolean
    /** What it holds can be made anew. */
    disposable: boolean
    home: string
    dataDir: string
    logFile: string
    user: RunAs
    binaries: Binaries
}

export function openCluster(version: Version, purpose: Purpose): Cluster {
    const name = `${names[purpose]}${version}`
    const user = serverUser(join(runtimeDir, name, 'data'))
    const base = reachableBase(user)
    const home = join(base, name)
    return {
        version,
        fast: purpose === 'tests',
        disposable: purpose !== 'work',
        home,
        dataDir: join(home, 'data'),
        logFile: join(home, 'server.log'),
        user,
        binaries: findBinaries(version, user, base),
    }
}

/** Processes of a server see neither our secrets nor settings meant for other servers. */
export const serverEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

export function exists(cluster: Cluster): boolean {
    return existsSync(join(cluster.dataDir, 'PG_VERSION'))
}

export function password(cluster: Cluster): string {
    return readFileSync(join(cluster.home, 'password'), 'utf8').trim()
}

export function requireRightVersion(cluster: Cluster): void {
    const found = readFileSync(join(cluster.dataDir, 'PG_VERSION'), 'utf8').trim()
    if (found !== String(cluster.version)) {
        throw new Problem(
            `${cluster.dataDir} holds the data of Postgres ${found}, and the embedded server is ${cluster.version}.`,
            'Move that folder away to start with an empty one; dump and restore what you want to keep.',
        )
    }
}

/** Made beside its place and moved there when complete, so that an interrupted attempt leaves nothing half done. */
export function create(cluster: Cluster): void {
    for (const entry of readdirSync(dirname(cluster.home))) {
        if (entry.startsWith(`${basename(cluster.home)}.new`)) {
            rmSync(join(dirname(cluster.home), entry), { recursive: true, force: true })
        }
    }
    const home = `${cluster.home}.new`
    const dataDir = join(home, 'data')
    const passwordFile = join(home, 'password')
    mkdirSync(dataDir, { recursive: true })
    chmodSync(home, 0o711)
    chmodSync(dataDir, 0o700)
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    lend(dataDir, cluster.user)
    // initdb reads the password as the server's user.
    lend(passwordFile, cluster.user)

    const initdb = spawnSync(
        cluster.binaries.initdb,
        [
            ...['-D', dataDir, '--username', superuser, '--pwfile', passwordFile],
            ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', ...locale(cluster.version)],
            ...(cluster.disposable ? ['--no-sync'] : []),
        ],
        { ...cluster.user, env: serverEnvironment, cwd: '/', encoding: 'utf8' },
    )
    if (initdb.status !== 0) {
        rmSync(home, { recursive: true, force: true })
        throw diagnose(
            initdb.error?.message ?? initdb.stderr,
            `Cannot make a database folder in ${cluster.home}`,
        )
    }
    if (cluster.user.uid !== undefined) chownSync(passwordFile, 0, 0)
    rmSync(cluster.home, { recursive: true, force: true })
    renameSync(home, cluster.home)
}

/** The same ordering and the same lower() on every machine. */
function locale(version: Version): string[] {
    if (version >= 17) return ['--locale-provider', 'builtin', '--locale', 'C.UTF-8', '--lc-messages', 'C']
    return ['--locale', process.platform === 'linux' ? 'C.UTF-8' : 'C', '--lc-messages', 'C']
}

/** The folder for clusters; another one where the server's user cannot get to the package (say, below /root). */
function reachableBase(user: RunAs): string {
    const folder = prepared(runtimeDir)
    if (canReach(user, folder)) return folder
    const digest = createHash('sha256').update(runtimeDir).digest('hex').slice(0, 8)
    const other = `/var/lib/empathy-ledger/${basename(root)}-${digest}`
    if (!existsSync(other))
        note(
            `Postgres does not run as root, and its user cannot enter ${folder}: its data is kept in ${other}`,
        )
    return prepared(other)
}

function prepared(folder: string): string {
    try {
        mkdirSync(folder, { recursive: true })
        if (process.getuid?.() === 0) chmodSync(folder, 0o711)
        accessSync(folder, constants.W_OK)
        return folder
    } catch (cause) {
        throw new Problem(
            `Cannot write to ${folder}.`,
            'Another user made it (root, perhaps): remove it as that user, or set EMPATHY_RUNTIME_DIR to a folder of your own.',
            { cause },
        )
    }
}

function lend(path: string, user: RunAs): void {
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid)
}
