// What functions ask that are above the policies of works: it has to be what those say. And who finds what.

import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { Question } from '../module.ts'
import { versionWords, type Work } from './rows.ts'
import { newestShared, reads } from './sharing.ts'

/** Every work has these in its title and in its summary. */
const teaserWords = ['note', 'stones']

export const questions: Question[] = [
    {
        says: 'content.visible() has',
        roles: ['authenticated'],
        sql: 'oracle/visible.sql',
        parameters: (_, facts) => [works(facts).map(({ id }) => id)],
        expected: (asker, facts) => new Map(works(facts).map((work) => [work.id, reads(asker, work, facts)])),
    },
    {
        says: 'content.search_works() finds by this word, in this version,',
        roles: ['anon', 'authenticated'],
        sql: 'oracle/search-works.sql',
        parameters: () => [[...teaserWords, ...versionWords]],
        expected: (asker, facts) => new Map(works(facts).flatMap((work) => finds(asker, work, facts))),
    },
]

/** By the words of the teaser, whoever may know of it; by those of a version, who reads that one and none that is newer. */
function finds(asker: Asker, work: Work, facts: Facts): [string, boolean][] {
    const version = newestShared(asker, work, facts)
    const isOpen = work.protocol_set_id === null
    return [
        ...teaserWords.map((word) => ({ word, found: version !== undefined })),
        ...versionWords.map((word, n) => ({ word, found: isOpen && version === n + 1 })),
    ].map(({ word, found }) => [`${word}|${work.id}|${version ?? 'none'}`, found])
}

function works(facts: Facts): readonly Work[] {
    return facts.rows<Work>('content.works')
}
