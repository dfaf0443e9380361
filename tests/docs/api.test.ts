// What docs/api.md shows can be asked: each of its queries is one of this schema.

import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { inPackage } from '../../scripts/lib/paths.ts'

const schema = buildSchema(readFileSync(inPackage('schema.graphql'), 'utf8'))
const shown = [...readFileSync(inPackage('docs/api.md'), 'utf8').matchAll(/^```graphql\n(.*?)^```$/gms)].map(
    ([, query = '']) => query,
)

test('there are some', () => {
    expect(shown.length).toBeGreaterThan(1)
})

test.each(shown)('%s', (query) => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([])
})
