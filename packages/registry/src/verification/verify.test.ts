import { expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, OFFICER, SECOND } from '../../../../test/support/registry-world.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { verifyDocument } from './verify.ts'

test('I9: the same question about the same record always has the same verdict, for every caller', async () => {
  const world = await aWorld()
  const { id, verifiableCredential } = await world.issue()
  const ask = () => verifyDocument(structuredClone(verifiableCredential), world.verifying(after(MINUTE)))
  const first = await ask()
  expect(first.verdict).toBe('valid')
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([first, first, first])
  // A changed record can change the verdict.
  const revocation = { issuer: BODY, uuid: id.slice(9), actor: OFFICER, reason: 'misconduct' } as const
  await revokeCertificate(revocation, world.at(after(SECOND)))
  expect((await ask()).verdict).toBe('invalid')
  expect(await ask()).toEqual(await ask())
})
