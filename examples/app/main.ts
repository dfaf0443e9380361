// One consent, seen by two people: Nimbrey tells a story, shares it with the community, and takes it back. Ambrel, who
// belongs to the community, has its page open all the while and never reloads it. Run it beside `make up`:
//
//     npx tsx examples/app/main.ts

import { connect } from './api.ts'
import { beginStory, giveConsent, moveWork, whoAmI, withdrawConsent } from './documents.ts'
import { openPage, until } from './page.ts'
import { signIn } from './sign-in.ts'

const say = console.log

const url = process.env.API_URL ?? 'http://localhost:5678'
const nimbrey = connect(url, await signIn('nimbrey'))
const ambrel = connect(url, await signIn('ambrel'))

const { me } = await nimbrey.ask(whoAmI, {})
const place = me?.memberships.nodes[0]?.scope
if (!place) throw new Error('Nimbrey belongs to no place: `npx empathy seed` makes the demo world.')
say(`${me.displayName} has signed in, and belongs to ${place.name}.`)

const page = openPage(ambrel, place.id)
const shown = await until(page, () => true)
say(`Ambrel opens the page of ${place.name}:`)
for (const { title, owner, scope } of shown.values()) {
    say(`  "${title}" by ${owner?.displayName ?? 'somebody'}, told in ${scope?.name ?? 'another place'}`)
}

const { createStory } = await nimbrey.ask(beginStory, {
    placeId: place.id,
    title: 'The heron that waited',
    text: 'It stood in the shallows until the tide had turned.',
})
const workId = createStory?.result
if (!workId) throw new Error('The story was not begun.')
await nimbrey.ask(moveWork, { workId, toState: 'published' })
say('Nimbrey has told "The heron that waited", and published it. Without consent, nobody else reads it.')

const community = { workId, purpose: 'community_sharing' }
await nimbrey.ask(giveConsent, community)
say('Nimbrey consents to sharing it with the community.')
const here = await until(page, (works) => works.has(workId))
say(`It has come up on Ambrel's page: "${here.get(workId)?.title}".`)

await nimbrey.ask(withdrawConsent, community)
say('Nimbrey withdraws the consent.')
await until(page, (works) => !works.has(workId))
say("It has gone from Ambrel's page.")

await page.return(undefined)
