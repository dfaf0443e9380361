// What a service asks of a database before it starts: that it is migrated, and that it may become its roles there.

import type { Pool } from 'pg'
import { Problem } from './console.ts'
import { withoutPassword } from './db.ts'
import { sqlFile } from './sql-file.ts'

export type ApiRole = 'anon' | 'authenticated' | 'service_role'

/** The role that works in the platform's own name. */
export const asServer = { role: 'service_role', 'request.jwt.claims': '{"role":"service_role"}' }

/** Refuses a database that is not migrated, or whose user may not become these roles. */
export async function requireRoles(pool: Pool, url: string, roles: ApiRole[]): Promise<void> {
    const { rows } = await pool
        .query<{ user: string; migrated: boolean; missing: string[] }>(sqlFile('missing-roles.sql'), [roles])
        .catch((error: Error) => {
            throw new Problem(
                `The database at ${withoutPassword(url)} cannot be used: ${error.message}`,
                'Look at DATABASE_URL and AUTHENTICATOR_URL, and whether `make migrate` was run there.',
                { cause: error },
            )
        })
    const [found] = rows
    if (!found?.migrated) {
        throw new Problem(
            `The database at ${withoutPassword(url)} is not migrated.`,
            'Run `make migrate` first.',
        )
    }
    if (found.missing.length > 0) {
        throw new Problem(
            `The database user ${found.user} may not become ${found.missing.join(', ')}.`,
            'Give role authenticator a password, and set AUTHENTICATOR_URL to the database as that role.',
        )
    }
}
