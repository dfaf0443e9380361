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

/** Refusals of our own, and the conditions whose own words are fit to be read. */
const spoken = /^(EL\d{3}|23505|23514|42501|P0002)$/

const rephrased: [codes: RegExp, words: Omit<Shown, 'code'>][] = [
    [/^57014$/, { message: 'this took too long and was stopped', hint: 'ask for less at a time' }],
    [/^23503$/, { message: 'something that this refers to does not exist', hint: 'check the names and ids' }],
    [/^23502$/, { message: 'something that is needed is missing', hint: 'check what you send' }],
    [/^22/, { message: 'a value does not have the form that is expected here', hint: 'check what you send' }],
    [/^(40001|40P01|55P03)$/, { message: 'somebody else was changing this just now', hint: 'try again' }],
    [/^25006$/, { message: 'a query cannot change anything', hint: 'send this as a mutation' }],
]

/** The database is down, starting, stopping or full. */
const unreachable = /^(08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/
const unreachableWords =
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

export function maskError(error: GraphQLError): GraphQLError {
    const cause = error.originalError
    // The query itself is at fault: it does not parse, or asks for what does not exist.
    if (!cause || cause instanceof GraphQLError) return error
    const { nodes, source, positions, path } = error
    const { message, ...extensions } = isSafeError(cause)
        ? { message: cause.message, ...cause.extensions }
        : shown(cause)
    return new GraphQLError(message, { nodes, source, positions, path, extensions })
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
        if (spoken.test(code))
            return { code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) }
        const words = rephrased.find(([codes]) => codes.test(code))?.[1]
        if (words) return { code, ...words }
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
