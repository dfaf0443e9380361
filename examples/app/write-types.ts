// Writes graphql-env.d.ts, by which the documents are typed, from schema.graphql: after every change of the schema.
// With TypeScript 5 or 6, `npx gql.tada generate-output` does the same; it does not run with 7 yet.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal'
import { buildSchema, introspectionFromSchema } from 'graphql'

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'))
const types = outputIntrospectionFile(minifyIntrospection(introspectionFromSchema(schema)), {
    fileType: '.d.ts',
    shouldPreprocess: true,
})
writeFileSync(join(import.meta.dirname, 'graphql-env.d.ts'), types)
