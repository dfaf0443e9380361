// How much may be asked for: the numbers that an operator sets (see config.ts), and those that nobody needs to.

import type { OperationList } from '../operation-list.ts'

export interface OperationLimits {
    /** Levels of fields below each other. */
    maxDepth: number
    /** Fields, with those of each fragment wherever it is used. */
    maxFields: number
    /** See cost.ts. */
    maxCost: number
    /** After so long, no further statement of a request is begun. */
    maxSeconds: number
    /** Whether the schema may be asked for. */
    introspection: boolean
    /** The only operations that run here; undefined: any that keeps to the limits. */
    operations: OperationList | undefined
}

export interface RateLimits {
    /** Requests a minute of a person who is signed in; 0: as many as they like. */
    signedInPerMinute: number
    /** Requests a minute of nobody, by address; as many credentials from there may turn out to be none. */
    nobodyPerMinute: number
}

/** What holds unless an operator says otherwise; in production the schema cannot be asked for, either. */
export const usualLimits = {
    maxDepth: 12,
    maxFields: 500,
    maxCost: 10_000,
    maxSeconds: 30,
    introspection: true,
    operations: undefined,
    signedInPerMinute: 600,
    nobodyPerMinute: 300,
} as const satisfies OperationLimits & RateLimits

/** Fields beside each other at the top: each of them asks the database by itself. */
export const mostRoots = 20

/** Words and signs in a document, and brackets within brackets. */
export const mostTokens = 5_000
export const mostNested = 50

/** Entries in all lists of an operation's arguments, and how deep a value in them may go. */
export const mostEntries = 500
export const deepestInput = 12
export const deepestJson = 100

/** What is said of a document that is at fault, at most. */
export const mostErrors = 10
