// Access as it is meant, told a second time: by walking the tree of scopes, one question at a time, with nothing kept
// ready. It shares no idea with the SQL but the meaning:
//
//   A membership counts while it is active, inside its period, and its person is not kept from the scope.
//   It gives the permissions of its roles and those allowed to it singly, less those denied to it singly.
//   A permission holds where it was given, and below only if it inherits.
//   Who is banned from a scope, or under a sanction of access, is kept from it and from everything below.
//   An API key acts for its person with less: inside its scope, with its permissions, while it is live; and it is a
//   member only of what its scope contains.

import type { Facts } from '../facts.ts'
import { contains, instant } from '../time.ts'
import type { Viewer } from '../viewer.ts'
import type { Id } from '../world.ts'
import type {
    ApiKey,
    ApiKeyPermission,
    Identity,
    Membership,
    MembershipPermission,
    MembershipRole,
    Permission,
    Person,
    RolePermission,
    RoleRow,
    Sanction,
    Scope,
} from './rows.ts'

export class Access {
    readonly facts: Facts
    readonly scopes: ReadonlyMap<Id, Scope>
    readonly people: ReadonlyMap<Id, Person>
    readonly permissions: ReadonlyMap<string, Permission>
    readonly #roles: ReadonlyMap<Id, RoleRow>
    readonly #carried: ReadonlyMap<Id, ReadonlySet<string>>

    constructor(facts: Facts) {
        this.facts = facts
        this.scopes = byId(facts.rows<Scope>('core.scopes'))
        this.people = byId(facts.rows<Person>('core.people'))
        this.#roles = byId(facts.rows<RoleRow>('core.roles'))
        this.permissions = new Map(facts.rows<Permission>('core.permissions').map((row) => [row.key, row]))
        const carried = Map.groupBy(facts.rows<RolePermission>('core.role_permissions'), (row) => row.role_id)
        this.#carried = new Map(
            [...carried].map(([role, rows]) => [role, new Set(rows.map(({ permission }) => permission))]),
        )
    }

    asker(viewer: Viewer): Asker {
        return new Asker(this, viewer)
    }

    scope(id: Id): Scope {
        const scope = this.scopes.get(id)
        if (!scope) throw new Error(`there is no scope ${id}`)
        return scope
    }

    /** The scope itself and everything it stands in, up to the organization. */
    upwards(id: Id): Scope[] {
        const scope = this.scope(id)
        return scope.parent_id === null ? [scope] : [scope, ...this.upwards(scope.parent_id)]
    }

    isWithin(id: Id, outer: Id): boolean {
        return this.upwards(id).some((scope) => scope.id === outer)
    }

    /** A place's project or, where it stands straight in the organization, that; of anything else, itself. */
    projectOf(id: Id): Id {
        const scope = this.scope(id)
        return scope.level === 2 && scope.parent_id !== null ? scope.parent_id : scope.id
    }

    rolesOf(membership: Membership): RoleRow[] {
        return this.facts
            .rows<MembershipRole>('core.membership_roles')
            .filter((held) => held.membership_id === membership.id && held.revoked_at === null)
            .flatMap((held) => this.#roles.get(held.role_id) ?? [])
    }

    single(membership: Membership): MembershipPermission[] {
        return this.facts
            .rows<MembershipPermission>('core.membership_permissions')
            .filter((single) => single.membership_id === membership.id)
    }

    /** Active and inside its period. */
    counts({ status, valid_during }: Membership): boolean {
        return status === 'active' && contains(valid_during, this.facts.now)
    }

    gives(membership: Membership, permission: string): boolean {
        const single = this.single(membership).find((row) => row.permission === permission)
        if (single) return single.effect === 'allow'
        return this.rolesOf(membership).some((role) => this.#carried.get(role.id)?.has(permission))
    }
}

/** One viewer, to whom all questions of access can be put. */
export class Asker {
    readonly viewer: Viewer
    /** The person who is asking, if anybody is. */
    readonly me: Id | undefined
    /** Those whom they act for. */
    readonly people: ReadonlySet<Id>
    readonly access: Access
    readonly #memberships: Membership[]
    readonly #sanctions: Sanction[]
    /** The key that asks, if it is live. */
    readonly #key: ApiKey | undefined
    readonly #keyPermissions: ReadonlySet<string>
    readonly #answers = new Map<string, boolean>()

    constructor(access: Access, viewer: Viewer) {
        const { facts } = access
        this.access = access
        this.viewer = viewer
        this.me = personBehind(access, viewer)
        this.people = peopleOf(access, this.me, viewer)
        this.#memberships = facts
            .rows<Membership>('core.memberships')
            .filter((membership) => membership.person_id === this.me)
        this.#sanctions = facts
            .rows<Sanction>('core.sanctions')
            .filter((sanction) => sanction.person_id === this.me)
        this.#key = facts
            .rows<ApiKey>('core.api_keys')
            .find(
                (key) =>
                    key.id === viewer.claims.api_key &&
                    key.revoked_at === null &&
                    instant(key.expires_at) > facts.now,
            )
        this.#keyPermissions = new Set(
            facts
                .rows<ApiKeyPermission>('core.api_key_permissions')
                .filter((row) => row.api_key_id === this.#key?.id)
                .map(({ permission }) => permission),
        )
    }

    /** They come with a key that is not live, by which no server lets anybody in. */
    get isLockedOut(): boolean {
        return this.viewer.claims.api_key !== undefined && this.#key === undefined
    }

    /** Kept from a scope, by a ban or a sanction there or above. */
    isBarred(scope: Id, capability = 'access'): boolean {
        return this.#once(`barred ${scope} ${capability}`, () =>
            this.access
                .upwards(scope)
                .some(
                    ({ id }) =>
                        this.#memberships.some((m) => m.scope_id === id && m.status === 'banned') ||
                        this.#sanctions.some(
                            (sanction) =>
                                sanction.scope_id === id &&
                                sanction.lifted_at === null &&
                                contains(sanction.during, this.access.facts.now) &&
                                ['access', capability].includes(sanction.capability),
                        ),
                ),
        )
    }

    /** Inside what the key is for; without a key, everywhere. */
    isInReach(scope: Id): boolean {
        if (this.viewer.claims.api_key === undefined) return true
        return this.#key !== undefined && this.access.isWithin(scope, this.#key.scope_id)
    }

    belongsTo(scope: Id): boolean {
        return this.isInReach(scope) && this.#counting(scope).length > 0
    }

    /** Belongs to this scope, or to something that stands in it. */
    belongsWithin(outer: Id): boolean {
        return (
            this.isInReach(outer) &&
            [...this.access.scopes.keys()].some(
                (scope) => this.access.isWithin(scope, outer) && this.belongsTo(scope),
            )
        )
    }

    /** Holds a permission at a scope, whether or not they are kept from it. */
    holds(permission: string, scope: Id): boolean {
        return this.#once(`holds ${permission} ${scope}`, () => {
            if (!this.isInReach(scope)) return false
            if (this.viewer.claims.api_key !== undefined && !this.#keyPermissions.has(permission))
                return false
            const inherits = this.access.permissions.get(permission)?.inherits
            return this.access
                .upwards(scope)
                .some(
                    ({ id }) =>
                        (id === scope || inherits) &&
                        this.#counting(id).some((membership) => this.access.gives(membership, permission)),
                )
        })
    }

    can(permission: string, scope: Id): boolean {
        return !this.isBarred(scope) && this.holds(permission, scope)
    }

    /** The one who looks, for explanations: what they belong to and hold, what keeps them, what their key may. */
    tell(): string {
        const { names } = this.access.facts
        const name = (id: Id) => names.get(id) ?? id
        const memberships = this.#memberships.map((membership) => {
            const roles = this.access.rolesOf(membership).map(({ key }) => key)
            const single = this.access.single(membership).map((row) => `${row.effect} ${row.permission}`)
            return `${membership.status} in ${name(membership.scope_id)} ${membership.valid_during} [${[...roles, ...single].join(', ')}]`
        })
        const sanctions = this.#sanctions.map(
            (row) =>
                `${row.lifted_at ? 'lifted ' : ''}sanction ${row.capability} in ${name(row.scope_id)} ${row.during}`,
        )
        const key = this.#key
            ? [`key for ${name(this.#key.scope_id)} [${[...this.#keyPermissions].join(', ')}]`]
            : this.viewer.claims.api_key
              ? ['a key that is dead']
              : []
        const person = this.me === undefined ? ['nobody'] : []
        return [...person, ...memberships, ...sanctions, ...key].join('; ')
    }

    #counting(scope: Id): Membership[] {
        if (this.isBarred(scope)) return []
        return this.#memberships.filter(
            (membership) => membership.scope_id === scope && this.access.counts(membership),
        )
    }

    #once(question: string, answer: () => boolean): boolean {
        const known = this.#answers.get(question)
        if (known !== undefined) return known
        const found = answer()
        this.#answers.set(question, found)
        return found
    }
}

/** The token names a person, or a login that leads to one. What was merged speaks as who it was merged into. */
function personBehind({ facts, people }: Access, { claims }: Viewer): Id | undefined {
    const login = facts
        .rows<Identity>('core.identities')
        .find(({ issuer, subject }) => issuer === claims.iss && subject === claims.sub)
    const person = people.get(claims.person ?? login?.person_id ?? '')
    if (!person || person.erased_at !== null) return undefined
    return person.merged_into ?? person.id
}

/** Themselves, also as the rows that turned out to be them, and their wards; but only in person: a key acts in a scope, not in a life. */
function peopleOf({ people }: Access, me: Id | undefined, { claims }: Viewer): Set<Id> {
    if (me === undefined || claims.api_key !== undefined) return new Set()
    const mine = [...people.values()].filter(
        (person) =>
            person.erased_at === null && [person.id, person.merged_into, person.guardian_id].includes(me),
    )
    return new Set(mine.map(({ id }) => id))
}

function byId<T extends { id: Id }>(rows: readonly T[]): Map<Id, T> {
    return new Map(rows.map((row) => [row.id, row]))
}
