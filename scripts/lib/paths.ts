// Where things lie: the package's own folder and the folder for what it makes while running.

import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Absolute path of something in the package. */
export const inPackage = (...parts: string[]): string => resolve(root, ...parts)

/** Data and logs of the embedded servers; ignored by git. */
export const runtimeDir = process.env.EMPATHY_RUNTIME_DIR
    ? resolve(process.env.EMPATHY_RUNTIME_DIR)
    : inPackage('.empathy')
