// How the commands speak: results on stdout, progress and problems on stderr.

/** Something a person can act on: what happened, to what, and what to do next. */
export class Problem extends Error {
    override name = 'Problem'
    readonly hint: string | undefined
    readonly exitCode: number

    constructor(message: string, hint?: string, options: { exitCode?: number; cause?: unknown } = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause })
        this.hint = hint
        this.exitCode = options.exitCode ?? exit.failed
    }
}

/** Exit codes of every command. */
export const exit = { ok: 0, failed: 1, usage: 2 } as const

export function usageProblem(message: string, hint?: string): Problem {
    return new Problem(message, hint, { exitCode: exit.usage })
}

export function print(line = ''): void {
    process.stdout.write(`${line}\n`)
}

/** Tells how things go without getting into a result that is piped elsewhere. */
export function note(line: string): void {
    process.stderr.write(`${line}\n`)
}

/** Runs one piece of long work: a living line on a terminal, one plain line elsewhere. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const terminal = process.stderr.isTTY
    const started = performance.now()
    if (terminal) process.stderr.write(`${title} …`)
    try {
        const result = await work()
        const line = `${title} (${seconds(performance.now() - started)})`
        process.stderr.write(terminal ? `\r\x1b[K${line}\n` : `${line}\n`)
        return result
    } catch (error) {
        process.stderr.write(terminal ? `\r\x1b[K${title}: failed\n` : `${title}: failed\n`)
        throw error
    }
}

export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(1)} s`
}

/** Prints what went wrong and answers the exit code. */
export function report(error: unknown): number {
    if (error instanceof Problem) {
        note(error.message)
        if (error.hint) note(`  ${error.hint.replaceAll('\n', '\n  ')}`)
        return error.exitCode
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (error instanceof Error && code.startsWith('ERR_PARSE_ARGS_')) {
        note(error.message)
        return exit.usage
    }
    const what = systemErrors[code]
    if (error instanceof Error && what) {
        note(what)
        note(`  ${error.message}`)
        return exit.failed
    }
    note(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return exit.failed
}

const systemErrors: Record<string, string> = {
    ENOSPC: 'The disk is full. Free some space and try again.',
    EACCES: 'A file or folder belongs to another user (root, perhaps). Change its owner, or work as that user.',
    EROFS: 'The disk is read-only.',
    EMFILE: 'Too many files are open. Raise the limit (ulimit -n) and try again.',
}
