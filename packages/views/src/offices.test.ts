import { changeContact, registerAuthority, registerBody } from '@sijil/registry/decisions'
import { entityAt, type Identity } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, FROM, identity, MINUTE, noon } from '../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../test/support/trust-world.ts'
import { contactOf, officesToAsk } from './offices.ts'

const revoked = { verdict: 'invalid', history: [] } as const

async function opened(more: Partial<Identity> = {}) {
  const world = await aWorld()
  const decisions = decisionsIn(world)
  const at = { ...decisions.at(), keys: world.keys, secrets: world.keys }
  const stated = (name: string, contact: string) => ({ ...identity({ name }), contact })
  await registerAuthority(
    { id: 'council', identity: stated('Council', 'desk@council.example'), actor: 'registrar', effectiveAt: FROM },
    at,
  )
  await registerBody(
    {
      id: 'guild',
      identity: { ...identity({ name: 'Guild' }), ...more },
      baseUrl: world.baseUrl,
      actor: 'registrar',
      effectiveAt: FROM,
    },
    at,
  )
  await decisions.grant('guild', ['council'])
  const deps = world.verifying(noon)
  const asked = async (id: string, verification: object = revoked) => {
    const entity = entityAt(id, await deps.trust(id), noon.toISOString())
    const today = { standing: 'authorised' }
    return officesToAsk(
      { issuer: { today }, ...verification } as unknown as Parameters<typeof officesToAsk>[0],
      entity,
      deps,
    )
  }
  const moved = (id: string, contact: string | null, effectiveAt: string) =>
    changeContact({ id, contact, effectiveAt, actor: 'registrar' }, decisions.at(new Date(FROM)))
  return { asked, decisions, moved }
}

test('the issuer and the authority that accredited it are named, each with its contact', async () => {
  const { asked } = await opened({ contact: '+1 202 555 0143' })
  expect(await asked('guild')).toEqual({
    issuer: { id: 'guild', name: 'Guild', state: 'PH', contact: { text: '+1 202 555 0143', link: 'tel:+12025550143' } },
    authority: {
      id: 'council',
      name: 'Council',
      state: 'PH',
      contact: { text: 'desk@council.example', link: 'mailto:desk@council.example' },
    },
  })
})

test('without a contact on record an office has none, and nobody is invented', async () => {
  const { asked } = await opened()
  expect((await asked('guild'))?.issuer).toEqual({ id: 'guild', name: 'Guild', state: 'PH' })
  expect((await asked(BODY))?.authority).toMatchObject({ id: AUTHORITY })
  expect((await asked('council'))?.authority).toBeUndefined()
})

test('the contact is that of today, also of an authority that moved, and not one of a day to come', async () => {
  const { asked, moved } = await opened({ contact: 'old@guild.example' })
  await moved('guild', 'desk@guild.example', '2026-03-01T00:00:00.000Z')
  await moved('guild', 'later@guild.example', after(MINUTE).toISOString())
  await moved('council', null, noon.toISOString())
  const offices = await asked('guild')
  expect(offices?.issuer?.contact).toEqual({ text: 'desk@guild.example', link: 'mailto:desk@guild.example' })
  expect(offices?.authority).toEqual({ id: 'council', name: 'Council', state: 'PH' })
})

test('the authority that changed the status last is named', async () => {
  const { asked } = await opened()
  const history = [{ state: 'suspended', at: FROM, by: 'council' }]
  expect((await asked('guild', { ...revoked, history }))?.changer).toMatchObject({ id: 'council' })
})

test('a successor answers for the office whose place it took', async () => {
  const { asked, decisions } = await opened()
  await decisions.succeed('council', AUTHORITY)
  expect((await asked('guild'))?.authority).toMatchObject({ id: AUTHORITY })
})

test('a plain yes reads nothing, unless there is a notice', async () => {
  const { asked } = await opened()
  const valid = { verdict: 'valid', history: [] }
  expect(await asked('guild', valid)).toBeUndefined()
  expect(await asked('guild', { ...valid, notices: [{ code: 'edition-ended' }] })).toMatchObject({ issuer: {} })
})

test.each(['javascript:alert(1)', 'registrar@a.example@b.example', 'Room 3', 'registrar@\u202eelpmaxe.adset'])(
  'a contact that was recorded in another form is text and no link: %s',
  async (contact) => {
    expect(contactOf({ contact })).toEqual({ contact: { text: contact } })
    const { asked } = await opened({ contact })
    expect((await asked('guild'))?.issuer?.contact).toEqual({ text: contact })
  },
)
