// Signs in as somebody of the demo world. In your app, whoever signs people in (Supabase, Auth0, your own issuer) hands
// out the token; which tokens the API believes is in docs/api.md, "Signing in".

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The value of the header "Authorization". */
export async function signIn(name: string): Promise<string> {
    const { stdout } = await run('npx', ['empathy', 'token', name])
    return stdout.trim()
}
