// What tellers are shown of their stories, and what everybody is told of what is theirs: counted by hand.

import type { Comment, Consent, OfWork, Opening, Party, Reaction, SetMember, Work } from '../content/rows.ts'
import { agreedVersion, decides, involves, reads, widestAudience, workOf } from '../content/sharing.ts'
import type { Asker } from '../core/access.ts'
import type { Membership, Organization, Person, Scope } from '../core/rows.ts'
import { seesMembership, seesScope } from '../core/tables.ts'
import type { Facts } from '../facts.ts'
import type { Question } from '../module.ts'
import { instant } from '../time.ts'
import { kept } from '../value/questions.ts'
import type { ValueEvent } from '../value/rows.ts'
import type { Id } from '../world.ts'
import type { Story } from './rows.ts'

interface Acknowledgement {
    protocol_id: Id
    person_id: Id
    acknowledged_at: string
}

interface Handed extends OfWork {
    run_id: Id
    version: number
    recalled_at: string | null
    irrevocable: boolean
}

interface Run {
    id: Id
    purpose: string
}

export const questions: Question[] = [
    {
        says: 'the dashboard of a teller shows of a story its reactions, comments, views, consents, audience and value:',
        roles: ['authenticated'],
        sql: 'oracle/storyteller-dashboard.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                stories(facts).map((story) => [onDashboard(story, facts), asker.people.has(story.owner_id)]),
            ),
    },
    {
        says: 'the project that somebody switched to has the story',
        roles: ['anon', 'authenticated'],
        sql: 'oracle/project-stories.sql',
        parameters: (asker, facts) => [projectOf(asker, facts)],
        expected: (asker, facts) =>
            new Map(
                stories(facts).map((story) => [
                    story.id,
                    asker.access.projectOf(story.scope_id) === projectOf(asker, facts) &&
                        reads(asker, story, facts),
                ]),
            ),
    },
    {
        says: 'a story is told by',
        roles: ['authenticated'],
        sql: 'oracle/storytellers.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Party>('consent.consent_parties')
                    .filter(({ capacity }) => ['teller', 'co_teller'].includes(capacity))
                    .map(({ work_id, person_id }) => ({ story: workOf(work_id, facts), person_id }))
                    .filter(({ story }) => story.kind === 'story')
                    .map(({ story, person_id }) => [
                        `${story.id}|${person_id}`,
                        involves(asker, story, facts),
                    ]),
            ),
    },
    {
        says: 'the elder of a community is',
        roles: ['authenticated'],
        sql: 'oracle/elders.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Membership>('core.memberships')
                    .filter(({ scope_id }) => asker.access.scope(scope_id).level === 2)
                    .filter((membership) => asker.access.counts(membership))
                    .filter((membership) =>
                        asker.access.rolesOf(membership).some(({ key }) => key === 'elder'),
                    )
                    .map((membership) => [
                        `${membership.scope_id}|${membership.person_id}`,
                        seesMembership(asker, membership) && asker.belongsWithin(membership.tenant_id),
                    ]),
            ),
    },
    {
        says: 'a story warns, by what is on record, of somebody who has died:',
        roles: ['anon', 'authenticated', 'service_role'],
        sql: 'oracle/deaths.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                stories(facts).map((story) => [
                    story.id,
                    isOfTheDead(story, facts) &&
                        (asker.viewer.role === 'service_role' || reads(asker, story, facts)),
                ]),
            ),
    },
    {
        says: 'stories.readings_of_mine() has of a work who opened it, how often, after acknowledging something or not:',
        roles: ['authenticated'],
        sql: 'oracle/readings-of-mine.sql',
        parameters: () => [],
        expected: (asker, facts) => {
            const alike = Map.groupBy(facts.rows<Opening>('consent.openings'), (opening) =>
                [opening.work_id, opening.person_id, hadAcknowledged(opening, facts)].join('|'),
            )
            return new Map(
                [...alike].map(([key, openings]) => [
                    `${key}|${openings.length}`,
                    decides(asker, workOf(openings[0]?.work_id ?? '', facts), facts),
                ]),
            )
        },
    },
    {
        says: 'stories.uses_of_mine() has of a work the run, the version, and whether it was taken back or cannot be:',
        roles: ['authenticated'],
        sql: 'oracle/uses-of-mine.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Handed>('consent.run_works')
                    .map(({ run_id, work_id, version, recalled_at, irrevocable }) => [
                        [work_id, run_id, version, recalled_at !== null, irrevocable].join('|'),
                        decides(asker, workOf(work_id, facts), facts),
                    ]),
            ),
    },
    {
        says: 'stories.withdrawals_of_mine() has, with how many uses it took back and how many it could not:',
        roles: ['authenticated'],
        sql: 'oracle/withdrawals-of-mine.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Consent>('consent.consents')
                    .filter(({ decision }) => decision === 'withdrawn')
                    .map((consent) => [
                        [consent.id, ...takenBack(consent, facts)].join('|'),
                        asker.people.has(partyOf(consent, facts) ?? ''),
                    ]),
            ),
    },
    {
        says: 'stories.data_locations() has, with how many works, of them restricted, works of others, and memberships:',
        roles: ['authenticated'],
        sql: 'oracle/data-locations.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Organization>('core.organizations')
                    .map(({ id }) => ({ id, kept: keptWith(asker, id, facts) }))
                    .map(({ id, kept }) => [
                        [id, ...kept].join('|'),
                        kept[0] > 0 || kept[2] > 0 || kept[3] > 0,
                    ]),
            ),
    },
]

function stories(facts: Facts): readonly Work[] {
    return facts.rows<Story>('stories.stories').map(({ id }) => workOf(id, facts))
}

function onDashboard(story: Work, facts: Facts): string {
    const comments = facts
        .rows<Comment>('content.comments')
        .filter(({ work_id, aside, state }) => work_id === story.id && !aside && state === 'visible')
    const reactions = facts.rows<Reaction>('content.reactions').filter(({ work_id }) => work_id === story.id)
    const views = facts
        .rows<OfWork & { views: number }>('content.reading_days')
        .filter(({ work_id }) => work_id === story.id)
        .reduce((sum, day) => sum + day.views, 0)
    const consents = facts
        .rows<{ key: string }>('consent.purposes')
        .map(({ key }) => key)
        .filter((purpose) => agreedVersion(story, purpose, null, facts) !== undefined)
    return [
        story.id,
        reactions.length,
        comments.length,
        views,
        consents.sort().join(),
        widestAudience(story, facts) ?? 'nobody_else',
        story.protocol_set_id !== null,
        generatedBy(story, facts),
    ].join('|')
}

/** What a story brought in, asset by asset. */
function generatedBy(story: Work, facts: Facts): string {
    const events = facts.rows<ValueEvent>('value.value_events').filter(({ work_id }) => work_id === story.id)
    return [...Map.groupBy(events, ({ asset }) => asset)]
        .map(([asset, alike]) => `${asset} ${kept(alike)}`)
        .sort()
        .join()
}

/** One that they may switch to, another for each; or none. */
function projectOf(asker: Asker, facts: Facts): Id | null {
    const projects = facts
        .rows<Scope>('core.scopes')
        .filter(({ level, id }) => level === 1 && seesScope(asker, id))
    const first = [...asker.viewer.name].reduce((sum, character) => sum + character.charCodeAt(0), 0)
    return projects[first % (projects.length || 1)]?.id ?? null
}

/** Whether any of those who have to consent is on record as having died, also under who they turned out to be. */
function isOfTheDead(story: Work, facts: Facts): boolean {
    const people = new Map(facts.rows<Person>('core.people').map((person) => [person.id, person]))
    return facts
        .rows<Party>('consent.consent_parties')
        .filter(({ work_id }) => work_id === story.id)
        .map(({ person_id }) => people.get(person_id ?? ''))
        .some((person) => [person, people.get(person?.merged_into ?? '')].some((row) => row?.deceased_on))
}

function hadAcknowledged({ protocol_set_id, person_id, opened_at }: Opening, facts: Facts): boolean {
    const asked = facts
        .rows<SetMember>('consent.protocol_set_members')
        .filter(({ set_id }) => set_id === protocol_set_id)
        .map(({ protocol_id }) => protocol_id)
    return facts
        .rows<Acknowledgement>('consent.protocol_acknowledgements')
        .some(
            (acknowledgement) =>
                acknowledgement.person_id === person_id &&
                asked.includes(acknowledgement.protocol_id) &&
                instant(acknowledgement.acknowledged_at) <= instant(opened_at),
        )
}

function partyOf({ party_id }: Consent, facts: Facts): Id | null | undefined {
    return facts.rows<Party>('consent.consent_parties').find(({ id }) => id === party_id)?.person_id
}

/** How many uses for that purpose ended when this was written down, and of how many it is said that they cannot. */
function takenBack({ work_id, purpose, recorded_at }: Consent, facts: Facts): [number, number] {
    const runs = facts.rows<Run>('consent.runs').filter((run) => run.purpose === purpose)
    const ended = facts
        .rows<Handed>('consent.run_works')
        .filter(
            (handed) =>
                handed.work_id === work_id &&
                handed.recalled_at !== null &&
                instant(handed.recalled_at) === instant(recorded_at) &&
                runs.some(({ id }) => id === handed.run_id),
        )
    return [
        ended.filter(({ irrevocable }) => !irrevocable).length,
        ended.filter(({ irrevocable }) => irrevocable).length,
    ]
}

/** What an organization keeps of somebody's: works, those of them under protocols, and memberships that count. */
function keptWith(asker: Asker, organization: Id, facts: Facts): [number, number, number, number] {
    const works = facts
        .rows<Work>('content.works')
        .filter(({ tenant_id, owner_id }) => tenant_id === organization && asker.people.has(owner_id))
    const memberships = facts
        .rows<Membership>('core.memberships')
        .filter(
            (membership) =>
                membership.tenant_id === organization &&
                asker.people.has(membership.person_id) &&
                asker.access.counts(membership),
        )
    const others = facts
        .rows<Party>('consent.consent_parties')
        .filter(({ person_id }) => asker.people.has(person_id ?? ''))
        .map(({ work_id }) => workOf(work_id, facts))
        .filter(({ tenant_id, owner_id }) => tenant_id === organization && !asker.people.has(owner_id))
    return [
        works.length,
        works.filter(({ protocol_set_id }) => protocol_set_id !== null).length,
        new Set(others.map(({ id }) => id)).size,
        memberships.length,
    ]
}
