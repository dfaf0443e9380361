// Errors as they leave the server. What the database says on purpose is passed on, with its code and hint. Everything
// else is masked: the log has it, under an id that the answer carries. `detail` never leaves: it can quote rows.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { isSafeError } from 'postgraphile/grafast'
import { GraphQLError } from 'postgraphile/graphql'
import { log } from '../log.ts'

export type Shown = {
    code: string
    message: string
    hint?: string
    errorId?: string
}

/** Refusals of our own. Postgres has some of these codes, too, but what it says itself names tables, and no hint. */
const spoken = /^(EL\d{3}|23505|23514|42501|P0002)$/

const rephrased: [codes: RegExp, words: Omit<Shown, 'code'>][] = [
    [
        /^42501$/,
        { message: 'this is not for you to see or do', hint: 'sign in, or ask who manages this place' },
    ],
    [/^23505$/, { message: 'there is one like this already', hint: 'look for it, or choose another name' }],
    [/^23514$/, { message: 'a value is not allowed here', hint: 'check what you send' }],
    [/^P0002$/, { message: 'there is no such thing, or it is not for you to see', hint: 'check the id' }],
    [/^57014$/, { message: 'this took too long and was stopped', hint: 'ask for less at a time' }],
    [/^23503$/, { message: 'something that this refers to does not exist', hint: 'check the names and ids' }],
    [/^23502$/, { message: 'something that is needed is missing', hint: 'check what you send' }],
    [/^22/, { message: 'a value does not have the form that is expected here', hint: 'check what you send' }],
    [/^(40001|40P01|55P03)$/, { message: 'somebody else was changing this just now', hint: 'try again' }],
    [/^54/, { message: 'this is too much at once', hint: 'ask for less at a time' }],
    [/^25006$/, { message: 'a query cannot change anything', hint: 'send this as a mutation' }],
]

/** The database is down, starting, stopping or full. */
const unreachable = /^(08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/
const unreachableWords =
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

export function maskError(error: GraphQLError): GraphQLError {
    if ('code' in error.extensions) return error
    const { nodes, source, positions, path } = error
    const { message, ...extensions } = told(error)
    return new GraphQLError(message, { nodes, source, positions, path, extensions })
}

function told({ originalError: cause, message, path }: GraphQLError): Shown {
    if (cause && isSafeError(cause))
        return { code: 'BAD_USER_INPUT', message: cause.message, ...cause.extensions }
    if (cause && !(cause instanceof GraphQLError)) return shown(cause)
    // Before anything was answered it is about the request; an answer that does not hold is our own fault.
    return path === undefined ? { code: 'BAD_USER_INPUT', message } : masked(new Error(message), '')
}

/** What may be told of an error that was thrown while answering. */
export function shown(error: Error): Shown {
    const code = 'code' in error ? String(error.code) : ''
    if (unreachable.test(code) || unreachableWords.test(error.message)) {
        reportUnreachable(error)
        return {
            code: 'UNAVAILABLE',
            message: 'the database cannot be reached at present',
            hint: 'try again soon',
        }
    }
    if (error instanceof pg.DatabaseError) {
        if (spoken.test(code) && error.hint) return { code, message: error.message, hint: error.hint }
        const words = rephrased.find(([codes]) => codes.test(code))?.[1]
        if (words) return { code, ...words, ...about(error) }
    }
    return masked(error, code)
}

const reportEvery = 1_000
let reportedAt = Number.NEGATIVE_INFINITY

/** Everybody who asks meanwhile meets it: the log need not say so each time. */
function reportUnreachable({ message }: Error): void {
    if (performance.now() - reportedAt < reportEvery) return
    reportedAt = performance.now()
    log('error', 'the database cannot be reached', { error: message })
}

/** Which of the values a constraint is about: its name says so, once its table and kind are taken off. */
function about({ code, table, constraint, column }: pg.DatabaseError): { hint?: string } {
    if (!code?.startsWith('23')) return {}
    const ofTable = table !== undefined && constraint?.startsWith(`${table}_`)
    const name = column ?? (ofTable ? constraint?.slice(table.length + 1) : undefined)
    const words = name?.replace(/^tenant_id_|_?(pkey|fkey|key|check|excl|idx)$/g, '').replaceAll('_', ' ')
    return words ? { hint: `look at: ${words}` } : {}
}

function masked(error: Error, code: string): Shown {
    const errorId = randomBytes(6).toString('hex')
    log('error', 'masked error', {
        errorId,
        code,
        error: error.message,
        where: error instanceof pg.DatabaseError ? error.where : error.stack,
    })
    return {
        code: 'INTERNAL',
        message: 'something went wrong here',
        hint: `report the id ${errorId}`,
        errorId,
    }
}
