// Cutting SQL into statements, wherever a semicolon can hide.

import { expect, test } from 'vitest'
import { splitStatements } from '../../scripts/lib/statements.ts'

const texts = (sql: string): string[] => splitStatements(sql).map(({ text }) => text)

test('each statement knows the line on which it begins', () => {
    expect(splitStatements('select 1;\n\n-- why\nselect\n    2;\nselect 3')).toEqual([
        { text: 'select 1', line: 1 },
        { text: 'select\n    2', line: 4 },
        { text: 'select 3', line: 6 },
    ])
})

test.each([
    ['a string', `select 'a;b'''`],
    ['an escape string', String.raw`select e'a\';b'`],
    ['a quoted name', 'select 1 as "a;""b"'],
    ['a dollar quote', 'do $$ begin perform 1; end $$'],
    ['a named dollar quote', 'do $x$ select $$;$$; $x$'],
    ['a comment inside', 'select 1 -- ; not here\n + 2'],
    ['a nested comment inside', 'select 1 /* ; /* ; */ ; */ + 2'],
    ['parentheses', 'create rule r as on insert to t do also (select 1; select 2)'],
    [
        'a body of its own',
        'create function f() returns int begin atomic select case when true then 1 end; select 2; end',
    ],
    ['a name with a dollar', 'select a$b$c'],
    ['a parameter', 'prepare p as select $1'],
])('%s is not cut', (_, sql) => {
    expect(texts(`${sql};\nselect 2;`)).toEqual([sql, 'select 2'])
})

test('empty statements and comments alone are none', () => {
    expect(texts(';; -- nothing\n/* nothing */ ;\n')).toEqual([])
})

test('begin as a transaction is not a body', () => {
    expect(texts('begin; select 1; end; select 2')).toEqual(['begin', 'select 1', 'end', 'select 2'])
})
