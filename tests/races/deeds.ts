// What people, servers and programs do in tests/races/random.test.ts: each deed is one statement, made up by chance of
// what there is. Much of it is refused, as it is where people do what they may not.

import type { Random } from '../../scripts/lib/oracle/random.ts'

export interface Deed {
    /** A person's id, or a role: service_role, anon, or none for whoever owns the database. */
    by: string
    /** Through the keyholder's pool. */
    secretly?: boolean
    statement: string
    parameters?: unknown[]
    /** What is done with the answer: what came about can be used by others. */
    keep?: ((answer: string) => void) | undefined
}

interface Thing {
    id: string
    /** Whose it is, who can do most with it. */
    by: string
    /** The place that it is in; of a file, the work. */
    within: string
}

const kinds = [
    'works',
    'stories',
    'feedback',
    'comments',
    'files',
    'media',
    'attributions',
    'tags',
    'polls',
    'decisions',
    'protocols',
    'groups',
    'admissions',
    'agreements',
    'runs',
    'invitations',
    'sanctions',
    'holds',
    'exports',
] as const
type Kind = (typeof kinds)[number]

const states = [
    'published',
    'published',
    'submitted',
    'in_review',
    'approved',
    'changes_requested',
    'withdrawn',
    'archived',
    'draft',
]
const purposes = [
    'public_sharing',
    'public_sharing',
    'organization_sharing',
    'community_sharing',
    'research',
    'research',
    'ai_training',
    'ai_analysis',
    'ai_analysis',
    'modification',
]
const placeRoles = [
    'community_member',
    'storyteller',
    'elder',
    'steward',
    'moderator',
    'cultural_reviewer',
    'place_manager',
    'board_member',
]

/** What there is, as far as those who act know of it. */
export class Stage {
    readonly random: Random
    readonly river: string
    readonly places: string[]
    readonly people: string[]
    readonly #things: Record<Kind, Thing[]>

    constructor(random: Random, river: string, places: string[], people: string[]) {
        this.random = random
        this.river = river
        this.places = places
        this.people = people
        this.#things = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<Kind, Thing[]>
    }

    /** One of the newest, so that several meet at it. */
    one(kind: Kind): Thing {
        const things = this.#things[kind]
        return things.length === 0
            ? {
                  id: this.random.uuid(),
                  by: this.random.pick(this.people),
                  within: this.random.pick(this.places),
              }
            : this.random.pick(things.slice(-12))
    }

    person(): string {
        return this.random.pick(this.people.slice(-30))
    }

    place(): string {
        return this.random.pick(this.places)
    }

    /** Whose it is, most of the time. */
    mostly({ by }: Thing): string {
        return this.random.chance(0.85) ? by : this.person()
    }

    /** Whoever is gone does little more, though what they try they may. */
    goes(person: string): void {
        const at = this.people.indexOf(person)
        if (at < 0 || this.random.chance(0.2)) return
        this.people.splice(at, 1)
        for (const kind of kinds) this.#things[kind] = this.#things[kind].filter(({ by }) => by !== person)
    }

    keep(kind: Kind, by: string, within: string): (id: string) => void {
        return (id) => this.#things[kind].push({ id, by, within })
    }
}

/** Somebody's live membership in a place, of whom and of which these parameters say. */
const membership = (person: number, place: number): string => `(
    select m.id from core.memberships m
    where m.person_id = $${person} and m.scope_id = $${place} and m.ended_at is null
)`

type Making = (stage: Stage) => Deed

const act = (by: string, statement: string, ...parameters: unknown[]): Deed => ({ by, statement, parameters })

const works: Making[] = [
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        const visibility = stage.random.pick(['private', 'community', 'organization', 'public', 'public'])
        return {
            ...act(
                by,
                `select content.create_note($1, 'A note', '{"text": "Said"}', 'Said', visibility => $2)`,
                place,
                visibility,
            ),
            keep: stage.keep('works', by, place),
        }
    },
    ...Array.from({ length: 3 }, () => (stage: Stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select content.transition($1, $2)',
            work.id,
            stage.random.pick(states),
        )
    }),
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            `select content.revise_work($1, '{"text": "More"}', 'More', minor => $2)`,
            work.id,
            stage.random.chance(0.3),
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select content.restore_work($1, $2)',
            work.id,
            stage.random.pick([1, 1, 2, 3]),
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            `select count(*) from content.restore_work_as_of($1, clock_timestamp() - $2::interval)`,
            work.id,
            stage.random.pick(['0.1 seconds', '1 second', '1 hour']),
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select count(*) from content.recover_person(clock_timestamp() - $1::interval)',
            stage.random.pick(['0.1 seconds', '1 second', '1 hour']),
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select content.update_work($1, summary => $2, visibility => $3)',
            work.id,
            'Of it',
            stage.random.pick(['public', 'public', 'community', 'private']),
        )
    },
    (stage) => {
        const work = stage.one('works')
        const capability = stage.random.pick(['edit', 'edit', 'review', 'comment'])
        return act(
            stage.mostly(work),
            'select content.add_collaborator($1, $2, $3)',
            work.id,
            stage.person(),
            capability,
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(stage.mostly(work), 'select content.remove_collaborator($1, $2)', work.id, stage.person())
    },
    (stage) => {
        const work = stage.one('works')
        const by = stage.mostly(work)
        const person = stage.random.chance(0.5) ? stage.person() : null
        return {
            ...act(
                by,
                `select content.attribute_work($1, coalesce($2, 'Somebody'), 'author', $3)`,
                work.id,
                person && nameOf(person),
                person,
            ),
            // A name that nobody stands behind is not forgotten with anybody.
            keep: person ? stage.keep('attributions', person, work.within) : undefined,
        }
    },
    (stage) => {
        const attribution = stage.one('attributions')
        const by = stage.mostly(attribution)
        return act(by, 'select content.rename_attribution($1, $2)', attribution.id, nameOf(by))
    },
    (stage) => {
        const attribution = stage.one('attributions')
        return act(stage.mostly(stage.one('works')), 'select content.remove_attribution($1)', attribution.id)
    },
]

/** A story is a work as well, with which all is done that is done with works. */
const begun = (stage: Stage, by: string, place: string) => (id: string) => {
    stage.keep('works', by, place)(id)
    stage.keep('stories', by, place)(id)
}

const stories: Making[] = [
    ...Array.from({ length: 6 }, () => (stage: Stage) => {
        const [by, place] = [stage.person(), stage.place()]
        const { random } = stage
        return {
            ...act(
                by,
                `select b.id
                from (
                    select stories.create_story(
                        $1, 'A story', '{"text": "Told"}', 'Told', visibility => 'public', elder_review_required => $2
                    ) as id
                    offset 0
                ) b
                left join lateral content.transition(b.id, $3) on true
                left join lateral consent.give_consent(b.id, 'ai_analysis') on true`,
                place,
                random.chance(0.4),
                random.pick(['submitted', 'submitted', 'published']),
            ),
            keep: begun(stage, by, place),
        }
    }),
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(
                by,
                `select stories.create_record($1, $2, 'A side', '{"text": "Told"}', 'Told', visibility => 'public')`,
                stage.one('stories').id,
                place,
            ),
            keep: begun(stage, by, place),
        }
    },
    (stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            'select content.transition($1, $2)',
            story.id,
            stage.random.pick(['submitted', 'published']),
        )
    },
    (stage) =>
        act(
            stage.person(),
            'select content.transition($1, $2)',
            stage.one('stories').id,
            stage.random.pick(['in_review', 'approved']),
        ),
    ...Array.from({ length: 2 }, () => (stage: Stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            `select consent.give_consent($1, p) from unnest('{public_sharing,ai_analysis}'::text[]) p`,
            story.id,
        )
    }),
    ...Array.from({ length: 3 }, () => (stage: Stage) => {
        const { random } = stage
        return act(
            stage.person(),
            'select stories.review_story($1, $2, $3)',
            stage.one('stories').id,
            random.pick(['elder', 'elder', 'cultural']),
            random.pick(['approved', 'approved', 'changes_requested', 'declined']),
        )
    }),
    (stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            'select stories.date_story($1, $2)',
            story.id,
            stage.random.pick([null, '2026-01-02']),
        )
    },
    (stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            'select stories.require_elder($1, $2)',
            story.id,
            stage.random.pick([true, false]),
        )
    },
    (stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            `select stories.place_story($1, 'The bend', 55.123456, -90.5, $2)`,
            story.id,
            stage.random.pick(['region', 'locality', 'exact']),
        )
    },
    (stage) => {
        const story = stage.one('stories')
        return act(
            stage.mostly(story),
            'select stories.set_warnings($1, $2)',
            story.id,
            stage.random.sample(['deceased', 'grief', 'ceremony'], 2),
        )
    },
    (stage) =>
        act(
            stage.person(),
            `select stories.describe_community($1, 'kinship', $2, '{cr,en}')`,
            stage.place(),
            'The bend',
        ),
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(
                by,
                'select stories.give_feedback($1, $2)',
                place,
                `It could be warmer, says ${nameOf(by)}`,
            ),
            keep: stage.keep('feedback', by, place),
        }
    },
    (stage) =>
        act(
            stage.person(),
            'select stories.answer_feedback($1, $2)',
            stage.one('feedback').id,
            'It will be.',
        ),
    (stage) =>
        act(
            'service_role',
            'select core.record_death($1, $2)',
            stage.person(),
            stage.random.pick(['2026-01-02', '2026-01-02', null]),
        ),
    ...[
        'stories.storyteller_dashboard',
        'stories.readings_of_mine()',
        'stories.uses_of_mine()',
        'stories.withdrawals_of_mine()',
        'stories.data_locations()',
    ].map((told) => (stage: Stage) => act(stage.person(), `select count(*) from ${told}`)),
]

const words: Making[] = [
    (stage) => {
        const by = stage.person()
        return {
            ...act(
                by,
                `select content.create_tag($1, $2, 'A word')`,
                stage.river,
                `word-${stage.random.between(0, 30)}`,
            ),
            keep: stage.keep('tags', by, stage.river),
        }
    },
    (stage) => {
        const work = stage.one('works')
        return act(stage.mostly(work), 'select content.tag_work($1, $2)', work.id, stage.one('tags').id)
    },
    (stage) => {
        const work = stage.one('works')
        return act(stage.mostly(work), 'select content.untag_work($1, $2)', work.id, stage.one('tags').id)
    },
    (stage) =>
        act(
            stage.person(),
            'select content.propose_synonym($1, $2)',
            stage.one('tags').id,
            stage.one('tags').id,
        ),
    (stage) =>
        act(
            stage.people[0] ?? '',
            'select content.decide_synonym($1, $2)',
            stage.one('tags').id,
            stage.random.chance(0.7),
        ),
]

const files: Making[] = [
    (stage) => {
        const work = stage.one('works')
        const by = stage.mostly(work)
        return {
            ...act(
                by,
                `select content.begin_upload($1, 'image/png', $2, repeat('ab', 32))`,
                work.id,
                stage.random.between(1, 1000),
            ),
            keep: stage.keep('files', by, work.id),
        }
    },
    (stage) => act('service_role', 'select content.finish_upload($1)', stage.one('files').id),
    (stage) => {
        const file = stage.one('files')
        return {
            ...act(
                stage.mostly(file),
                `select content.add_media($1, $2, 'What is to see')`,
                file.within,
                file.id,
            ),
            keep: stage.keep('media', file.by, file.within),
        }
    },
    (stage) => {
        const medium = stage.one('media')
        const how = stage.random.pick(['remove_media', 'leave_out_media'])
        return act(stage.mostly(medium), `select content.${how}($1)`, medium.id)
    },
    (stage) => {
        const medium = stage.one('media')
        const protocol = stage.one('protocols')
        return act(
            stage.mostly(medium),
            'select consent.protect_media($1, $2, $3)',
            medium.id,
            protocol.within,
            [protocol.id],
        )
    },
    (stage) => act(stage.person(), 'select consent.open_media($1)', stage.one('media').id),
]

const talk: Making[] = [
    (stage) => {
        const work = stage.one('works')
        const by = stage.person()
        const parent = stage.random.chance(0.4) ? stage.one('comments').id : null
        const mentions = stage.random.chance(0.2) ? [stage.person()] : []
        return {
            ...act(
                by,
                'select content.add_comment($1, $2, $3, $4)',
                work.id,
                `Said by ${nameOf(by)}`,
                parent,
                mentions,
            ),
            keep: stage.keep('comments', by, work.within),
        }
    },
    (stage) => {
        const comment = stage.one('comments')
        const by = stage.mostly(comment)
        return act(by, 'select content.edit_comment($1, $2)', comment.id, `Otherwise, by ${nameOf(by)}`)
    },
    (stage) => {
        const comment = stage.one('comments')
        return act(stage.mostly(comment), 'select content.delete_comment($1)', comment.id)
    },
    (stage) => {
        const hides = stage.random.chance(0.6)
        return act(
            stage.person(),
            'select content.moderate_comment($1, $2, $3)',
            stage.one('comments').id,
            hides,
            'Why not',
        )
    },
    (stage) =>
        stage.random.chance(0.5)
            ? act(stage.person(), `select content.react('heart', $1)`, stage.one('works').id)
            : act(
                  stage.person(),
                  `select content.react('thanks', comment_id => $1)`,
                  stage.one('comments').id,
              ),
    (stage) => act(stage.person(), `select content.unreact('heart', $1)`, stage.one('works').id),
    (stage) => act(stage.person(), 'select content.cast_vote($1, $2)', stage.one('works').id, 1),
    (stage) => act(stage.person(), 'select content.retract_vote($1)', stage.one('works').id),
    (stage) =>
        act(
            stage.random.chance(0.3) ? 'anon' : stage.person(),
            'select content.record_view($1)',
            stage.one('works').id,
        ),
]

const polls: Making[] = [
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        const anonymous = stage.random.chance(0.4)
        return {
            ...act(
                by,
                `select content.open_poll(
                    $1, 'This or that?', 'single', clock_timestamp() + make_interval(secs => $2), '{This,That}',
                    work_id => $3, anonymous => $4, may_change => not $4
                )`,
                place,
                stage.random.between(1, 4),
                stage.random.chance(0.3) ? stage.one('works').id : null,
                anonymous,
            ),
            keep: stage.keep('polls', by, place),
        }
    },
    (stage) => {
        const poll = stage.one('polls')
        return act(stage.mostly(poll), `select content.add_poll_option($1, 'Another')`, poll.id)
    },
    ...Array.from({ length: 3 }, () => (stage: Stage) => {
        const choices = stage.random.pick([
            [1, 0],
            [0, 1],
            [0, 0, 1],
            [1, 0, 0, 0],
        ])
        return act(stage.person(), 'select content.cast_ballot($1, $2)', stage.one('polls').id, choices)
    }),
    (stage) => act(stage.person(), 'select count(*) from content.poll_results($1)', stage.one('polls').id),
    (stage) => {
        const work = stage.one('works')
        const by = stage.mostly(work)
        return {
            ...act(
                by,
                `select content.propose_decision($1, 'work.publish', 'Shall we?', work_id => $2)`,
                work.within,
                work.id,
            ),
            keep: stage.keep('decisions', by, work.within),
        }
    },
]

const consents: Making[] = [
    ...Array.from({ length: 4 }, () => (stage: Stage) => {
        const work = stage.one('works')
        const { random } = stage
        return act(
            stage.mostly(work),
            `select consent.give_consent(
                $1, $2, $3, now() + make_interval(secs => $4), now() + make_interval(secs => $5),
                attribution_required => $6
            )`,
            work.id,
            random.pick(purposes),
            random.pick([null, null, null, 'radio']),
            random.pick([null, null, null, 1]),
            random.pick([null, null, null, 2, 5]),
            random.chance(0.2),
        )
    }),
    ...['refuse', 'withdraw', 'withdraw'].map((how) => (stage: Stage) => {
        const work = stage.one('works')
        const { random } = stage
        return act(
            stage.mostly(work),
            `select consent.${how}_consent($1, $2, $3)`,
            work.id,
            random.pick([null, ...purposes]),
            random.pick([null, null, 'radio']),
        )
    }),
    (stage) => {
        const work = stage.one('works')
        const how = stage.random.pick(['give', 'give', 'refuse', 'withdraw'])
        return act(
            stage.person(),
            `select consent.${how}_consent($1, $2, scope_id => $3)`,
            work.id,
            stage.random.pick(purposes),
            work.within,
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select consent.add_party($1, $2, $3)',
            work.id,
            stage.person(),
            stage.random.pick(['co_teller', 'depicted']),
        )
    },
    (stage) => {
        const work = stage.one('works')
        return act(stage.mostly(work), 'select consent.add_community($1, $2)', work.id, work.within)
    },
    (stage) =>
        act(
            stage.person(),
            'select consent.allows($1, $2)',
            stage.one('works').id,
            stage.random.pick(purposes),
        ),
    (stage) => {
        const work = stage.one('works')
        return act(
            stage.mostly(work),
            'select count(*) from consent.explain($1, $2)',
            work.id,
            stage.random.pick(purposes),
        )
    },
]

const protocols: Making[] = [
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(
                by,
                `select consent.create_protocol($1, 'Embers', 'family', $2, acknowledgement => $3)`,
                place,
                stage.random.pick(['everybody', 'members', 'admitted']),
                stage.random.pick([null, 'Tell nobody.']),
            ),
            keep: stage.keep('protocols', by, place),
        }
    },
    (stage) => {
        const protocol = stage.one('protocols')
        return act(
            stage.mostly(protocol),
            'select consent.update_protocol($1, audience => $2)',
            protocol.id,
            stage.random.pick(['everybody', 'members', 'admitted']),
        )
    },
    (stage) => {
        const protocol = stage.one('protocols')
        return stage.random.chance(0.3)
            ? act(
                  stage.mostly(protocol),
                  `select consent.${stage.random.pick(['retire', 'reinstate'])}_protocol($1)`,
                  protocol.id,
              )
            : act(stage.person(), 'select consent.acknowledge_protocol($1)', protocol.id)
    },
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(
                by,
                'select consent.create_protocol_group($1, $2)',
                place,
                `Group ${stage.random.between(1, 99)}`,
            ),
            keep: stage.keep('groups', by, place),
        }
    },
    (stage) => {
        const group = stage.one('groups')
        const how = stage.random.pick(['add_to', 'add_to', 'remove_from'])
        return act(
            stage.mostly(group),
            `select consent.${how}_protocol_group($1, ${membership(2, 3)})`,
            group.id,
            stage.person(),
            group.within,
        )
    },
    (stage) => {
        const protocol = stage.one('protocols')
        const by = stage.mostly(protocol)
        return {
            ...(stage.random.chance(0.5)
                ? act(
                      by,
                      'select consent.admit_by_protocol($1, group_id => $2)',
                      protocol.id,
                      stage.one('groups').id,
                  )
                : act(
                      by,
                      `select consent.admit_by_protocol($1, membership_id => ${membership(2, 3)})`,
                      protocol.id,
                      stage.person(),
                      protocol.within,
                  )),
            keep: stage.keep('admissions', by, protocol.within),
        }
    },
    (stage) => {
        const admission = stage.one('admissions')
        return act(stage.mostly(admission), 'select consent.remove_admission($1)', admission.id)
    },
    ...Array.from({ length: 2 }, () => (stage: Stage) => {
        const work = stage.one('works')
        const protocol = stage.one('protocols')
        return act(
            stage.random.chance(0.5) ? work.by : protocol.by,
            'select consent.protect_work($1, $2, $3, $4)',
            work.id,
            protocol.within,
            stage.random.chance(0.8)
                ? [protocol.id, stage.one('protocols').id].slice(stage.random.between(0, 1))
                : [],
            stage.random.pick(['all', 'any']),
        )
    }),
    (stage) => act(stage.person(), 'select consent.open_work($1)', stage.one('works').id),
    (stage) => act(stage.person(), 'select count(*) from consent.conditions($1)', stage.one('works').id),
]

const uses: Making[] = [
    (stage) => {
        const [by, place] = stage.random.pick([
            [stage.people[0] ?? '', stage.river],
            [stage.person(), stage.place()],
        ]) as [string, string]
        return {
            ...act(
                by,
                `select consent.create_agreement(
                    $1, 'Institute', '{research,ai_training,ai_analysis}', '', repeat('ab', 32),
                    until => now() + make_interval(secs => $2)
                )`,
                place,
                stage.random.pick([null, null, 3]),
            ),
            keep: stage.keep('agreements', by, place),
        }
    },
    (stage) => {
        const agreement = stage.one('agreements')
        const by = stage.random.chance(0.3) ? 'service_role' : stage.mostly(agreement)
        return {
            ...act(
                by,
                `select consent.begin_run($1, $2, 'A model', $3)`,
                agreement.id,
                stage.random.pick(['research', 'ai_training', 'ai_analysis', 'ai_analysis']),
                stage.random.pick([null, null, 'radio']),
            ),
            keep: stage.keep('runs', agreement.by, agreement.within),
        }
    },
    ...Array.from({ length: 3 }, () => (stage: Stage) => {
        const run = stage.one('runs')
        return act(
            stage.random.chance(0.5) ? 'service_role' : stage.mostly(run),
            'select count(*) from consent.hand_out($1, $2)',
            run.id,
            Array.from({ length: 6 }, () => stage.one('works').id),
        )
    }),
    ...Array.from(
        { length: 3 },
        () => (stage: Stage) =>
            act(
                'service_role',
                `select stories.record_analysis($1, h.work_id, 'sentiment', '{"said": "Much"}')
            from consent.hand_out($1, $2) h`,
                stage.one('runs').id,
                Array.from({ length: 12 }, () => stage.one('stories').id),
            ),
    ),
    ...Array.from({ length: 2 }, () => (stage: Stage) => {
        const run = stage.one('runs')
        return act(
            stage.random.chance(0.7) ? 'service_role' : stage.mostly(run),
            `select stories.record_analysis(h.run_id, h.work_id, $2, '{"said": "Much"}')
            from consent.run_works h
            join stories.stories s on s.tenant_id = h.tenant_id and s.id = h.work_id
            where h.run_id = $1`,
            run.id,
            stage.random.pick(['themes', 'summary']),
        )
    }),
    (stage) =>
        act(
            'none',
            `select consent._record_result(h.run_id, h.work_id, 'summary')
            from consent.run_works h where h.run_id = $1 and h.stands`,
            stage.one('runs').id,
        ),
    (stage) => {
        const run = stage.one('runs')
        return act(stage.mostly(run), 'select consent.finish_run($1)', run.id)
    },
    (stage) => {
        const agreement = stage.one('agreements')
        return stage.random.chance(0.3)
            ? act(stage.mostly(agreement), 'select consent.end_agreement($1)', agreement.id)
            : act('service_role', 'select consent.recall_expired()')
    },
]

const belonging: Making[] = [
    (stage) => act(stage.person(), 'select core.leave($1)', stage.place()),
    (stage) => {
        const how = stage.random.pick([
            `core.ban_member(${membership(1, 2)}, 'A quarrel')`,
            `core.suspend_membership(${membership(1, 2)}, 'Three days')`,
            `core.reinstate_membership(${membership(1, 2)})`,
            `core.approve_membership(${membership(1, 2)})`,
        ])
        return act(stage.person(), `select ${how}`, stage.person(), stage.place())
    },
    (stage) => act(stage.person(), 'select core.request_membership($1)', stage.place()),
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(by, 'select core.invite($1, max_uses => 3)', place),
            keep: stage.keep('invitations', by, place),
        }
    },
    (stage) => act(stage.person(), 'select core.accept_invitation($1)', stage.one('invitations').id),
    (stage) => {
        const how = stage.random.pick(['grant_role', 'grant_role', 'revoke_role'])
        return act(
            stage.person(),
            `select core.${how}(${membership(1, 2)}, $3)`,
            stage.person(),
            stage.place(),
            stage.random.pick(placeRoles),
        )
    },
    (stage) => {
        const [by, place] = [stage.person(), stage.place()]
        return {
            ...act(
                by,
                `select core.impose_sanction($1, $2, $3, 'A quarrel')`,
                place,
                stage.person(),
                stage.random.pick(['access', 'create', 'comment', 'vote']),
            ),
            keep: stage.keep('sanctions', by, place),
        }
    },
    (stage) => {
        const sanction = stage.one('sanctions')
        return act(stage.mostly(sanction), 'select core.lift_sanction($1)', sanction.id)
    },
    (stage) => {
        const by = stage.person()
        return act(by, 'select core.update_profile($1, $2)', by, nameOf(by))
    },
    (stage) => {
        const by = stage.person()
        return { ...act(by, `select core.write_secret($1, 'phone', $2)`, by, nameOf(by)), secretly: true }
    },
    (stage) =>
        act(
            stage.people[0] ?? '',
            'select core.archive_scope($1, $2)',
            stage.places.at(-1),
            stage.random.chance(0.4),
        ),
    (stage) => {
        const key = stage.random.pick([
            'works.reviewed',
            'works.decided',
            'stories.elder_reviewed',
            'stories.culturally_reviewed',
        ])
        return act(
            stage.people[0] ?? '',
            'select core.set_setting($1, $2, $3)',
            stage.place(),
            key,
            stage.random.chance(0.3) ? 'true' : 'false',
        )
    },
    (stage) => {
        const [by, place] = [stage.people[0] ?? '', stage.place()]
        return stage.random.chance(0.3)
            ? {
                  ...act(by, `select ops.impose_hold($1, 'A matter')`, place),
                  keep: stage.keep('holds', by, place),
              }
            : act(by, 'select ops.release_hold($1)', stage.one('holds').id)
    },
    (stage) => {
        const by = stage.person()
        return stage.random.chance(0.5)
            ? {
                  ...act(by, 'select ops.request_export($1)', stage.place()),
                  keep: stage.keep('exports', by, stage.river),
              }
            : act(by, 'select ops.cancel_export($1)', stage.one('exports').id)
    },
]

const lives: Making[] = [
    // Somebody arrives, with a name of their own that is looked for when they are gone.
    (stage) => {
        const id = stage.random.uuid()
        return {
            ...act(
                'none',
                `with arrived as (insert into core.people (id, display_name) values ($1, $2) returning id),
                joined as (select core._join($3, id, array[$4]) from arrived)
                select $1 from joined`,
                id,
                nameOf(id),
                stage.place(),
                stage.random.pick(placeRoles.slice(0, 5)),
            ),
            keep: () => {
                stage.people.push(id)
            },
        }
    },
    (stage) => {
        const by = stage.person()
        return by === stage.people[0]
            ? act('service_role', 'select content.fold_counts()')
            : { ...act(by, 'select core.erase_person($1)', by), keep: () => stage.goes(by) }
    },
    (stage) => {
        const [survivor, duplicate] = [stage.person(), stage.person()]
        return stage.people.indexOf(duplicate) === 0
            ? act('service_role', 'select content.fold_counts()')
            : act('service_role', 'select core.merge_people($1, $2)', survivor, duplicate)
    },
]

const jobs: Making[] = [
    'content.fold_counts()',
    'content.count_polls()',
    'content.drop_unused_files()',
    'consent.recall_expired()',
    'audit.seal()',
    'audit.finish_erasures()',
].map((call) => () => act('service_role', `select ${call}`))

/** What is looked for when somebody is gone: it stands nowhere else. */
export function nameOf(person: string): string {
    return `Name of ${person.slice(0, 13)}`
}

const often: [Making[], number][] = [
    [works, 6],
    [stories, 5],
    [consents, 6],
    [talk, 4],
    [protocols, 4],
    [uses, 4],
    [polls, 3],
    [belonging, 3],
    [files, 3],
    [words, 2],
    [jobs, 2],
    [lives, 1],
]

export function anyDeed(stage: Stage): Deed {
    const drawn = often.flatMap(([makings, times]) => Array.from({ length: times }, () => makings))
    return stage.random.pick(stage.random.pick(drawn))(stage)
}
