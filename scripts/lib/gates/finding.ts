// What a gate has to say: which file, what is wrong with it, what to do.

export interface Finding {
    file: string
    problem: string
    advice: string
}

export function line({ file, problem, advice }: Finding): string {
    return `${file}: ${problem} (${advice})`.replace(/\s*\n\s*/g, ' ')
}
