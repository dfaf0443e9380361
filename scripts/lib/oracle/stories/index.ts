// stories, as the oracle knows it.

export { populate } from './populate.ts'
export { questions } from './questions.ts'
export { tables } from './tables.ts'
