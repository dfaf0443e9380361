// The formatter's rules for SQL: few, and each with its reason in the message. It reads; it does not rewrite.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './gates/finding.ts'
import { kindOf } from './modules.ts'

const folders = ['schema', 'functions', 'policies', 'seeds', 'migrations/down', 'scripts/sql', 'tests']
const single = ['migrations/current.sql']

const longest = 120

/** Written in capitals they shout, and half the files would do it differently. */
const keywords = new Set(
    (
        'ADD ALL ALTER AND ANY ARRAY AS ASC BEGIN BETWEEN BY CASCADE CASE CHECK COALESCE COLUMN COMMENT CONFLICT ' +
        'CONSTRAINT CREATE CROSS DECLARE DEFAULT DEFINER DELETE DESC DISTINCT DO DROP EACH ELSE END EXCEPTION EXECUTE ' +
        'EXISTS FALSE FOR FOREIGN FROM FULL FUNCTION GRANT GROUP HAVING IF IN INDEX INNER INSERT INTO IS JOIN KEY ' +
        'LANGUAGE LATERAL LEFT LIMIT LOOP NOT NULL ON OR ORDER OUTER PERFORM POLICY PRIMARY RAISE REFERENCES REPLACE ' +
        'RETURN RETURNING RETURNS REVOKE ROW SCHEMA SECURITY SELECT SET SETOF TABLE THEN TO TRIGGER TRUE UNION UNIQUE ' +
        'UPDATE USING VALUES VIEW WHEN WHERE WITH'
    ).split(' '),
)

export function styleFindings(root: string): Finding[] {
    return sqlFiles(root).flatMap((file) => styleOf(file, readFileSync(join(root, file), 'utf8')))
}

export function styleOf(file: string, text: string): Finding[] {
    const findings: Finding[] = []
    const say = (line: number, problem: string, advice: string): void => {
        findings.push({ file: `${file}:${line}`, problem, advice })
    }

    if (!text.startsWith('-- ')) say(1, 'does not open with a comment', 'say in one line what the file is')
    if (!text.endsWith('\n') || text.endsWith('\n\n')) {
        say(text.split('\n').length, 'does not end with one line break', 'end the last line, once')
    }

    const lines = text.split('\n')
    const codeLines = withoutTexts(text).split('\n')
    for (const [index, line] of lines.entries()) {
        const code = codeLines[index] ?? ''
        const number = index + 1
        if (line.includes('\t')) say(number, 'has a tab', 'indent with spaces')
        if (/\s$/.test(line)) say(number, 'ends with blanks', 'remove them')
        if (line.length > longest && !isSentence(line))
            say(number, `is longer than ${longest} characters`, 'break the line')
        const indent = /^ */.exec(line)?.[0].length ?? 0
        if (code.trim() !== '' && indent % 4 !== 0) say(number, `is indented by ${indent}`, 'indent by four')
        for (const word of code.match(/\b[A-Z]{2,}\b/g) ?? []) {
            if (keywords.has(word)) say(number, `${word} in capitals`, `write ${word.toLowerCase()}`)
        }
        if (/:DATABASE_(?:NAME|OWNER)\b/.test(line)) {
            say(
                number,
                'holds a placeholder of graphile-migrate',
                'dbmate would not replace it: use current_database()',
            )
        }
        if (kindOf(file) === 'function' && /^security definer\s*$/.test(line)) {
            say(number, 'a definer function without a reason', 'security definer -- why it has to be')
        }
    }
    if (kindOf(file) === 'table') {
        for (const { line, text: constraint } of unnamedConstraints(codeLines)) {
            say(
                line,
                `constraint without a name: ${constraint}`,
                'write: constraint <table>_<columns>_<kind> …',
            )
        }
    }
    if (kindOf(file) === 'function' && /\bcreate (?:function|procedure)\b/.test(codeLines.join('\n'))) {
        say(1, 'creates a function that cannot be created again', 'write: create or replace function')
    }
    return findings
}

/** A string that has a line to itself, such as what a test promises, is easier to find in one piece. */
function isSentence(line: string): boolean {
    return /^\s*'(?:[^']|'')*'[,;)]*$/.test(line)
}

/** The text with strings and comments blanked, so that positions stay. Bodies in dollar quotes are code. */
function withoutTexts(text: string): string {
    const hidden = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/g
    return text.replace(hidden, (match) => match.replace(/[^\n]/g, ' '))
}

function unnamedConstraints(lines: string[]): { line: number; text: string }[] {
    const found: { line: number; text: string }[] = []
    let inTable = false
    for (const [index, line] of lines.entries()) {
        if (/^create table\b/.test(line)) inTable = true
        if (/^\)/.test(line)) inTable = false
        if (!inTable) continue
        const inline =
            /^ {4}(?!constraint\b)(?:\w+ .*)?\b(primary key|unique|references|check \(|exclude using)/.exec(
                line,
            )
        // The second line of a named constraint is indented further.
        if (inline && !/\bconstraint \w+/.test(line)) found.push({ line: index + 1, text: line.trim() })
    }
    return found
}

function sqlFiles(root: string): string[] {
    return [
        ...folders.flatMap((folder) =>
            existsSync(join(root, folder))
                ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
                      .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
                      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
                : [],
        ),
        ...single.filter((file) => existsSync(join(root, file))),
    ].sort()
}
