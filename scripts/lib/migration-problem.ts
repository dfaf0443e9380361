// How the error of a migration is told: where it happened, what remains, what to do.

import pg from 'pg'
import { Problem } from './console.ts'

/** An error of the server, told with the place in the migration, and in the file it came from. */
export function migrationProblem(error: unknown, name: string, sql: string, transactional: boolean): Error {
    if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error))
    const place = error.position === undefined ? '' : ` at ${placeOf(sql, Number(error.position))}`
    const rest = transactional
        ? 'Nothing of it remains: its transaction was rolled back.'
        : 'It does not run in a transaction: what it did before the error remains. Look, undo or finish it by hand, ' +
          'then `empathy migrate --settle`.'
    const busy =
        error.code === '55P03'
            ? 'Another session holds a lock that it needs. Try again in a quieter hour, or raise EMPATHY_LOCK_TIMEOUT.'
            : error.code === '57014'
              ? 'It took too long. Raise EMPATHY_STATEMENT_TIMEOUT if it has to.'
              : undefined
    return new Problem(
        `${name} failed${place}: ${error.message} (${error.code})`,
        [error.detail, error.hint, error.where?.split('\n')[0], rest, busy].filter(Boolean).join('\n'),
        { cause: error },
    )
}

/** "line 12", and where the line came from a file of the package, "functions/core/me.sql:7". */
function placeOf(sql: string, position: number): string {
    const lines = sql.slice(0, position - 1).split('\n')
    const start = lines.findLastIndex((line) => line.startsWith('--! Included '))
    const end = lines.findLastIndex((line) => line.startsWith('--! EndIncluded '))
    if (start <= end) return `line ${lines.length}`
    return `${lines[start]?.slice('--! Included '.length)}:${lines.length - start - 1}`
}
