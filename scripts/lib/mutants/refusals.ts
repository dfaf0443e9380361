// Bodies of functions that refuse less: each time one demand, one refusal or one exception is taken out.

import type { Variant } from './arms.ts'
import { onOneLine, replaced, type Token, tokensOf } from './tokens.ts'

export function withoutRefusals(body: string): Variant[] {
    const tokens = tokensOf(body)
    return tokens.flatMap((token, index) => {
        const word = token.text.toLowerCase()
        if (isRefusal(word, tokens.slice(index + 1, index + 4))) {
            const span = { start: token.start, end: endOfStatement(tokens, index) }
            return [variant(body, span, 'null')]
        }
        // Whoever asks, without the demand that there is somebody: `me := core._require_me()`.
        if (/^_require_(me|person)$/.test(word) && tokens[index - 3]?.text.toLowerCase() !== 'perform') {
            return [variant(body, token, 'me')]
        }
        return []
    })
}

/** `raise exception …`, `perform core._refuse(…)`, `perform core._require…(…)`. */
function isRefusal(word: string, [first, second, third]: Token[]): boolean {
    if (word === 'raise') return first?.text.toLowerCase() === 'exception'
    return word === 'perform' && second?.text === '.' && /^_(refuse$|require)/.test(third?.text ?? '')
}

function endOfStatement(tokens: Token[], from: number): number {
    const end = tokens.slice(from).find(({ text }) => text === ';')
    return end?.start ?? tokens.at(-1)?.end ?? 0
}

function variant(body: string, span: { start: number; end: number }, by: string): Variant {
    return {
        text: replaced(body, span, by),
        without: onOneLine(body.slice(span.start, span.end)),
        beside: [],
    }
}
