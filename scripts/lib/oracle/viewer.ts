// Whoever looks: a role and the claims of a token.

export const roles = [
    'anon',
    'authenticated',
    'service_role',
    'empathy_auditor',
    'empathy_keyholder',
] as const

export type Role = (typeof roles)[number]

export interface Viewer {
    /** What messages call them. */
    name: string
    role: Role
    claims: { person?: string; iss?: string; sub?: string; api_key?: string; channel?: string | null }
}
