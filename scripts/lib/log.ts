// Structured logs of the services: one JSON object a line, on stderr. No token, no key and no value that somebody sent
// is ever in them.

import { type LogLevel, readConfig } from './config.ts'

export type Level = Exclude<LogLevel, 'off'>

const order: LogLevel[] = ['info', 'warn', 'error', 'off']

let threshold: number | undefined

export function log(level: Level, message: string, details: Record<string, unknown> = {}): void {
    threshold ??= order.indexOf(readConfig().LOG_LEVEL)
    if (order.indexOf(level) < threshold) return
    const line = { time: new Date().toISOString(), level, message, ...details }
    process.stderr.write(`${JSON.stringify(line)}\n`)
}
