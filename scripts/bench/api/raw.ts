// Written by hand on node:http and node-postgres: each answer is one prepared statement that makes its JSON.

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Access, accessOf, listen, pool } from './rival.ts'

const works = `
    select coalesce(
        json_agg(
            json_build_object(
                'id', w.id, 'title', w.title, 'createdAt', w.created_at,
                'scope', case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end,
                'attributions', (
                    select coalesce(
                        json_agg(
                            json_build_object('credit', a.credit, 'namedAs', a.named_as) order by a.position
                        ),
                        '[]'
                    )
                    from content.attributions a
                    where a.tenant_id = w.tenant_id and a.work_id = w.id
                )
            )
            order by w.created_at desc, w.id desc
        ),
        '[]'
    )::text as json
    from (
        select w.tenant_id, w.id, w.title, w.created_at, w.scope_id
        from content.works w
        where w.created_at < $1
        order by w.created_at desc, w.id desc
        limit 20
    ) w
    left join core.scopes s on s.tenant_id = w.tenant_id and s.id = w.scope_id`

const work = `
    select json_build_object(
        'id', w.id, 'title', w.title, 'summary', w.summary, 'lang', w.lang, 'createdAt', w.created_at
    )::text as json
    from content.works w
    where w.tenant_id = $1 and w.id = $2`

const note = 'select to_json(content.create_note($1, $2, $3, $4))::text as json'

listen((request, response) => {
    answer(request).then(
        (json) => send(response, json === undefined ? 404 : 200, json ?? '{"error":"there is none"}'),
        (error: Error) => send(response, 500, JSON.stringify({ error: error.message })),
    )
})

async function answer(request: IncomingMessage): Promise<string | undefined> {
    const access = await accessOf(request.headers.authorization)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const [, resource, tenant, id] = pathname.split('/')
    switch (`${request.method} ${resource}`) {
        case 'GET works':
            return ask(access, 'begin read only', 'works', works, [searchParams.get('before')])
        case 'GET work':
            return ask(access, 'begin read only', 'work', work, [tenant, id])
        case 'POST notes': {
            const { scopeId, title, body, plainText } = JSON.parse(await textOf(request))
            return ask(access, 'begin', 'note', note, [scopeId, title, JSON.stringify(body), plainText])
        }
        default:
            return undefined
    }
}

async function ask(
    { role, claims }: Access,
    begin: string,
    name: string,
    text: string,
    values: unknown[],
): Promise<string | undefined> {
    const client = await pool.connect()
    try {
        await client.query(begin)
        await client.query({
            name: 'access',
            text: `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
                set_config('app.request_id', $3, true)`,
            values: [role, claims, randomUUID()],
        })
        const { rows } = await client.query<{ json: string }>({ name, text, values })
        await client.query('commit')
        return rows[0]?.json
    } catch (error) {
        await client.query('rollback')
        throw error
    } finally {
        client.release()
    }
}

async function textOf(request: IncomingMessage): Promise<string> {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    return text
}

function send(response: ServerResponse, status: number, json: string): void {
    response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(json),
    })
    response.end(json)
}
