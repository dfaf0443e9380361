// Whoever reads the schema is told what everything in it is, and told something.

import { readFileSync } from 'node:fs'
import {
    buildSchema,
    type GraphQLNamedType,
    isEnumType,
    isInputObjectType,
    isInterfaceType,
    isIntrospectionType,
    isObjectType,
} from 'graphql'
import { expect, test } from 'vitest'
import { inPackage } from '../../scripts/lib/paths.ts'

interface Told {
    name: string
    says: string | null | undefined
}

const schema = buildSchema(readFileSync(inPackage('schema.graphql'), 'utf8'))
const everything = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .flatMap((type) => [{ name: type.name, says: type.description }, ...partsOf(type)])

function partsOf(type: GraphQLNamedType): Told[] {
    const told = (name: string, says: Told['says']) => ({ name: `${type.name}.${name}`, says })
    if (isEnumType(type)) return type.getValues().map(({ name, description }) => told(name, description))
    if (isInputObjectType(type)) {
        return Object.values(type.getFields()).map(({ name, description }) => told(name, description))
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields()).flatMap((field) => [
        told(field.name, field.description),
        ...field.args.map((argument) => told(`${field.name}(${argument.name})`, argument.description)),
    ])
}

test('every type, field, argument and value is described', () => {
    expect(everything.length).toBeGreaterThan(5000)
    expect(everything.filter(({ says }) => !says?.trim()).map(({ name }) => name)).toEqual([])
})

test('by what it is, not by how it was made', () => {
    const empty = /^(Reads (a|and)|Get a single|The root|Our root|undefined)/
    expect(everything.filter(({ says }) => empty.test(says ?? ''))).toEqual([])
})

test('what a comment says of parts is told by these parts alone', () => {
    expect(everything.filter(({ says }) => /\n\w+: /.test(says ?? '')).map(({ name }) => name)).toEqual([])
})

test('what leads somewhere is told by the column that leads there', () => {
    const said = new Map(everything.map(({ name, says }) => [name, says]))
    expect(said.get('Comment.author')).toBe(said.get('Comment.authorId'))
    expect(said.get('Query.work(id)')).toBe(said.get('Work.id'))
    expect(said.get('CreateStoryInput.recordedOn')).toBe(said.get('Story.recordedOn'))
    expect(said.get('WorkState.withdrawn')).toBe('It was taken back from everybody.')
})
