// Bars as SVG, to be read without colour and on a phone: each says its figure, the second of a pair is hatched, and
// what there is no figure for is said in its place.

export interface Bar {
    label: string
    /** None, where it is not told. */
    values: (number | null)[]
}

/** What is told of nobody, and of too few. */
export const nobodyOrFew = 'few or none'

const width = 360
const row = 22
const gap = 8
const right = 44
/** A letter takes about so much. */
const letter = 7.5
const longest = 20

/** Rows of bars, one for each label, with one bar for each series. */
export function bars(title: string, series: string[], rows: Bar[]): string {
    const most = Math.max(1, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)))
    const step = series.length * row + gap
    const height = rows.length * step + gap
    const labels = rows.map(({ label }) => shortened(label))
    const left = Math.ceil(Math.max(...labels.map(({ length }) => length)) * letter) + 12
    const drawn = rows.flatMap(({ values }, index) => {
        const top = gap + index * step
        return [
            text(left - 8, top + (series.length * row) / 2, labels[index] ?? '', 'end'),
            ...values.map((value, nth) => bar(left, top + nth * row, value, most, nth)),
        ]
    })
    return [
        `<figure><figcaption>${asText(title)}${legend(series)}</figcaption>`,
        `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${asText(spoken(title, series, rows))}">`,
        ...drawn,
        '</svg></figure>',
    ].join('\n')
}

function bar(left: number, top: number, value: number | null, most: number, nth: number): string {
    if (value === null) return text(left + 4, top + row / 2, nobodyOrFew, 'start', 'none')
    const length = Math.round(((width - left - right) * value) / most)
    const fill = nth === 0 ? 'full' : 'hatched'
    return [
        `<rect class="${fill}" x="${left}" y="${top + 3}" width="${Math.max(length, 1)}" height="${row - 6}"/>`,
        text(left + Math.max(length, 1) + 5, top + row / 2, count(value), 'start'),
    ].join('')
}

function legend(series: string[]): string {
    if (series.length < 2) return ''
    const keys = series.map(
        (name, nth) =>
            `<svg class="key" viewBox="0 0 14 14" aria-hidden="true"><rect class="${nth === 0 ? 'full' : 'hatched'}" ` +
            `x="1" y="1" width="12" height="12"/></svg> ${asText(name)}`,
    )
    return ` <span class="legend">${keys.join(' ')}</span>`
}

/** What somebody hears who does not see it. */
function spoken(title: string, series: string[], rows: Bar[]): string {
    const said = rows.map(({ label, values }) => {
        const figures = values.map(
            (value, nth) => `${value === null ? nobodyOrFew : count(value)} ${series[nth]}`,
        )
        return `${label}: ${figures.join(', ')}`
    })
    return `${title}. ${said.join('; ')}.`
}

function text(x: number, y: number, words: string, anchor: string, style = ''): string {
    const marked = style ? ` class="${style}"` : ''
    return `<text${marked} x="${x}" y="${y}" dy="0.35em" text-anchor="${anchor}">${asText(words)}</text>`
}

function shortened(words: string): string {
    return words.length > longest ? `${words.slice(0, longest - 1)}…` : words
}

export function count(value: number): string {
    return value.toLocaleString('en', { maximumFractionDigits: 2 })
}

export function asText(words: string): string {
    return words
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
}
