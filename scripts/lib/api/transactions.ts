// What every transaction of a request begins with: its role, the claims, its time limit, and for queries a promise
// not to write.

import { type DocumentNode, getOperationAST, parse } from 'postgraphile/graphql'
import type { Session } from './session.ts'

/** With the transaction and not with the connection, which behind a pooler is now this one and now that. */
const limits = {
    statement_timeout: '10s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '60s',
    // Compiling takes longer than any of our questions.
    jit: 'off',
}

interface Operation {
    source?: unknown
    document?: DocumentNode
    operationName?: unknown
}

export function settingsOf(
    { claims, requestId, projectId }: Omit<Session, 'caller'>,
    readOnly: boolean,
): Record<string, string> {
    return {
        role: claims.role,
        'request.jwt.claims': JSON.stringify(claims),
        'app.request_id': requestId,
        ...limits,
        ...(projectId === undefined ? {} : { 'app.current_project_id': projectId }),
        ...(readOnly ? { transaction_read_only: 'on' } : {}),
    }
}

export function isMutation(args: Operation): boolean {
    const document = args.document ?? (typeof args.source === 'string' ? parse(args.source) : undefined)
    const name = typeof args.operationName === 'string' ? args.operationName : undefined
    return document !== undefined && getOperationAST(document, name)?.operation === 'mutation'
}
