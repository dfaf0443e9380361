// A mutant: the schema with one promise taken out of it. A suite that keeps quiet about it lacks a test.

export interface Mutant {
    /** Says what was done to what; the same in every run. */
    id: string
    kind: string
    module: string
    /** The table, view or function, without its module. */
    object: string
    /** What makes the mutant of the schema. */
    ddl: string
    /** Why it is not tried. */
    skip: string | null
}

/** What was found about one: `by` names the killer, or says why it was not tried. */
export interface Finding {
    mutant: Mutant
    verdict: 'killed' | 'survived' | 'skipped'
    by: string
}
