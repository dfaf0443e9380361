// The gate over migration files: each fault is planted in a copy of the package, and seen named by its file.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { line } from '../../scripts/lib/gates/finding.ts'
import { migrationFileFindings } from '../../scripts/lib/gates/migration-files.ts'
import { squawkFindings } from '../../scripts/lib/gates/tools.ts'
import { styleOf } from '../../scripts/lib/sql-style.ts'
import { type PackageCopy, squashedPackage } from '../migrations/package-copy.ts'

const baseline = '000001-foundation.sql'

let sound: PackageCopy
beforeAll(async () => {
    sound = await squashedPackage()
})
afterAll(() => sound.dispose())

function findings(spoil: (copy: PackageCopy) => void): string[] {
    const copy = sound.copy()
    try {
        spoil(copy)
        return migrationFileFindings(copy.root).map(line)
    } finally {
        copy.dispose()
    }
}

describe('migration files', () => {
    test('of the package as it is are in order', () => {
        expect(findings(() => undefined)).toEqual([])
    })

    test('a function that differs from its committed copy is named', () => {
        const found = findings((copy) => copy.append('functions/core/can.sql', '\n-- edited\n'))
        expect(found).toHaveLength(1)
        expect(found[0]).toMatch(/^functions\/core\/can\.sql: differs from its newest committed copy/)
    })

    test('a policy that differs from its committed copy is named', () => {
        const found = findings((copy) => copy.append('policies/core/people.sql', '\n-- edited\n'))
        expect(found).toEqual([expect.stringMatching(/^policies\/core\/people\.sql: differs/)])
    })

    test('a function that current.sql brings along is content', () => {
        const found = findings((copy) => {
            copy.append('functions/core/can.sql', '\n-- edited\n')
            copy.write(
                'migrations/current.sql',
                'set local role empathy_owner;\nset local check_function_bodies = off;\n\n' +
                    '--!include functions/core/can.sql\n\nreset role;\n',
            )
        })
        expect(found).toEqual([])
    })

    test('a table without a migration is named', () => {
        const found = findings((copy) => {
            copy.write('schema/core/orphans.sql', '-- Nobody knows them.\n\ncreate table core.orphans ();\n')
            copy.order('core', 'orphans')
        })
        expect(found).toEqual([expect.stringMatching(/^schema\/core\/orphans\.sql: no migration brings it/)])
    })

    test('a table that is not in the order, and one that is only there, are named', () => {
        const found = findings((copy) => {
            copy.write('schema/core/orphans.sql', '-- Nobody knows them.\n')
            copy.remove('schema/core/settings.sql')
        })
        expect(found).toContainEqual(expect.stringMatching(/^schema\/core\/orphans\.sql: not in the order/))
        expect(found).toContainEqual(expect.stringMatching(/^schema\/core\/settings\.sql: missing/))
    })

    test('a policy file of no table is named', () => {
        const found = findings((copy) => copy.write('policies/core/orphans.sql', '-- Nobody knows them.\n'))
        expect(found).toEqual([expect.stringMatching(/^policies\/core\/orphans\.sql: no such table/)])
    })

    test('a function that is gone, but still comes with a migration, is named', () => {
        const found = findings((copy) => copy.remove('functions/core/can.sql'))
        expect(found).toEqual([expect.stringMatching(/^functions\/core\/can\.sql: is gone/)])
    })

    test('a missing down is named', () => {
        const found = findings((copy) => copy.remove(`migrations/down/${baseline}`))
        expect(found).toEqual([expect.stringMatching(/^migrations\/down\/000001-foundation\.sql: missing/)])
    })

    test('a down of no migration is named', () => {
        const found = findings((copy) => copy.write('migrations/down/000002-nothing.sql', '-- Nothing.\n'))
        expect(found).toEqual([
            expect.stringMatching(/^migrations\/down\/000002-nothing\.sql: no committed migration/),
        ])
    })

    test.each([
        ['was edited', (copy: PackageCopy) => copy.append(`migrations/dbmate/${baseline}`, '-- edited\n')],
        ['is missing', (copy: PackageCopy) => copy.remove(`migrations/dbmate/${baseline}`)],
        [
            'is older than its down',
            (copy: PackageCopy) => copy.append(`migrations/down/${baseline}`, '-- more\n'),
        ],
    ])('a dbmate file that %s is named', (_, spoil) => {
        expect(findings(spoil)).toEqual([
            expect.stringMatching(
                /^migrations\/dbmate\/000001-foundation\.sql: is not what .*empathy migration dbmate/,
            ),
        ])
    })

    test('a committed migration that was edited is named', () => {
        const found = findings((copy) => copy.append(`migrations/committed/${baseline}`, 'select 1;\n'))
        expect(found).toEqual([
            expect.stringMatching(/^migrations\/committed\/000001-foundation\.sql: was edited/),
        ])
    })

    test('a migration that does not work as the owner is named', () => {
        const found = findings((copy) =>
            copy.write('migrations/current.sql', 'alter table core.people add column x text;\n'),
        )
        expect(found).toEqual([expect.stringMatching(/^migrations\/current\.sql: does not begin and end/)])
    })
})

describe('squawk', () => {
    test('names the line of a migration that locks a table for long', async () => {
        const copy = sound.copy()
        try {
            copy.write(
                'migrations/current.sql',
                'set local role empathy_owner;\n\ncreate index people_bio_idx on core.people (bio);\n\nreset role;\n',
            )
            const found = (await squawkFindings(copy.root)).map(line)
            expect(found).toEqual([
                expect.stringMatching(/^migrations\/current\.sql:3: .*require-concurrent-index-creation/),
            ])
        } finally {
            copy.dispose()
        }
    })
})

describe('SQL style', () => {
    const style = (text: string, file = 'schema/core/things.sql'): string[] => styleOf(file, text).map(line)

    test('is content with what reads like the rest', () => {
        expect(
            style(
                "-- Things.\n\ncreate table core.things (\n    id uuid not null,\n    name text not null default 'SELECT',\n" +
                    '    constraint things_pkey primary key (id)\n);\n',
            ),
        ).toEqual([])
    })

    test.each([
        [
            'no opening comment',
            'create table core.things ();\n',
            /things\.sql:1: does not open with a comment/,
        ],
        ['a keyword in capitals', '-- Things.\n\nSELECT 1;\n', /things\.sql:3: SELECT in capitals/],
        ['a tab', '-- Things.\n\tselect 1;\n', /things\.sql:2: has a tab/],
        ['blanks at the end', '-- Things. \n', /things\.sql:1: ends with blanks/],
        ['an odd indent', '-- Things.\nselect\n   1;\n', /things\.sql:3: is indented by 3/],
        ['no line break at the end', '-- Things.', /does not end with one line break/],
        ['a placeholder', '-- Things.\nselect :DATABASE_NAME;\n', /things\.sql:2: holds a placeholder/],
        [
            'a nameless constraint',
            '-- Things.\ncreate table core.things (\n    id uuid primary key\n);\n',
            /:3: constraint without a name/,
        ],
    ])('names %s', (_, text, expected) => {
        expect(style(text)).toEqual([expect.stringMatching(expected)])
    })

    test("asks why a function runs with its owner's rights", () => {
        const found = style(
            '-- F.\ncreate or replace function core.f()\nsecurity definer\n',
            'functions/core/f.sql',
        )
        expect(found).toEqual([
            expect.stringMatching(/^functions\/core\/f\.sql:3: a definer function without a reason/),
        ])
    })
})
