// SQL text as tokens, as far as mutations need it: what is quoted or a comment is not mistaken for code.

export interface Token {
    text: string
    start: number
    end: number
}

const token = new RegExp(
    [
        String.raw`--[^\n]*`,
        String.raw`/\*[\s\S]*?\*/`,
        String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'`,
        "'(?:[^']|'')*'",
        '"(?:[^"]|"")*"',
        String.raw`\$(\w*)\$[\s\S]*?\$\1\$`,
        String.raw`[A-Za-z_][\w$]*`,
        '::|:=',
        String.raw`\S`,
    ].join('|'),
    'g',
)

export function tokensOf(sql: string): Token[] {
    return [...sql.matchAll(token)]
        .filter(([text]) => !/^(--|\/\*)/.test(text))
        .map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }))
}

/** The same text with something else from `start` to `end`. */
export function replaced(sql: string, { start, end }: { start: number; end: number }, by: string): string {
    return sql.slice(0, start) + by + sql.slice(end)
}

/** For people: without comments and line breaks. */
export function onOneLine(sql: string): string {
    return sql
        .replace(/--[^\n]*/g, '')
        .trim()
        .replace(/\s+/g, ' ')
}
