// What can be asked, taken from the catalog: a new table or function is asked by itself.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Hidden, literal, type Speaker, type World } from './twins.ts'

interface Parameter {
    name: string
    type: string
    /** Of an enum, its first value. */
    first: string | null
}

interface Callable {
    name: string
    parameters: Parameter[]
    /** How many of them can be left out, the last ones. */
    defaults: number
}

const uuid = /^[0-9a-f-]{36}$/

const sql = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

/** One statement for each table and view that somebody may read anything of: all of it. */
export async function readings({ role }: Speaker, world: World): Promise<string[][]> {
    const relations = await world.rows<{ name: string; columns: string }>(sql('readable.sql'), [role])
    return relations.map(({ name, columns }) => [`select ${columns} from ${name}`])
}

/** Every function that somebody may call, with what is hidden in each place in turn, the rest being plausible. */
export async function calls(
    { role }: Speaker,
    works: Hidden[],
    plausible: Record<string, string>,
    world: World,
    thorough: boolean,
): Promise<string[][]> {
    const callables = await world.rows<Callable>(sql('callable.sql'), [role])
    return [...new Set(callables.flatMap((callable) => callsOf(callable, works, plausible, thorough)))].map(
        (call) => [call],
    )
}

function callsOf(
    { name, parameters, defaults }: Callable,
    works: Hidden[],
    plausible: Record<string, string>,
    thorough: boolean,
): string[] {
    const call = (probed: string | undefined, value: string): string => {
        const given = parameters
            .filter((parameter, n) => parameter.name === probed || n < parameters.length - defaults)
            .map((parameter) => [
                parameter.name,
                parameter.name === probed ? value : usual(parameter, name, plausible),
            ])
        return `select * from ${name}(${given.map(([key, text]) => `"${key}" => ${text}`).join(', ')})`
    }
    return [
        call(undefined, ''),
        ...parameters.flatMap((parameter) =>
            probes(parameter, works, thorough).map((probe) => call(parameter.name, probe)),
        ),
    ]
}

/** What of hidden works can stand in such a place: all that has an id, or what is most telling. */
function probes({ type }: Parameter, works: Hidden[], thorough: boolean): string[] {
    const [{ work, comment, medium, poll, tenant, title, sha256 } = {}, ...others] = works
    const ids = thorough
        ? [
              ...Object.values(works[0] ?? {}).filter((value) => uuid.test(value)),
              ...others.map((other) => other.work),
          ]
        : [work, comment, medium, poll]
    switch (type) {
        case 'uuid':
            return ids.flatMap((id) => (id ? [`${literal(id)}::uuid`] : []))
        case 'uuid[]':
            return [`array[${works.map((each) => literal(each.work)).join(', ')}]::uuid[]`]
        case 'text':
            return (thorough ? [work, title, sha256] : [title]).map(literal)
        case 'text[]':
            return [`array[${literal(work)}, ${literal(title)}]`]
        case 'jsonb':
            return [`jsonb_build_object('tenant_id', ${literal(tenant)}, 'id', ${literal(work)})`]
        default:
            return []
    }
}

/** What somebody would give it: of this function's parameter, or of whatever is called so. */
function usual(
    { name, type, first }: Parameter,
    callable: string,
    plausible: Record<string, string>,
): string {
    const known = plausible[`${callable}.${name}`] ?? plausible[name]
    if (known !== undefined)
        return type.endsWith('[]') ? `array[${literal(known)}]::${type}` : `${literal(known)}::${type}`
    if (first !== null) return `${literal(first)}::${type}`
    switch (type) {
        case 'uuid':
            return 'gen_random_uuid()'
        case 'timestamp with time zone':
            return `now() + interval '1 day'`
        case 'date':
            return 'current_date'
        case 'interval':
            return `interval '1 day'`
        case 'jsonb':
            return `'{}'::jsonb`
        case 'boolean':
            return 'true'
        case 'text':
            return `'words'`
        default:
            return type.endsWith('[]') ? `'{}'::${type}` : `'1'::${type}`
    }
}
