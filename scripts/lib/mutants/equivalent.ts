// Mutants that change nothing anybody could notice: each with the reason why no test can tell it from the schema.
// A run fails over an entry that names no mutant, and over one that a test kills after all.

export const equivalents = new Map<string, string>([])
