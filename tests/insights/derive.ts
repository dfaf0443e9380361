// What follows from sums. Whoever reads the sum over some works, and over some others, knows every combination of the
// two. So everything there is to derive from figures is the space that their rows span, one column a work; and what is
// derived is about those whose columns are not zero in it.

/** One figure that somebody read: the works it is the sum over, a bit each. */
export type Sum = bigint

/** A work as the reader knows it: whose it is, and of how many people figures with it in them have to be. */
export interface Column {
    person: number
    asked: number
}

/** What can be derived and must not be: a figure that is about these people alone. */
export interface Leak {
    people: number[]
    asked: number
}

/** Works that are in the same sums, all of them: no combination of sums holds one without the others. */
interface Class {
    works: number[]
    people: Set<number>
    /** The most that is asked for one of them. */
    asked: number
}

/**
 * Whether these sums, however they are combined, say anything of fewer people than they have to.
 *
 * What is derived is a union of classes, so where every class is of enough people, so is everything else. Where one is
 * not, it may still stand in no sum apart from others: then it is asked of every few people whether something in the
 * span is theirs alone. That is so if and only if the columns of all others have a smaller rank without it.
 */
export function derive(sums: Iterable<Sum>, columns: readonly Column[]): Leak | undefined {
    const classes = classesOf(sums, columns)
    const small = classes.filter(({ people, asked }) => people.size < asked)
    if (small.length === 0) return undefined
    const rows = [...new Set([...sums])]
        .map((sum) => classes.map(({ works }) => (bit(sum, works[0]) ? 1n : 0n)))
        .filter((row) => row.some((one) => one !== 0n))
    for (const asked of new Set(small.map((one) => one.asked))) {
        const suspects = [...new Set(small.flatMap(({ people }) => [...people]))]
        for (const few of subsets(suspects, asked - 1)) {
            const theirs = (one: Class) => [...one.people].every((person) => few.has(person))
            const without = classes.map((one) => !theirs(one))
            const within = classes.map((one) => !theirs(one) || one.asked >= asked)
            if (rank(chosen(rows, without)) < rank(chosen(rows, within)))
                return { people: [...few].sort((a, b) => a - b), asked }
        }
    }
    return undefined
}

const bit = (sum: Sum, work: number | undefined): boolean => ((sum >> BigInt(work ?? 0)) & 1n) === 1n

/** Works that are in no sum at all are in no class. */
function classesOf(sums: Iterable<Sum>, columns: readonly Column[]): Class[] {
    let parts: Sum[] = []
    for (const sum of new Set(sums)) {
        let rest = sum
        const split: Sum[] = []
        for (const part of parts) {
            const inside = part & sum
            const outside = part & ~sum
            if (inside) split.push(inside)
            if (outside) split.push(outside)
            rest &= ~part
        }
        if (rest) split.push(rest)
        parts = split
    }
    return parts.map((part) => {
        const works = worksIn(part)
        const known = works.map((work) => columns[work]).filter((column) => column !== undefined)
        if (known.length < works.length) throw new Error('a sum over works that there are not')
        return {
            works,
            people: new Set(known.map(({ person }) => person)),
            asked: Math.max(...known.map((column) => column.asked)),
        }
    })
}

export function worksIn(sum: Sum): number[] {
    return [...sum.toString(2)].reverse().flatMap((digit, work) => (digit === '1' ? [work] : []))
}

const chosen = (rows: bigint[][], columns: boolean[]): bigint[][] =>
    rows.map((row) => row.filter((_, n) => columns[n]))

/** Exactly: whole numbers, and no division that leaves a rest (Bareiss). */
export function rank(matrix: readonly (readonly bigint[])[]): number {
    const rows = matrix.map((row) => [...row])
    let done = 0
    let last = 1n
    for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
        const at = rows.findIndex((row, n) => n >= done && row[column] !== 0n)
        const pivot = rows[at]
        if (pivot === undefined) continue
        rows.splice(at, 1)
        rows.splice(done, 0, pivot)
        done += 1
        const head = pivot[column] ?? 0n
        for (const row of rows.slice(done)) {
            const factor = row[column] ?? 0n
            for (const [n, own] of row.entries()) row[n] = (head * own - factor * (pivot[n] ?? 0n)) / last
        }
        last = head
    }
    return done
}

/** All of so many, or of all there are where these are fewer. */
export function* subsets<T>(list: readonly T[], size: number): Generator<Set<T>> {
    if (size >= list.length) {
        yield new Set(list)
        return
    }
    if (size <= 0) {
        yield new Set()
        return
    }
    const [first, ...rest] = list
    if (first === undefined) return
    for (const others of subsets(rest, size - 1)) yield new Set([first, ...others])
    yield* subsets(rest, size)
}
