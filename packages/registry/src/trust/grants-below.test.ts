import { beforeEach, expect, test } from 'vitest'
import {
  AUTHORITY,
  aBody,
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  identity,
  MINUTE,
  noon,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { countAffected } from '../certificates/affected.ts'
import { registerAuthority } from '../decisions/register.ts'
import { verifyDocument } from '../verification/verify.ts'
import { listGiven } from './grants-below.ts'
import { addMember } from './members.ts'

const MASONRY = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
const BOARD = 'board'
const OTHER = 'demo-other'
let world: World
let given: ReturnType<typeof decisionsIn>
/** An authority below the root accredited the body for masonry. The root accredited another body directly. */
beforeEach(async () => {
  world = await aWorld()
  given = decisionsIn(world)
  await registerAuthority(
    {
      id: BOARD,
      identity: identity({ name: 'Board (demonstration)' }),
      actor: 'a',
      effectiveAt: FROM,
      under: AUTHORITY,
    },
    given.at(),
  )
  await aBody(OTHER, world)
  await given.grant(BOARD, [AUTHORITY], { right: 'accredit', scope: MASONRY })
  await given.grant(BODY, [BOARD], { grant: 'below', scope: MASONRY })
  // End the grant that the body has from the root, so that its certificates depend on the board alone.
  await given.withdraw(BODY, AUTHORITY, { grant: GRANT, effectiveAt: FROM })
})
const at = (now: Date, certificateNumber: string, issuer = BODY) =>
  world.issue({ certificateNumber }, { key: certificateNumber, issuer, deps: { now } })
const count = (issuer: string, grant: string, since?: Date) =>
  countAffected({ issuer, grant, ...(since && { since: since.toISOString() }) }, world)

test('withdrawing the right to accredit affects certificates issued below it from that day on, and no others', async () => {
  const documents = [await at(noon, 'A'), await at(after(MINUTE), 'B'), await at(after(MINUTE), 'C', OTHER)]
  const from = after(MINUTE)
  expect(await count(BOARD, 'main', from)).toEqual({ affected: 1, issuedUnder: 2 })
  await given.withdraw(BOARD, AUTHORITY, { effectiveAt: from.toISOString() }, after(2 * MINUTE))
  const verdictOf = async ({ verifiableCredential }: (typeof documents)[number]) =>
    (await verifyDocument(verifiableCredential, world.verifying(after(3 * MINUTE)))).verdict
  expect(await Promise.all(documents.map(verdictOf))).toEqual(['valid', 'invalid', 'valid'])
})

test('after an amendment, only what lies within the grant above is below it', async () => {
  await at(noon, 'A')
  await given.amend(BOARD, AUTHORITY, { scope: { qualifications: ['ph-tile-nc2'] }, effectiveAt: FROM })
  expect(await count(BOARD, 'main')).toEqual({ affected: 0, issuedUnder: 0 })
})

test('certificates that another body issues on behalf of a principal depend on the principal', async () => {
  await given.body('lodge')
  await given.grant('lodge', [AUTHORITY], { scope: MASONRY, onBehalfOf: BODY })
  await at(noon, 'A')
  expect(await count(BODY, 'below')).toEqual({ affected: 1, issuedUnder: 1 })
  await addMember({ owner: 'lodge', subject: 'officer', roles: ['issue'], actor: 'a' }, given.at())
  await at(noon, 'L', 'lodge')
  expect(await count(BODY, 'below')).toEqual({ affected: 2, issuedUnder: 2 })
})

test('assessments by centres are not counted, and the count says "at least"', async () => {
  await given.centre('hall')
  await given.grant('hall', [BOARD], { right: 'assess', scope: MASONRY })
  await at(noon, 'A')
  expect(await count('hall', 'main')).toEqual({ notCounted: 'day-of-assessment-not-recorded' })
  expect(await count(BOARD, 'main')).toEqual({ affected: 1, issuedUnder: 1, atLeast: true })
})

test('the count is a minimum if not every decision or not every body was read', async () => {
  await at(noon, 'A')
  const some = await listGiven(world.store, 2)
  expect(some.isAll).toBe(false)
  const question = { issuer: BOARD, grant: 'main' }
  expect(await countAffected(question, { store: world.store, given: some })).toMatchObject({ atLeast: true })
  expect((await listGiven(world.store)).isAll).toBe(true)
  await given.grant(OTHER, [BOARD], { grant: 'below', scope: MASONRY })
  expect(await countAffected({ ...question, lookThrough: 1 }, world)).toMatchObject({ atLeast: true })
  expect(await count(BOARD, 'main')).toEqual({ affected: 1, issuedUnder: 1 })
})

test('a circle of grants ends the walk', async () => {
  await registerAuthority(
    {
      id: 'ring',
      identity: identity({ name: 'Ring (demonstration)' }),
      actor: 'a',
      effectiveAt: FROM,
      under: AUTHORITY,
    },
    given.at(),
  )
  await given.grant('ring', [AUTHORITY], { right: 'accredit', scope: MASONRY })
  await given.grant('ring', [BOARD], { grant: 'back', right: 'accredit', scope: MASONRY })
  await given.grant(BOARD, ['ring'], { grant: 'round', right: 'accredit', scope: MASONRY })
  await at(noon, 'A')
  expect(await count(BOARD, 'main')).toEqual({ affected: 1, issuedUnder: 1 })
})
