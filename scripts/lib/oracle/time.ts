// Instants and periods as the database writes them into JSON.

/** Milliseconds since the epoch; what lies closer together never meets in a world. */
export function instant(text: string): number {
    const standard = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
    const milliseconds = Date.parse(standard)
    if (Number.isNaN(milliseconds)) throw new Error(`"${text}" is not an instant`)
    return milliseconds
}

/** Whether a range of instants, such as `["2024-01-01 00:00:00+00",)`, contains one. */
export function contains(range: string, now: number): boolean {
    const parts = /^([[(])"?([^",]*)"?,"?([^",]*)"?([\])])$/.exec(range)
    if (!parts) throw new Error(`"${range}" is not a range`)
    const [, opening, from, to, closing] = parts
    const begun = !from || (opening === '[' ? instant(from) <= now : instant(from) < now)
    const ended = to && (closing === ']' ? instant(to) < now : instant(to) <= now)
    return begun && !ended
}

/** Whether a set of ranges of instants, such as `{["2024-01-01 00:00:00+00",),…}`, contains one. */
export function containsAmong(ranges: string, now: number): boolean {
    const among = ranges.slice(1, -1).match(/[[(][^\])]*[\])]/g) ?? []
    return among.some((range) => contains(range, now))
}

/** The month of an instant by universal time, by its first day. */
export function monthOf(text: string): string {
    return `${new Date(instant(text)).toISOString().slice(0, 7)}-01`
}
