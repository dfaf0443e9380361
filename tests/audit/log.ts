// What the tests of the log share: a small world with a past, its sealing, and what verification says.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, withClient } from '../../scripts/lib/db.ts'

export const platform = '00000000-0000-0000-0000-000000000000'

export interface Finding {
    tenant_id: string
    finding: string
    position: string | null
    seq: string | null
    table_name: string | null
    key: string | null
    message: string
}

/** The first value of the first row. */
export async function value<T>(client: Client, sql: string, parameters: unknown[] = []): Promise<T> {
    const { rows } = await client.query({ text: sql, values: parameters, rowMode: 'array' })
    return rows[0]?.[0] as T
}

/** Seals until nothing is left; what older transactions of other databases hold back comes when they have ended. */
export async function sealAll(client: Client): Promise<void> {
    const unsealed = `
        select exists (
            select from audit.changes c
            where not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)
        )`
    const giveUp = Date.now() + 120_000
    while (await value<boolean>(client, unsealed)) {
        if (Date.now() > giveUp) throw new Error('changes stay unsealed')
        const sealed = await value<string>(client, 'select audit.seal()')
        if (sealed === '0') await sleep(20)
    }
}

/** What verification finds in all logs, or in one. */
export async function findings(
    client: Client,
    { tenant, checkpoint }: { tenant?: string; checkpoint?: string } = {},
): Promise<Finding[]> {
    const { rows } = await client.query<Finding>(
        `select t.id as tenant_id, v.*
         from (
             select audit.platform() as id union select o.id from core.organizations o
             union select h.tenant_id from audit.heads h
         ) t
         cross join lateral audit.verify(t.id, checkpoint => $2) v
         where $1::uuid is null or t.id = $1
         order by t.id, v.position, v.seq`,
        [tenant ?? null, checkpoint ?? null],
    )
    return rows
}

/** The same, without hints. */
export async function faults(client: Client, options?: Parameters<typeof findings>[1]): Promise<Finding[]> {
    return (await findings(client, options)).filter(({ finding }) => finding !== 'safeguard_touched')
}

/** From here on, until the transaction ends, this person speaks; without one, a server. */
export async function speak(client: Client, person?: string): Promise<void> {
    const role = person === undefined ? 'service_role' : 'authenticated'
    await client.query(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
        JSON.stringify({ role, ...(person === undefined ? {} : { person }) }),
        role,
    ])
}

/** One statement as this person, committed. */
export async function act<T>(
    client: Client,
    person: string | undefined,
    sql: string,
    parameters: unknown[] = [],
): Promise<T> {
    await client.query('begin')
    try {
        await speak(client, person)
        const answer = await value<T>(client, sql, parameters)
        await client.query('commit')
        return answer
    } catch (error) {
        await client.query('rollback')
        throw error
    }
}

export interface World {
    river: string
    heron: string
    /** Owner of both. */
    olive: string
    /** Members of river. */
    cleo: string
    ada: string
}

/** Two organizations with people, roles, settings and a past of several blocks, all of it sealed. */
export async function makeWorld(url: string): Promise<World> {
    return withClient(url, async (client) => {
        await sealAll(client)
        const person = (name: string): Promise<string> =>
            value(
                client,
                `insert into core.people (display_name, handle, bio) values ($1, lower($1), 'All about ' || $1)
                 returning id`,
                [name],
            )
        const world = { olive: await person('Olive'), cleo: await person('Cleo'), ada: await person('Ada') }
        const found = (slug: string): Promise<string> =>
            act(client, world.olive, 'select core.create_organization($1, initcap($1))', [slug])
        const river = await found('river')
        const heron = await found('heron')
        await sealAll(client)
        for (const member of [world.cleo, world.ada]) {
            await client.query(`select core._join($1, $2, '{member}')`, [river, member])
            await sealAll(client)
        }
        for (const place of ['bank', 'delta', 'mouth']) {
            await act(client, world.olive, `select core.create_place($1, 'community', $2, initcap($2))`, [
                river,
                place,
            ])
        }
        await sealAll(client)
        for (let n = 1; n <= 3; n += 1) {
            await client.query(
                `update core.scopes set description = 'Words ' || $2 where tenant_id = $1 and slug = 'bank'`,
                [river, n],
            )
            await client.query(`update core.people set bio = 'Life ' || $2 where id = $1`, [world.cleo, n])
            await sealAll(client)
        }
        await client.query(
            `update core.scopes set description = 'Many words' where tenant_id = $1 and level = 2`,
            [river],
        )
        await sealAll(client)
        return { river, heron, ...world }
    })
}
