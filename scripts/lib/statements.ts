// Cuts SQL text into its statements, so that each can be run, counted and named by its line.

export interface Statement {
    text: string
    /** Line of the file on which the statement begins, from 1. */
    line: number
}

// What a semicolon can hide in, longest first: comments, strings, quoted names, dollar quotes.
const token = new RegExp(
    [
        String.raw`--[^\n]*`,
        String.raw`/\*`,
        String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'`,
        "'(?:[^']|'')*'",
        '"(?:[^"]|"")*"',
        String.raw`\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$`,
        String.raw`[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`,
        '[();]',
        String.raw`[^\s]`,
    ].join('|'),
    'g',
)

export function splitStatements(sql: string): Statement[] {
    const statements: Statement[] = []
    const lineOf = lineCounter(sql)
    token.lastIndex = 0
    let start = -1
    let parentheses = 0
    // Depth of begin atomic … end, in which semicolons belong to the function's body.
    let body = 0
    let previousWord = ''
    let createsRoutine = false

    for (let match = token.exec(sql); match; match = token.exec(sql)) {
        const text = match[0]
        if (text.startsWith('--')) continue
        if (text === '/*') {
            token.lastIndex = endOfComment(sql, match.index)
            continue
        }
        if (start < 0) {
            start = match.index
            createsRoutine = /^create\s+(or\s+replace\s+)?(function|procedure)\b/i.test(
                sql.slice(start, start + 60),
            )
        }
        if (text.startsWith('$') && text.endsWith('$') && text.length > 1) {
            const end = sql.indexOf(text, token.lastIndex)
            token.lastIndex = end < 0 ? sql.length : end + text.length
            continue
        }
        const word = /^[a-z_]/i.test(text) ? text.toLowerCase() : ''
        if (text === '(') parentheses += 1
        else if (text === ')') parentheses -= 1
        else if (createsRoutine && word === 'atomic' && previousWord === 'begin') body += 1
        else if (body > 0 && word === 'case') body += 1
        else if (body > 0 && word === 'end') body -= 1
        else if (text === ';' && parentheses === 0 && body === 0) {
            if (match.index > start)
                statements.push({ text: sql.slice(start, match.index), line: lineOf(start) })
            start = -1
        }
        previousWord = word
    }
    if (start >= 0) statements.push({ text: sql.slice(start).trimEnd(), line: lineOf(start) })
    return statements
}

/** Block comments nest. */
function endOfComment(sql: string, start: number): number {
    const mark = /\/\*|\*\//g
    mark.lastIndex = start
    let depth = 0
    for (let match = mark.exec(sql); match; match = mark.exec(sql)) {
        depth += match[0] === '/*' ? 1 : -1
        if (depth === 0) return mark.lastIndex
    }
    return sql.length
}

/** Answers line numbers for offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
    let line = 1
    let counted = 0
    return (offset) => {
        for (let at = text.indexOf('\n', counted); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
            line += 1
            counted = at + 1
        }
        return line
    }
}
