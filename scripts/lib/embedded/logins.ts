// Gives the login roles of the embedded server passwords, so that the API can connect as it would elsewhere.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { type Client, quoteIdentifier } from '../db.ts'

const iterations = 4096

/** Derived from the superuser's password, so that there is nothing more to keep. */
export function loginPassword(superuserPassword: string, role: string): string {
    return createHmac('sha256', superuserPassword).update(role).digest('base64url')
}

/** Postgres is told the verifier, not the password: statements may be logged. */
export async function allowLogin(client: Client, role: string, password: string): Promise<void> {
    const verifier = client.escapeLiteral(scramVerifier(password))
    await client.query(`alter role ${quoteIdentifier(role)} with login password ${verifier}`)
}

function scramVerifier(password: string): string {
    const salt = randomBytes(16)
    const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
    const key = (name: string) => createHmac('sha256', salted).update(name).digest()
    const storedKey = createHash('sha256').update(key('Client Key')).digest('base64')
    const serverKey = key('Server Key').toString('base64')
    return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}
