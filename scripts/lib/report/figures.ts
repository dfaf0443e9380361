// What the page on a month tells, read as whoever serves the platform may read it.

import { Problem } from '../console.ts'
import type { Client } from '../db.ts'
import { sqlFile } from '../sql-file.ts'

export interface ReportFigures {
    month: string
    /** The place it is about; the whole platform, without one. */
    place?: string
    report: Line[]
    told: {
        month: string
        kind: string | null
        people: number | null
        works: number | null
        withheld: boolean
    }[]
    themes: { theme: string; works: number }[]
    consent: { month: string; given: number | null; refused: number | null; withdrawn: number | null }[]
    impact: Impact[]
}

export interface Line {
    section: string
    name: string
    figure: number | null
    too_few: boolean
    released_at: string
}

export interface Impact {
    asset: string
    scale: number
    generated: number | null
    distributed: number | null
    recipients: number | null
    inequality: number | null
}

/** The figures of a month, of the platform or of a place named by its path of slugs. */
export async function readFigures(client: Client, month: string, path?: string): Promise<ReportFigures> {
    const { rows: installed } = await client.query(`select from pg_namespace where nspname = 'insights'`)
    if (installed.length === 0) throw new Problem('There are no figures in this database.', 'make migrate')
    await client.query('begin read only')
    try {
        await client.query('set local role service_role')
        const place = path === undefined ? undefined : await findPlace(client, path)
        const { rows } = await client.query<{ figures: ReportFigures }>(sqlFile('report/figures.sql'), [
            `${month}-01`,
            place?.id,
        ])
        const figures = rows[0]?.figures
        if (!figures || figures.report.length === 0) {
            throw new Problem(
                `There are no figures of ${month}${place ? ` for ${place.name}` : ''}.`,
                'A month is released once it is over, where the module insights is on; `select insights.release()` does it.',
            )
        }
        return place ? { ...figures, place: place.name } : figures
    } finally {
        await client.query('rollback')
    }
}

async function findPlace(client: Client, path: string): Promise<{ id: string; name: string }> {
    const { rows } = await client.query<{ id: string; name: string }>(sqlFile('report/place.sql'), [path])
    if (!rows[0]) {
        throw new Problem(
            `There is no place "${path}".`,
            'Name it by its slugs, such as river/archive/heron.',
        )
    }
    return rows[0]
}
