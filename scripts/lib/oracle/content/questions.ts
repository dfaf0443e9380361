// What functions ask that are above the policies of works: it has to be what those say.

import type { Question } from '../module.ts'
import type { Work } from './rows.ts'
import { reads } from './sharing.ts'

export const questions: Question[] = [
    {
        says: 'content.visible() has',
        roles: ['authenticated'],
        sql: 'oracle/visible.sql',
        parameters: (_, facts) => [facts.rows<Work>('content.works').map(({ id }) => id)],
        expected: (asker, facts) =>
            new Map(facts.rows<Work>('content.works').map((work) => [work.id, reads(asker, work, facts)])),
    },
]
