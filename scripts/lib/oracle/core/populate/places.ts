// Organizations and what stands in them: projects, places in projects, places straight in the organization.

import { day, type Id, type World } from '../../world.ts'
import type { Place } from './cast.ts'
import { addLook } from './people.ts'

const visibilities = ['private', 'private', 'organization', 'public'] as const

export function addPlaces(world: World, people: Id[]): Place[] {
    const places: Place[] = []
    for (let n = 1; n <= world.random.between(2, 3); n += 1) {
        const root = addOrganization(world, `o${n}`, people)
        places.push(root)
        for (let p = 1; p <= world.random.between(1, 2); p += 1) {
            const project = addScope(world, root, 1, `${root.name}-p${p}`)
            places.push(project)
            addProject(world, project)
            for (let c = 1; c <= world.random.between(0, 2); c += 1) {
                places.push(addScope(world, project, 2, `${project.name}-c${c}`))
            }
        }
        for (let c = 1; c <= world.random.between(0, 1); c += 1) {
            places.push(addScope(world, root, 2, `${root.name}-c${c}`))
        }
    }
    return places
}

/** The root scopes come with their organizations; how visible they are is said afterwards. */
export function visibilityOfRoots(world: World, places: Place[]): { id: Id; visibility: string }[] {
    return places
        .filter(({ level }) => level === 0)
        .map(({ id }) => ({ id, visibility: world.random.pick(visibilities) }))
}

function addOrganization(world: World, name: string, people: Id[]): Place {
    const id = world.name(name)
    world.add('core.organizations', {
        id,
        slug: name,
        name,
        status: world.random.pick(['active', 'active', 'suspended', 'closed']),
    })
    if (world.random.chance(0.6)) {
        const paper = world.name(`a verification of ${name}`)
        world.add('core.verifications', {
            id: paper,
            kind: 'kyb',
            organization_id: id,
            document_type: 'tax_id',
        })
        addLook(world, paper, world.random.pick(people))
    }
    return { tenant: id, id, level: 0, project: id, name, members: [] }
}

function addScope(world: World, parent: Place, level: 1 | 2, name: string): Place {
    const id = world.name(name)
    world.add('core.scopes', {
        tenant_id: parent.tenant,
        id,
        kind: level === 1 ? 'project' : 'community',
        level,
        parent_id: parent.id,
        parent_level: parent.level,
        slug: name,
        name,
        description: 'Somewhere.',
        visibility: world.random.pick(visibilities),
        archived_at: world.random.chance(0.1) ? world.at(-day) : null,
    })
    return { tenant: parent.tenant, id, level, project: level === 1 ? id : parent.id, name, members: [] }
}

function addProject(world: World, { tenant, id, name }: Place): void {
    world.add('core.projects', { tenant_id: tenant, id })
    world.add('core.project_themes', { tenant_id: tenant, project_id: id, token: 'colour', value: 'blue' })
    for (const host of world.random.some([`${name}.example`, `www.${name}.example`], 0.6)) {
        world.add('core.project_domains', {
            host,
            tenant_id: tenant,
            project_id: id,
            verified_at: world.random.chance(0.5) ? world.at(-day) : null,
        })
    }
}
