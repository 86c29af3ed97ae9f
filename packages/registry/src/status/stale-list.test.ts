import { isSet, verifyStatusList } from '@sijil/credentials'
import { expect, test } from 'vitest'
import { after, aWorld, BODY, OFFICER, SECOND } from '../../../../test/support/registry-world.ts'
import { readRecord } from '../certificates/read-record.ts'
import { keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { revokeCertificate } from './revoke.ts'
import { publishStatusList } from './status-list.ts'

const HOUR = 3_600 * SECOND
const LIST = `${BODY}-1-revocation`

test('F21: an old list in a cache never misleads our own verifier, and other verifiers for a day at most', async () => {
  const world = await aWorld()
  const { uuid, verifiableCredential } = await world.issue()
  const { text: stale, validUntil } = await publishStatusList(LIST, world.at(after(SECOND)))
  await revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'misconduct' }, world.at(after(2 * SECOND)))

  // Our own verifier reads the certificate's record and no list.
  const own = await verifyDocument(verifiableCredential, world.verifying(after(3 * SECOND)))
  expect(own.verdict).toBe('invalid')
  expect(own.checks.find(({ name }) => name === 'status')).toMatchObject({ reason: 'revoked' })

  const entity = entityAt(BODY, await trustOf(world.store)(BODY), after(0).toISOString())
  const publicKeyMultibase = (entity && keysFor(entity, 'lists')[0]?.publicKeyMultibase) ?? ''
  const index = (await readRecord(BODY, uuid, world.store))?.reservation.status.index ?? -1
  const read = (text: string, now: Date) =>
    isSet(
      verifyStatusList(JSON.parse(text), {
        publicKeyMultibase,
        id: `${world.baseUrl}/status-lists/${LIST}`,
        issuer: String(entity?.did) as never,
        purpose: 'revocation',
        now,
      }),
      index,
    )
  // Other verifiers accept the stale list until its end, a day at most. Then they refuse it, and do not read it as "in force".
  expect(Date.parse(validUntil) - after(SECOND).getTime()).toBeLessThanOrEqual(24 * HOUR)
  expect(read(stale, new Date(Date.parse(validUntil) - SECOND))).toBe(false)
  expect(() => read(stale, new Date(Date.parse(validUntil) + SECOND))).toThrow()
  // A new request gets the new list at once.
  expect(read((await publishStatusList(LIST, world.at(after(3 * SECOND)))).text, after(4 * SECOND))).toBe(true)
})
