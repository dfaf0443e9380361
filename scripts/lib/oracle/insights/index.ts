// insights, as the oracle knows it.

export { laws } from './laws.ts'
export { populate } from './populate.ts'
export { questions } from './questions.ts'
export { tables, unreadable } from './tables.ts'
