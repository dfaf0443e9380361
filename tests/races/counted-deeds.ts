// What people and servers do in tests/races/insights.test.ts: each deed is one statement, made up by chance of what
// there is. Much of it is refused, as it is where people do what they may not.

import type { Random } from '../../scripts/lib/oracle/random.ts'

export interface Deed {
    /** Which deed, for whoever looks at what came of it. */
    what: string
    /** A person's id, or service_role, or none for whoever owns the database. */
    by: string
    /** In whose name, where whoever owns the database speaks. */
    as?: string
    statement: string
    parameters: unknown[]
    keep?: (answer: string) => void
}

interface Work {
    id: string
    by: string
    place: string
    isStory: boolean
}

interface Organization {
    id: string
    owner: string
    /** Projects and places, of which any may be told in. */
    places: string[]
    /** Under which stories are analysed. */
    agreement: string
}

type Missing = 'consent' | 'publication'

const day = 86_400_000

/** What there is, as far as those who act know of it. */
export class Stage {
    readonly random: Random
    readonly organizations: Organization[]
    readonly people: string[]
    readonly works: Work[] = []
    readonly runs: string[] = []
    readonly events: string[] = []
    /** What works were counted for, and lack by now. */
    readonly #missing: Record<Missing, Work[]> = { consent: [], publication: [] }
    /** The month that is released next. */
    #month: Date

    constructor(random: Random, organizations: Organization[], people: string[], firstMonth: Date) {
        this.random = random
        this.organizations = organizations
        this.people = people
        this.#month = firstMonth
    }

    organization(): Organization {
        // Most happens in the first.
        return this.random.chance(0.8)
            ? (this.organizations[0] as Organization)
            : this.random.pick(this.organizations)
    }

    person(): string {
        return this.random.pick(this.people)
    }

    /** Often one of the newest, so that several meet at it; or any, so that what was released is met. */
    work(): Work {
        return this.random.pick(this.random.chance(0.5) ? this.works.slice(-15) : this.works)
    }

    misses(what: Missing, work: Work): void {
        this.#missing[what].push(work)
    }

    /** Given again soon, and once. */
    missed(what: Missing): Work {
        const works = this.#missing[what]
        return works.length === 0 ? this.work() : (works.pop() as Work)
    }

    story(): Work {
        const stories = this.works.filter(({ isStory }) => isStory)
        return this.random.pick(this.random.chance(0.7) ? stories.slice(-25) : stories)
    }

    /** A month that is not released yet, or was just now; by its first day. */
    month(ahead = this.random.between(-2, 2)): string {
        const { year, month } = { year: this.#month.getUTCFullYear(), month: this.#month.getUTCMonth() }
        return new Date(Date.UTC(year, month + ahead)).toISOString().slice(0, 10)
    }

    nextMonth(): string {
        const month = this.month(0)
        this.#month = new Date(`${this.month(1)}T00:00:00Z`)
        return month
    }

    /** An instant in a month that is about to be released, or was; never one to come. */
    past(): Date {
        const instant = Date.parse(this.month()) + this.random.between(0, 27 * day)
        return new Date(Math.min(instant, Date.now() - this.random.between(1, 40 * day)))
    }

    begin(by: string, place: string, isStory: boolean): (id: string) => void {
        return (id) => {
            this.works.push({ id, by, place, isStory })
        }
    }

    /** Whoever is gone does little more, though what they try they may. */
    goes(person: string): void {
        const at = this.people.indexOf(person)
        if (at >= 0 && this.random.chance(0.9)) this.people.splice(at, 1)
    }
}

type Making = (stage: Stage) => Omit<Deed, 'what'>

const act = (by: string, statement: string, ...parameters: unknown[]): Omit<Deed, 'what'> => ({
    by,
    statement,
    parameters,
})

/** Whose it is, most of the time. */
const mostly = (stage: Stage, { by }: Work): string => (stage.random.chance(0.9) ? by : stage.person())

/** A consent: for good, for a moment, for later, or for a moment later. */
const give = (stage: Stage, work: Work, purpose: string) => {
    const { random } = stage
    const begins = random.chance(0.2) ? random.between(1, 15) / 10 : null
    const lasts = random.chance(0.25) ? random.between(3, 30) / 10 : null
    return act(
        mostly(stage, work),
        `select consent.give_consent(
            $1, $2, begins => clock_timestamp() + make_interval(secs => $3),
            until => clock_timestamp() + make_interval(secs => $4)
        )`,
        work.id,
        purpose,
        begins,
        lasts && lasts + (begins ?? 0),
    )
}

const told = (stage: Stage, isStory: boolean) => {
    const { places } = stage.organization()
    const [by, place] = [stage.person(), stage.random.pick(places)]
    return {
        ...act(
            by,
            `select w.id
            from (
                select ${isStory ? 'stories.create_story' : 'content.create_note'}(
                    $1, 'Told', '{}', visibility => 'community'
                ) as id
                offset 0
            ) w
            cross join lateral (select content.transition(w.id, 'published') offset 0) moved
            cross join lateral (
                select array_agg(consent.give_consent(w.id, purpose)::text)
                from unnest('{insight,community_sharing,ai_analysis}'::text[]) purpose
                where w.id is not null and purpose = any ($2)
            ) given`,
            place,
            stage.random.chance(0.9)
                ? ['insight', 'community_sharing', 'ai_analysis']
                : ['community_sharing'],
        ),
        keep: stage.begin(by, place, isStory),
    }
}

/** As an import does it, that knows when what happened: nobody can consent for what is past. */
const imported = (stage: Stage) => {
    const { places } = stage.organization()
    const [by, place] = [stage.person(), stage.random.pick(places)]
    const since = stage.past()
    return {
        ...act('none', 'select races.import($1, $2, $3, $4)', place, by, since, [
            since,
            stage.random.chance(0.2) ? new Date(Date.now() + stage.random.between(-1_000, 3_000)) : null,
        ]),
        as: by,
        keep: stage.begin(by, place, false),
    }
}

const makings: Record<string, [times: number, making: Making]> = {
    'tell a note': [14, (stage) => told(stage, false)],
    'tell a story': [10, (stage) => told(stage, true)],
    import: [8, imported],
    'say for the past': [
        4,
        (stage) => {
            const work = stage.work()
            return {
                ...act(
                    'none',
                    'select races.backdate($1, $2, $3)',
                    work.id,
                    stage.random.pick(['given', 'given', 'withdrawn']),
                    stage.past(),
                ),
                as: work.by,
            }
        },
    ],
    give: [10, (stage) => give(stage, stage.work(), 'insight')],
    'give for something else': [
        4,
        (stage) =>
            give(stage, stage.work(), stage.random.pick(['community_sharing', 'ai_analysis', 'research'])),
    ],
    refuse: [2, (stage) => consented(stage, 'refuse', 'insight')],
    withdraw: [5, (stage) => consented(stage, 'withdraw', 'insight')],
    'withdraw what machines make': [3, (stage) => consented(stage, 'withdraw', 'ai_analysis')],
    'withdraw all': [2, (stage) => consented(stage, 'withdraw', null)],
    'give again': [
        8,
        (stage) => {
            const work = stage.missed('consent')
            return act(work.by, `select consent.give_consent($1, 'insight')`, work.id)
        },
    ],
    'take away': [
        5,
        (stage) => {
            const work = stage.work()
            return {
                ...act(
                    mostly(stage, work),
                    'select content.transition($1, $2)',
                    work.id,
                    stage.random.pick(['withdrawn', 'archived']),
                ),
                keep: () => stage.misses('publication', work),
            }
        },
    ],
    'publish again': [
        5,
        (stage) => {
            const work = stage.missed('publication')
            return act(
                work.by,
                `select content.transition($1, to_state)
                from unnest('{draft,published}'::content.work_state[]) to_state`,
                work.id,
            )
        },
    ],
    revise: [
        4,
        (stage) => {
            const work = stage.work()
            return act(
                mostly(stage, work),
                `select content.revise_work($1, '{"text": "More"}', 'More', minor => $2)`,
                work.id,
                stage.random.chance(0.3),
            )
        },
    ],
    'ask somebody else': [
        2,
        (stage) => {
            const work = stage.work()
            return act(
                mostly(stage, work),
                `select consent.add_party($1, $2, 'co_teller')`,
                work.id,
                stage.person(),
            )
        },
    ],
    'answer who asks': [
        4,
        (stage) =>
            act(
                'none',
                `select races.answer((
                    select array_agg(p.id)
                    from consent.consent_parties p
                    where p.capacity = 'co_teller' and p.work_id = $1
                ))`,
                stage.work().id,
            ),
    ],
    'begin a run': [
        3,
        (stage) => ({
            ...act(
                'service_role',
                `select consent.begin_run($1, 'ai_analysis', 'A model')`,
                stage.organization().agreement,
            ),
            keep: (id) => {
                stage.runs.push(id)
            },
        }),
    ],
    analyse: [
        10,
        (stage) =>
            act(
                'service_role',
                `select stories.record_analysis($1, h.work_id, 'themes', $3)
                from (select * from consent.hand_out($1, $2) offset 0) h`,
                stage.random.pick(stage.runs.slice(-4)),
                Array.from({ length: stage.random.pick([1, 1, 1, 3]) }, () => stage.story().id),
                themes(stage),
            ),
    ],
    'analyse again': [
        4,
        (stage) =>
            act(
                'service_role',
                `select stories.record_analysis($1, $2, 'themes', $3)`,
                stage.random.pick(stage.runs.slice(-4)),
                stage.story().id,
                themes(stage),
            ),
    ],
    'write down what came in': [
        8,
        (stage) => {
            const at = stage.month(stage.random.between(-1, 1))
            return {
                ...act(
                    'service_role',
                    `select value.record_event('gift', 'CAD', $2, work_id => $1, occurred_on => $3)`,
                    stage.work().id,
                    stage.random.between(1, 1_000),
                    at.replace(/..$/, String(stage.random.between(10, 28))),
                ),
                keep: (id) => {
                    stage.events.push(id)
                },
            }
        },
    ],
    'take back what came in': [
        1,
        (stage) =>
            act(
                'service_role',
                'select value.take_back_event($1)',
                stage.random.pick(stage.events.slice(-9)),
            ),
    ],
    react: [3, (stage) => act(stage.person(), `select content.react('heart', $1)`, stage.work().id)],
    comment: [
        3,
        (stage) => act(stage.person(), `select content.add_comment($1, 'So it was.')`, stage.work().id),
    ],
    read: [3, (stage) => act(stage.person(), 'select content.record_view($1)', stage.work().id)],
    fold: [1, () => act('service_role', 'select content.fold_counts()')],
    'recall what is over': [1, () => act('service_role', 'select consent.recall_expired()')],
    erase: [
        2,
        (stage) => {
            const by = stage.person()
            return {
                ...act(by, 'select core.erase_person($1)', by),
                keep: () => stage.goes(by),
            }
        },
    ],
    merge: [
        2,
        (stage) => {
            const [duplicate, survivor] = [stage.person(), stage.person()]
            return {
                ...act('service_role', 'select core.merge_people($1, $2)', duplicate, survivor),
                keep: () => {
                    // Their works are spoken for by who they turned out to be.
                    for (const work of stage.works) if (work.by === duplicate) work.by = survivor
                    stage.goes(duplicate)
                },
            }
        },
    ],
    arrive: [
        4,
        (stage) => {
            const id = stage.random.uuid()
            return {
                ...act('none', 'select races.arrive($1)', id),
                keep: () => {
                    stage.people.push(id)
                },
            }
        },
    ],
    'ask for more': [
        2,
        (stage) => {
            const { id, owner, places } = stage.organization()
            return act(
                owner,
                `select core.set_setting($1, 'insights.smallest_group', $2)`,
                stage.random.pick([id, ...places, ...places]),
                stage.random.pick([null, null, '3', '3', '4', '5']),
            )
        },
    ],
    'want none': [
        1,
        (stage) => {
            const { id, owner, places } = stage.organization()
            const place = stage.random.pick([id, ...places, ...places, ...places])
            return act(
                owner,
                `select core.set_module($1, 'insights', $2)`,
                place,
                stage.random.chance(0.3) ? false : place === id ? true : null,
            )
        },
    ],
    release: [
        2,
        (stage) =>
            act(
                'none',
                'select races.release($1)',
                // Twice the same, now and then: one of them has nothing to do.
                stage.random.chance(0.8) ? stage.nextMonth() : stage.month(-1),
            ),
    ],
}

function consented(stage: Stage, how: string, purpose: string | null) {
    const work = purpose === 'ai_analysis' ? stage.story() : stage.work()
    return {
        ...act(mostly(stage, work), `select consent.${how}_consent($1, $2)`, work.id, purpose),
        keep: () => {
            if (purpose !== 'ai_analysis') stage.misses('consent', work)
        },
    }
}

function themes(stage: Stage): string {
    const first = stage.random.pick(['ice', 'ice', 'ice', 'River ', 'river', 'boats', 7, null])
    return JSON.stringify(stage.random.chance(0.5) ? [first, 'winter'] : { themes: [first] })
}

const drawn = Object.entries(makings).flatMap(([what, [times]]) => Array.from({ length: times }, () => what))

export function anyDeed(stage: Stage): Deed {
    return aDeed(stage, stage.random.pick(drawn))
}

export function aDeed(stage: Stage, what: string): Deed {
    const making = makings[what]?.[1]
    if (!making) throw new Error(`nobody does this: ${what}`)
    return { what, ...making(stage) }
}

/** What the deeds need: what an import does past all functions, and releases of months to come. */
export const backstage = `
    create schema races;

    -- The very function, but for months that are not over.
    do $do$
    begin
        execute replace(
            replace(
                pg_get_functiondef('insights.release(date)'::regprocedure), 'FUNCTION insights.release', 'FUNCTION races.release'
            ),
            'through > last_over or', ''
        );
    end
    $do$;

    create function races.arrive(arriving uuid)
    returns uuid
    language plpgsql
    as $$
    begin
        insert into core.people (id, display_name) values (arriving, 'Person');
        perform core._join(
            s.id, arriving, array[case s.level when 0 then 'member' when 1 then 'member' else 'community_member' end]
        )
        from core.scopes s
        order by s.id;
        return arriving;
    end
    $$;

    -- A work that was published elsewhere, with a consent to its being counted that was given there.
    create function races.import(place uuid, teller uuid, since timestamptz, during timestamptz[])
    returns uuid
    language plpgsql
    as $$
    declare
        imported constant uuid := content.create_note(place, 'Imported', '{}', visibility => 'community');
        tenant uuid;
    begin
        perform set_config('session_replication_role', 'replica', true);
        insert into content.work_transitions (
            tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, moved_at
        )
        select w.tenant_id, w.id, 2, 'draft', 'published', 'owner', w.owner_id, w.owner_id, since
        from content.works w
        where w.id = imported;
        update content.works w set state = 'published', moves = 2 where w.id = imported returning w.tenant_id into tenant;
        insert into consent.consents (
            tenant_id, work_id, party_id, purpose, decision, during, through_version, recorded_by, recorded_at
        )
        select p.tenant_id, p.work_id, p.id, 'insight', 'given', tstzrange(during[1], during[2]), 1, teller, since
        from consent.consent_parties p
        where p.work_id = imported;
        perform set_config('session_replication_role', 'origin', true);
        perform consent._recompute(tenant, array[imported]);
        return imported;
    end
    $$;

    -- It turns out that a teller had decided long ago.
    create function races.backdate(work uuid, decision consent.decision, since timestamptz)
    returns void
    language plpgsql
    as $$
    declare
        party consent.consent_parties;
        version integer;
    begin
        perform core._require_person();
        select w.current_version into version from content.works w where w.id = work for no key update;
        select p.* into party from consent.consent_parties p where p.work_id = work and p.capacity = 'teller';
        perform set_config('session_replication_role', 'replica', true);
        update consent.consents c
        set during = case
            when lower(c.during) >= since then 'empty'::tstzrange else tstzrange(lower(c.during), since)
        end
        where c.party_id = party.id and c.purpose = 'insight' and c.channel is null
            and c.during && tstzrange(since, null);
        insert into consent.consents (
            tenant_id, work_id, party_id, purpose, decision, during, through_version, recorded_by
        )
        values (
            party.tenant_id, work, party.id, 'insight', backdate.decision, tstzrange(since, null),
            case backdate.decision when 'given' then version end, core.me()
        );
        perform set_config('session_replication_role', 'origin', true);
        perform consent._recompute(party.tenant_id, array[work]);
    end
    $$;

    -- Those who were asked say yes, each in their own name.
    create function races.answer(parties uuid[])
    returns void
    language plpgsql
    as $$
    declare
        asked record;
    begin
        for asked in
            select p.work_id, coalesce(e.merged_into, e.id) as person_id
            from consent.consent_parties p
            join core.people e on e.id = p.person_id
            where p.id = any (parties)
            order by p.work_id, p.id
        loop
            perform set_config('request.jwt.claims', json_build_object('person', asked.person_id)::text, true);
            perform consent.give_consent(asked.work_id, 'insight', person_id => null);
        end loop;
    end
    $$;

    -- What becomes of groups, and in which transactions there were releases.
    create table races.comebacks (group_id uuid, transaction xid8);
    create table races.releases (transaction xid8);
    create function races.watch()
    returns trigger
    language plpgsql
    security definer
    as $$
    begin
        if tg_table_name = 'releases' then
            insert into races.releases (transaction) values (pg_current_xact_id());
        else
            insert into races.comebacks (group_id, transaction) values (new.id, pg_current_xact_id());
        end if;
        return null;
    end
    $$;
    create trigger _999_watch after insert on insights.releases for each row execute function races.watch();
    create trigger _999_watch after update of withheld_at on insights.groups
    for each row when (old.withheld_at is not null and new.withheld_at is null) execute function races.watch();
`
