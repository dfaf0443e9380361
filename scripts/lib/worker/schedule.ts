// When a job is due: "every 5 seconds", counted from its last good end, or five fields as cron has them, in UTC.

import { parseCronItem } from 'graphile-worker'

/** A job that was missed while no worker ran is made up for once, however often it was missed. */
const memory = 32 * 24 * 60

const minute = 60_000

/** `since` is its last good end; for a job that never ran, when somebody began to look. */
export function isDue(schedule: string, since: Date | undefined, began: Date, now: Date): boolean {
    const every = /^every (\d+) (second|minute)s?$/.exec(schedule)
    if (every) {
        const interval = Number(every[1]) * (every[2] === 'minute' ? minute : 1_000)
        return since === undefined || now.getTime() - since.getTime() >= interval
    }
    const { match } = parseCronItem({ task: 'job', match: schedule })
    const newest = Math.floor(now.getTime() / minute)
    const oldest = Math.max(
        Math.floor((since ?? began).getTime() / minute) + (since ? 1 : 0),
        newest - memory,
    )
    for (let at = newest; at >= oldest; at -= 1) if (match(digest(new Date(at * minute)))) return true
    return false
}

function digest(at: Date): { min: number; hour: number; date: number; month: number; dow: number } {
    return {
        min: at.getUTCMinutes(),
        hour: at.getUTCHours(),
        date: at.getUTCDate(),
        month: at.getUTCMonth() + 1,
        dow: at.getUTCDay(),
    }
}
