// `audit publish`: signs the newest heads of all logs and writes them where they are published.

import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { logSource, requireAudit } from '../../lib/audit/database.ts'
import { loadKeys } from '../../lib/audit/keys.ts'
import { type Lock, withPublisherLock } from '../../lib/audit/lock.ts'
import { publishRound, type Round } from '../../lib/audit/publisher.ts'
import { exit, note, print, report, usageProblem } from '../../lib/console.ts'
import { withClient } from '../../lib/db.ts'
import { onStopSignal } from '../../lib/stop.ts'
import { withTarget } from '../../lib/target.ts'

export const usage = `
empathy audit publish --dir DIR --keys DIR [--init] [--once | --every SECONDS]
  signs the newest head of every log, after proving that it continues the one published before; refuses it else
  --dir     where heads are published: <tenant>/<size>.note, <tenant>/checkpoint, logs.json. Let a web server serve it
  --keys    the folder of keygen and rotate
  --init    the folder is new. Without it an empty folder is refused: it may be one that was lost
  --once    one round (so without --every); exit code 1: a log was refused
  --every   a round every so many seconds, until it is stopped
`

interface Options {
    dir: string
    keys: string
    init: boolean
}

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            dir: { type: 'string' },
            keys: { type: 'string' },
            init: { type: 'boolean', default: false },
            once: { type: 'boolean', default: false },
            every: { type: 'string' },
        },
    })
    const { dir, keys, init, once, every } = values
    if (!dir || !keys || (once && every)) throw usageProblem('Where to, and with which keys?', usage.trim())
    if (every !== undefined && !/^[1-9]\d{0,4}$/.test(every)) {
        throw usageProblem(`--every ${every} is no number of seconds.`, usage.trim())
    }
    loadKeys(keys)
    mkdirSync(dir, { recursive: true })
    const options = { dir, keys, init }
    return withPublisherLock(dir, (lock) =>
        every === undefined ? publishOnce(options, lock) : untilStopped(options, lock, Number(every)),
    )
}

async function publishOnce(options: Options, lock: Lock): Promise<number> {
    const round = await publish(options, lock)
    tell(round)
    if (round.published.length + round.refused.length === 0) print('Nothing to publish: no log has grown.')
    return round.refused.length === 0 ? exit.ok : exit.failed
}

async function untilStopped(options: Options, lock: Lock, every: number): Promise<number> {
    const { signal } = onStopSignal()
    let told = ''
    while (!signal.aborted) {
        try {
            const round = await publish(options, lock)
            const refusals = JSON.stringify(round.refused)
            // What stays wrong is said once.
            tell(refusals === told ? { ...round, refused: [] } : round)
            told = refusals
            options.init = false
        } catch (error) {
            lock.require()
            report(error)
        }
        await sleep(every * 1000, undefined, { signal }).catch(() => undefined)
    }
    return exit.ok
}

/** Keys are read each time, so that a rotation and the end of an overlap need no restart. */
function publish({ dir, keys, init }: Options, lock: Lock): Promise<Round> {
    return withTarget((url) =>
        withClient(url, async (client) => {
            await requireAudit(client)
            const source = logSource(client)
            return publishRound({ source, dir, keys: loadKeys(keys), init, requireLock: lock.require })
        }),
    )
}

function tell({ published, refused }: Round): void {
    for (const { origin, size, first } of published) {
        print(`Published: ${origin}, size ${size}${first ? ' (for the first time)' : ''}`)
    }
    for (const { message, hint } of refused) {
        note(`REFUSED: ${message}`)
        if (hint) note(`  ${hint}`)
    }
}
