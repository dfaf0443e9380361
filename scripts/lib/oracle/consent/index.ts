// consent, as the oracle knows it.

export { populate } from './populate.ts'
export { tables } from './tables.ts'
