// What a person should know once the API runs: where it is, a first query, how to sign in.

import type { DemoPerson } from '../demo.ts'

const firstQuery = '{ organizations { nodes { name scopes { nodes { kind name } } } } }'
const myQuery = '{ me { displayName memberships { nodes { scope { name } } } } }'

export function welcomeLines(url: string, people: DemoPerson[]): string[] {
    const [first] = people
    return [
        '',
        `GraphQL  ${url}/graphql`,
        `Ruru     ${url}/`,
        '',
        'A first query:',
        `  ${curl(url, firstQuery)}`,
        ...(first ? signIn(url, first, people) : []),
    ]
}

function signIn(url: string, first: DemoPerson, people: DemoPerson[]): string[] {
    const width = Math.max(...people.map(({ name }) => name.length))
    return [
        '',
        'The demo people, by the names to sign in with:',
        ...people.map(
            ({ name, display_name, bio }) => `  ${name.padEnd(width)}  ${display_name}${bio && `: ${bio}`}`,
        ),
        '',
        `As ${first.display_name}, from another terminal; in Ruru, paste what \`npx empathy token ${first.name} --json\` prints under "Headers":`,
        `  ${curl(url, myQuery, `-H "Authorization: $(npx empathy token ${first.name})"`)}`,
    ]
}

function curl(url: string, query: string, headers = ''): string {
    const parts = [
        `curl -s ${url}/graphql`,
        "-H 'Content-Type: application/json'",
        headers,
        `-d '${JSON.stringify({ query })}'`,
    ]
    return parts.filter(Boolean).join(' ')
}
