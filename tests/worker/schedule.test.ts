// When a job is due.

import { expect, test } from 'vitest'
import { isDue } from '../../scripts/lib/worker/schedule.ts'

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`)
const began = at('09:00:00')

test.each<[schedule: string, since: string | undefined, now: string, due: boolean]>([
    ['every 5 seconds', undefined, '09:00:00', true],
    ['every 5 seconds', '09:00:00', '09:00:04', false],
    ['every 5 seconds', '09:00:00', '09:00:05', true],
    ['every 1 minute', '09:00:00', '09:00:59', false],
    ['every 1 minute', '09:00:00', '09:01:00', true],
    // A new cron job waits for its minute; an old one makes up for what was missed, once.
    ['30 * * * *', undefined, '09:29:59', false],
    ['30 * * * *', undefined, '09:30:10', true],
    ['30 * * * *', '09:30:12', '09:30:40', false],
    ['30 * * * *', '07:30:12', '09:10:00', true],
    ['*/15 * * * *', '09:00:30', '09:14:59', false],
    ['*/15 * * * *', '09:00:30', '09:15:00', true],
    // The second of March 2026 is a Monday.
    ['0 9 * * 1', '08:00:00', '09:00:01', true],
    ['0 9 * * 2', '08:00:00', '09:00:01', false],
])('%s, last run at %s, is due at %s: %s', (schedule, since, now, due) => {
    expect(isDue(schedule, since === undefined ? undefined : at(since), began, at(now))).toBe(due)
})

test('a job that was missed long ago is made up for', () => {
    expect(isDue('0 0 1 * *', new Date('2026-01-15T00:00:00Z'), began, at('09:00:00'))).toBe(true)
})
