// What hangs on scopes and people besides memberships: sanctions and appeals, invitations, API keys, settings.

import { day, second, type World } from '../../world.ts'
import { type Cast, type Place, period, somebodyAt } from './cast.ts'

export function addSanctions(world: World, cast: Cast): void {
    const { places, people } = cast
    for (const place of places) {
        const sanctioned = Array.from({ length: world.random.between(0, 2) }, () =>
            somebodyAt(world, cast, place),
        )
        for (const person of new Set(sanctioned)) {
            const id = world.name(`a sanction in ${place.name}`)
            const imposer = world.random.pick(people.filter((other) => other !== person))
            world.add('core.sanctions', {
                tenant_id: place.tenant,
                id,
                scope_id: place.id,
                person_id: person,
                capability: world.random.pick(['access', 'access', 'invite']),
                during: period(world),
                reason: 'a quarrel',
                imposed_by: imposer,
                lifted_at: world.random.chance(0.2) ? world.at(-second) : null,
            })
            if (world.random.chance(0.5)) {
                world.add('core.sanction_appeals', {
                    tenant_id: place.tenant,
                    id: world.name('an appeal'),
                    sanction_id: id,
                    person_id: person,
                    imposed_by: imposer,
                    statement: 'it was not so',
                })
            }
        }
    }
}

export function addInvitations(world: World, { places, people, roles }: Cast): void {
    for (const place of world.random.some(places, 0.5)) {
        const id = world.name(`an invitation into ${place.name}`)
        world.add('core.invitations', {
            tenant_id: place.tenant,
            id,
            scope_id: place.id,
            token_hash: `\\x${world.random.uuid().replaceAll('-', '')}`,
            created_by: world.random.pick(people),
            created_at: world.at(-2 * day),
            expires_at: world.at(world.random.pick([-day, day])),
            revoked_at: world.random.chance(0.2) ? world.at(-day) : null,
        })
        const fitting = roles.filter(
            (role) => role.tenant_id === place.tenant && role.levels.includes(place.level),
        )
        for (const role of world.random.sample(fitting, world.random.between(0, 2))) {
            world.add('core.invitation_roles', {
                tenant_id: place.tenant,
                invitation_id: id,
                role_id: role.id,
            })
        }
    }
}

export function addApiKeys(world: World, cast: Cast): void {
    const { places, permissions } = cast
    for (const place of world.random.some(places, 0.7)) {
        const label = `a key for ${place.name}`
        const id = world.name(label)
        world.add('core.api_keys', {
            id,
            key_hash: `\\x${world.random.uuid().replaceAll('-', '')}`,
            tenant_id: place.tenant,
            scope_id: place.id,
            person_id: somebodyAt(world, cast, place),
            name: label,
            channel: world.random.pick([null, 'radio']),
            created_at: world.at(-2 * day),
            expires_at: world.at(world.random.pick([day, day, day, second, 0, -second])),
            revoked_at: world.random.chance(0.2) ? world.at(-second) : null,
        })
        for (const { key: permission } of world.random.some(permissions, 0.6)) {
            world.add('core.api_key_permissions', { api_key_id: id, permission })
        }
    }
}

export function addSettings(world: World, { places }: Cast): void {
    for (const { tenant, id } of world.random.some(places, 0.5)) {
        world.add('core.settings', {
            tenant_id: tenant,
            scope_id: id,
            key: 'members.may_request',
            value: false,
        })
    }
    for (const { tenant, id } of world.random.some(places, 0.5)) {
        world.add('core.feature_flags', { tenant_id: tenant, scope_id: id, module: 'core', enabled: true })
    }
}

/** Limits that nothing in such a world comes near. */
export function addQuotas(world: World, places: Place[]): void {
    for (const { tenant, id } of world.random.some(places, 0.5)) {
        world.add('core.quotas', {
            tenant_id: tenant,
            scope_id: id,
            resource: 'seats',
            amount: 1000,
            strict: world.random.chance(0.5),
        })
    }
}

/** Rows of tables that nobody reads: that they stay unseen is only told where there are some. */
export function addUnreadable(world: World): void {
    world.add('core.instance_keys', { purpose: 'blind_index', wrapped_key: '\\x00', kek_id: 'none' })
    world.add('core.rate_counters', { bucket: 'a key', minute: '2001-01-01T00:00:00Z', hits: 1 })
}
