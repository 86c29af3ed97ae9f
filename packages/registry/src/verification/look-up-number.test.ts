import { expect, test } from 'vitest'
import { indexShowing } from '../../../../test/support/index-showing.ts'
import {
  AUTHORITY,
  aBody,
  after,
  aWorld,
  BODY,
  FROM,
  identity,
  OFFICER,
  SECOND,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { registerExternalSigner } from '../accepted-registries/external-signers.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { type CommitReader, streams } from '../stream.ts'
import { addMember, ownersOf, removeMember } from '../trust/members.ts'
import { lookUpNumber } from './look-up-number.ts'

const NUMBER = '26-MAS2-000001'

async function twoRegisters() {
  const world = await aWorld()
  const deps = { store: world.store, now: new Date(FROM) }
  await decisionsIn(world).authority('foreign', 'TH')
  await addMember({ owner: 'foreign', subject: 'regulator', roles: ['propose'], actor: 'registrar' }, deps)
  const ask = (
    change: Partial<Parameters<typeof lookUpNumber>[0]> = {},
    policy = {},
    reader: CommitReader = world.store,
  ) =>
    lookUpNumber(
      { issuers: [BODY], number: NUMBER, subject: 'regulator', ...change },
      { reader, secrets: world.keys, policy: { demonstration: true, ...policy }, now: after(SECOND) },
    )
  return { world, ask }
}

test('R-047: an officer of an authority of another state gets status and title, and never a name', async () => {
  const { world, ask } = await twoRegisters()
  const { uuid } = await world.issue()
  const [register, ...others] = await ask()
  const [entry, ...more] = register?.certificates ?? []
  expect([register?.issuer, others]).toEqual([BODY, []])
  expect([entry, more]).toEqual([
    { qualification: 'ph-masonry-nc2', title: 'Masonry NC II', state: 'in-force', issuedAt: expect.any(String) },
    [],
  ])
  expect(await ask({ number: '26 mas2 000001' })).toHaveLength(1)
  await revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'misconduct' }, world.at(after(SECOND)))
  expect(await ask()).toMatchObject([
    { issuer: BODY, certificates: [{ state: 'revoked', since: after(SECOND).toISOString() }] },
  ])
})

test('a look-alike of a number in the register is not found', async () => {
  const { world, ask } = await twoRegisters()
  await world.issue({ certificateNumber: 'MAS-00' })
  expect(await ask({ number: 'MAS-00' })).toHaveLength(1)
  await expect(ask({ number: 'MAS-OO' })).rejects.toMatchObject({ code: 'not-found' })
})

test('an unused number, an unknown issuer and another register all answer "not found"', async () => {
  const { world, ask } = await twoRegisters()
  await aBody('demo-other', world)
  await world.issue()
  const elsewhere = { did: 'did:web:body.example', keys: [] }
  const { store, baseUrl } = world
  await registerExternalSigner(
    { id: 'elsewhere', identity: identity(), elsewhere, actor: OFFICER },
    { store, now: new Date(FROM), baseUrl },
  )
  for (const change of [
    { number: 'X-1' },
    { issuers: ['elsewhere'] },
    { issuers: ['nobody'] },
    { issuers: [AUTHORITY] },
    { issuers: ['demo-other'] },
  ])
    await expect(ask(change)).rejects.toMatchObject({ code: 'not-found' })
})

test('I36: an officer of an authority that the registry no longer accepts finds nothing', async () => {
  const { world, ask } = await twoRegisters()
  await world.issue()
  await expect(ask({}, { roots: [AUTHORITY] })).rejects.toMatchObject({ code: 'not-found' })
})

test('I36: officers of bodies and former officers of authorities find nothing', async () => {
  const { world, ask } = await twoRegisters()
  await world.issue()
  for (const subject of [OFFICER, 'nobody']) await expect(ask({ subject })).rejects.toMatchObject({ code: 'not-found' })
  await removeMember(
    { owner: 'foreign', subject: 'regulator', actor: 'registrar' },
    { store: world.store, now: after(0) },
  )
  await expect(ask()).rejects.toMatchObject({ code: 'not-found' })
})

test('I36: a subject whom only the index shows as an officer, and not the members of the authority, finds nothing', async () => {
  const { world, ask } = await twoRegisters()
  await world.issue()
  const stream = streams.members('foreign')
  const added = await world.store.latest(stream)
  if (added === undefined) throw new Error('the regulator was not added')
  const shown = { ...added, number: added.number + 1, index: 'MEMBERSHIPS#intruder' as const }
  const store = indexShowing(world.store, [shown])
  expect(await ownersOf('intruder', store)).toEqual(['foreign'])
  await expect(ask({ subject: 'intruder' }, {}, store)).rejects.toMatchObject({ code: 'not-found' })
  expect(await ask({}, {}, store)).toHaveLength(1)
})
