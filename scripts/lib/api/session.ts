// Who is asking, as far as the server knows: what a request carries from its token to its transactions.

export type Role = 'anon' | 'authenticated' | 'service_role'

/** What the functions in the database may learn of a token: names and ids, no more than they use. */
export interface Claims extends Record<string, unknown> {
    role: Role
}

export interface Session {
    claims: Claims
    /** Who is one and the same, for limits: see visitors.ts. */
    caller: string
    requestId: string
    /** The project that the host name leads to. */
    projectId?: string | undefined
}

declare global {
    namespace Grafast {
        interface RequestContext {
            session?: Session
        }
        interface Context {
            session: Session
        }
    }
}
