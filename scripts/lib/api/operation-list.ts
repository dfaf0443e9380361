// Where an operator has listed the operations that run, no others do. An app asks for one by its id, as its build wrote
// it down, or sends its text as it is listed.

import { readFileSync } from 'node:fs'
import { Problem } from '../console.ts'
import { Refusal } from './refusal.ts'

/** The texts, by id. */
export type OperationList = ReadonlyMap<string, string>

interface Body {
    query: unknown
    id: unknown
    documentId: unknown
    extensions: unknown
}

export function readOperationList(path: string): OperationList {
    const list = parsed(path)
    const entries =
        typeof list === 'object' && list !== null && !Array.isArray(list) ? Object.entries(list) : []
    if (entries.length === 0 || entries.some(([, text]) => typeof text !== 'string')) {
        throw new Problem(
            `${path} is no list of operations.`,
            'OPERATIONS_FILE is a JSON object of ids and the texts of the operations.',
        )
    }
    return new Map(entries.map(([id, text]) => [bare(id), text]))
}

/** Puts the text that is listed where the request names its id. */
export function fromList(body: Body, list: OperationList): void {
    const id = idIn(body)
    const text = id === undefined ? body.query : list.get(bare(id))
    if (typeof text !== 'string' || (id === undefined && !includes(list, text))) {
        throw new Refusal(400, 'OPERATION_UNKNOWN', 'this is none of the operations that run here', {
            hint: 'send the "documentId" of one; the app and the server have to be of the same build',
        })
    }
    body.query = text
}

/** By the appendix on persisted documents of GraphQL over HTTP, by Apollo's clients, by others. */
function idIn({ documentId, extensions, id }: Body): string | undefined {
    const persisted = extensions as { persistedQuery?: { sha256Hash?: unknown } } | undefined
    const given = documentId ?? persisted?.persistedQuery?.sha256Hash ?? id
    return typeof given === 'string' ? given : undefined
}

function includes(list: OperationList, text: string): boolean {
    for (const listed of list.values()) if (listed === text) return true
    return false
}

function bare(id: string): string {
    return id.replace(/^sha256:/, '')
}

function parsed(path: string): unknown {
    try {
        return JSON.parse(readFileSync(path, 'utf8'))
    } catch (error) {
        throw new Problem(
            `OPERATIONS_FILE=${path} cannot be read: ${error instanceof Error ? error.message : error}`,
            'Name a JSON file of ids and the texts of the operations.',
        )
    }
}
