// Counts, durations and the text format that Prometheus reads them in. Labels are words of our own: nothing in them has
// to be escaped.

type Labels = Record<string, string | number>
export type Sample = [labels: Labels, value: number, suffix?: string]

/** Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** How often something happened, by its labels. */
export class Counts {
    readonly #counts = new Map<string, { labels: Labels; n: number }>()

    add(labels: Labels): void {
        const key = JSON.stringify(labels)
        this.#counts.set(key, { labels, n: (this.#counts.get(key)?.n ?? 0) + 1 })
    }

    samples(): Sample[] {
        return [...this.#counts.values()].map(({ labels, n }) => [labels, n])
    }
}

/** How long something took, by its kind. */
export class Durations {
    readonly #kinds = new Map<string, { within: number[]; sum: number; count: number }>()

    add(kind: string, seconds: number): void {
        const known = this.#kinds.get(kind) ?? { within: buckets.map(() => 0), sum: 0, count: 0 }
        this.#kinds.set(kind, {
            within: buckets.map((most, n) => (known.within[n] ?? 0) + (seconds <= most ? 1 : 0)),
            sum: known.sum + seconds,
            count: known.count + 1,
        })
    }

    samples(): Sample[] {
        return [...this.#kinds].flatMap(([kind, { within, sum, count }]): Sample[] => [
            ...buckets.map((le, n): Sample => [{ kind, le }, within[n] ?? 0, '_bucket']),
            [{ kind, le: '+Inf' }, count, '_bucket'],
            [{ kind }, sum, '_sum'],
            [{ kind }, count, '_count'],
        ])
    }
}

export function family(
    name: string,
    type: 'counter' | 'gauge' | 'histogram',
    help: string,
    samples: Sample[],
): string {
    const lines = samples.map(([labels, value, suffix = '']) => {
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`)
        return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
    })
    return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

export function gauge(name: string, help: string, samples: Sample[] | number): string {
    return family(name, 'gauge', help, typeof samples === 'number' ? [[{}, samples]] : samples)
}
