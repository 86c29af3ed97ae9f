import { verifyDocument } from '@sijil/registry/verification'
import { expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { after, aWorld, BODY, SECOND } from '../../../test/support/registry-world.ts'
import { certificateView } from './certificate.ts'

async function verified() {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue({ holder: { name: 'NGUYỄN THỊ ĐÀO' } })
  const deps = { ...world.verifying(after(SECOND)), ...baselineDeps }
  return { verification: await verifyDocument(verifiableCredential, deps), deps }
}

test('without the name only the day of issue is shown, and with the name the exact moment', async () => {
  const { verification, deps } = await verified()
  const issued = async (person: 'hidden' | 'shown') =>
    (await certificateView(verification, { person }, deps)).verification.certificate?.validFrom
  expect(await issued('shown')).toBe('2026-03-02T12:00:00Z')
  expect(await issued('hidden')).toBe('2026-03-02')
})

test('the link to the issuer’s page names the day of issue and the qualification', async () => {
  const { verification, deps } = await verified()
  const { issuerPage, qualificationPage } = await certificateView(verification, { person: 'shown' }, deps)
  expect(issuerPage).toBe(`/issuers/${BODY}?as-of=2026-03-02&qualification=ph-masonry-nc2`)
  expect(qualificationPage).toBe('/qualifications/ph-masonry-nc2')
})

test('a level is compared for a state that the reader chose, and an unknown state is ignored', async () => {
  const { verification, deps } = await verified()
  const chosen = async (host: string) => certificateView(verification, { person: 'shown', host }, deps)
  expect((await chosen('TH')).levels?.host).toBeDefined()
  const unknown = await chosen('XX')
  expect([unknown.host, unknown.levels?.host]).toEqual([undefined, undefined])
})

test('a part comes with all units of the whole, if the record has each unit of the part', async () => {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue({ units: ['CON712301', 'CON712302'] })
  const deps = { ...world.verifying(after(SECOND)), ...baselineDeps }
  const verification = await verifyDocument(verifiableCredential, deps)
  const shown = async (of: typeof verification) => (await certificateView(of, { person: 'shown' }, deps)).wholeUnits
  expect(await shown(verification)).toHaveLength(5)
  const { certificate } = verification
  if (certificate === undefined) throw new Error('nothing was verified')
  const units = [{ code: 'OTHER', title: 'A unit of another edition' }]
  expect(await shown({ ...verification, certificate: { ...certificate, units } })).toBeUndefined()
  const { verification: whole } = await verified()
  expect(await shown(whole)).toBeUndefined()
})
