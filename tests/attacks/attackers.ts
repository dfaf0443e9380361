// Who tries to learn of what is hidden: none of them may know of any of it.

import type { Speaker, World } from './twins.ts'

const issuer = 'https://tests.example'

const called = (subject: string): Omit<Speaker, 'name'> => ({
    role: 'authenticated',
    claims: { role: 'authenticated', iss: issuer, sub: subject },
})

/** By the name they have in known.sql. */
export const attackers: Record<string, string> = {
    stranger: 'somebody with an account who belongs nowhere',
    'nobody ever': 'somebody with a token who never came before',
    cleo: 'a member of the community who does not pass its protocols',
    hana: 'who manages the community, speaks for it and sets its protocols, and does not pass them',
    moss: 'a moderator of the community',
    rene: 'a reviewer of the community',
    oona: 'a member of another community of the project',
    petra: 'who runs the project',
    max: 'a member of the organization alone',
    bea: 'who sits on the board of the organization',
    ada: 'an admin of the organization',
    hazel: 'a member of another organization',
    hugo: 'the owner of another organization',
    fern: 'somebody who helped to make it, and was taken off',
    bo: 'an elder who was barred from the community',
    lena: 'an elder who left the community',
}

/** Who may know: what tells even them nothing would be no attack. */
export const insiders: Speaker[] = [
    ...['tella', 'ruth', 'eli', 'hester'].map((name) => ({ name, ...called(name) })),
    { name: 'a server', role: 'service_role', claims: { role: 'service_role' } },
    { name: 'an auditor', role: 'empathy_auditor', claims: {} },
    { name: 'the owner of the database', role: 'none', claims: {} },
]

export async function speakers(world: World): Promise<Speaker[]> {
    return [
        ...Object.keys(attackers).map((name) => ({ name, ...called(name) })),
        { name: 'anonymous', role: 'anon', claims: { role: 'anon' } },
        {
            name: 'keyholder',
            role: 'empathy_keyholder',
            claims: called('cleo').claims,
            settings: { 'empathy.kek': 'ab'.repeat(32) },
        },
        { name: 'a program with a key', role: 'authenticated', claims: await keyOf('ada', world) },
    ]
}

/** What a server sets for a program that comes with this person's key: all that they may, in their organization. */
async function keyOf(name: string, world: World): Promise<Record<string, unknown>> {
    const [row] = await world.rows<{ claims: Record<string, unknown> }>(
        `select jsonb_build_object('role', 'authenticated', 'person', k.person_id, 'api_key', k.id) as claims
        from core.api_keys k
        join core.identities i on i.person_id = k.person_id
        where i.subject = $1`,
        [name],
    )
    return row?.claims ?? {}
}
