// A page that shows the works of a place, and stays true while it is open: what is new comes up, and what may not be
// read any more goes.

import type { ResultOf } from 'gql.tada'
import type { Api } from './api.ts'
import { type shownWork, workChanged, worksOfPlace } from './documents.ts'

type Shown = ReadonlyMap<string, ResultOf<typeof shownWork>>

/** What the page shows, by id: once read, and after every event. It listens until `return` is called. */
export async function* openPage(api: Api, placeId: string): AsyncGenerator<Shown, void> {
    let shown: Shown = new Map()
    for await (const { workChanged: change } of api.listen(workChanged, { placeId })) {
        if (change === null) continue
        const { event, workId, work } = change
        // The first event is a reload, and so is what follows a gap: nothing is missed between reading and listening.
        if (event === 'reload') shown = await read(api, placeId)
        else if (work) shown = new Map(shown).set(work.id, work)
        else shown = new Map([...shown].filter(([id]) => id !== workId))
        yield shown
    }
}

async function read(api: Api, placeId: string): Promise<Shown> {
    const { works } = await api.ask(worksOfPlace, { placeId })
    const readable = works?.nodes.filter((work) => work !== null) ?? []
    return new Map(readable.map((work) => [work.id, work]))
}

/** Waits until what is shown is so. */
export async function until(
    pages: AsyncGenerator<Shown, void>,
    isSo: (shown: Shown) => boolean,
): Promise<Shown> {
    for (;;) {
        const { value, done } = await pages.next()
        if (done) throw new Error('The server ended the subscription.')
        if (isSo(value)) return value
    }
}
