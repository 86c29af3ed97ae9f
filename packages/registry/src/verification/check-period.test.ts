import { expect, test } from 'vitest'
import { after, aWorld, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { checkPeriod } from './check-period.ts'
import { verifyDocument } from './verify.ts'

/** A certificate issued at noon by the clock of the issuing machine. */
async function issuedAtNoon() {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue()
  const at = async (moment: Date) => {
    const { verdict, checks, certificate } = await verifyDocument(verifiableCredential, world.verifying(moment))
    return { verdict, certificate, period: checks.find(({ name }) => name === 'period') }
  }
  return { world, at }
}

test.each([2, 11, 15])(
  'a certificate that was just issued is valid on a machine whose clock is %i seconds behind',
  async (seconds) => {
    const { at } = await issuedAtNoon()
    expect(await at(after(-seconds * SECOND))).toMatchObject({ verdict: 'valid', period: { outcome: 'passed' } })
  },
)

test('a recorded certificate is not yet valid if it begins later than two clocks can differ', async () => {
  const { at } = await issuedAtNoon()
  expect(await at(after(-15_001))).toMatchObject({
    verdict: 'invalid',
    period: { outcome: 'failed', reason: 'not-yet-valid' },
  })
})

test('a certificate without a record here gets no tolerance: it fails a second before it begins and after its end', async () => {
  const { at } = await issuedAtNoon()
  const { certificate } = await at(noon)
  if (certificate === undefined) throw new Error('not read')
  const periodAt = (moment: Date, more = {}) => checkPeriod({ ...certificate, ...more }, undefined, moment)
  expect(periodAt(after(-SECOND))).toMatchObject({ outcome: 'failed', reason: 'not-yet-valid' })
  expect(periodAt(noon)).toMatchObject({ outcome: 'passed' })
  expect(periodAt(after(SECOND), { validUntil: noon.toISOString() })).toMatchObject({ reason: 'expired' })
})

test('a certificate is released if one machine began it and another with a slower clock finishes it', async () => {
  const world = await aWorld()
  world.keys.beforeSigning = () => Promise.reject(new Error('the machine died'))
  await expect(world.issue({}, { deps: { now: after(11 * SECOND) } })).rejects.toThrow('the machine died')
  world.keys.beforeSigning = async () => {}
  await world.issue()
  expect(world.store.events('reserved')).toHaveLength(1)
  expect(world.store.events('burned')).toEqual([])
  expect(world.store.events('issued')).toHaveLength(1)
})
