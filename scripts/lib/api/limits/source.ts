// The text of a document, looked through before it is parsed: the parser calls itself for each bracket within a
// bracket, and would run out of stack before it ran out of text.

import { Lexer, type Source, TokenKind } from 'postgraphile/graphql'
import { Refusal } from '../refusal.ts'
import { mostNested, mostTokens } from './limits.ts'

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/** Counts the tokens of a text that is not too long and not nested too deeply. */
export function countTokens(source: Source): number {
    const lexer = new Lexer(source)
    let count = 0
    let nested = 0
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
        count += 1
        if (opening.has(kind)) nested += 1
        if (closing.has(kind)) nested -= 1
        if (count > mostTokens) {
            throw new Refusal(400, 'TOO_LONG', `this document has more than ${mostTokens} words and signs`, {
                hint: 'send values as variables, and ask for less at a time',
            })
        }
        if (nested > mostNested) {
            throw new Refusal(400, 'TOO_DEEP', `this document has more than ${mostNested} nested brackets`, {
                hint: 'send values as variables, and ask for less at a time',
            })
        }
    }
    return count
}
