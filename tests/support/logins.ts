// The login roles of the test server, with passwords.

import { withClient } from '../../scripts/lib/db.ts'
import { allowLogin, loginPassword } from '../../scripts/lib/embedded/logins.ts'

/** The URL of a database as this role. */
export async function loginUrl(databaseUrl: string, role: string): Promise<string> {
    const url = new URL(databaseUrl)
    const password = loginPassword(decodeURIComponent(url.password), role)
    // Roles belong to the whole server, and other files may be at the same one. A lock belongs to a database: to this one.
    const meeting = new URL(url)
    meeting.pathname = '/postgres'
    await withClient(meeting.href, async (client) => {
        await client.query('begin')
        await client.query("select pg_advisory_xact_lock(hashtext('tests: logins'))")
        await allowLogin(client, role, password)
        await client.query('commit')
    })
    url.username = role
    url.password = password
    return url.href
}
