// What libraries ask the environment, once and while they load: import this before them.

import { readConfig } from '../config.ts'

// Grafast runs without its extra checks, unless told.
process.env.GRAPHILE_ENV ??= 'production'

// Settings go with each transaction, see transactions.ts: what is set on a connection does not last behind a pooler.
process.env.DATAPLAN_PG_DONT_DISABLE_JIT ??= '1'

if (!readConfig().PREPARED_STATEMENTS) process.env.DATAPLAN_PG_PREPARED_STATEMENT_CACHE_SIZE ??= '0'
