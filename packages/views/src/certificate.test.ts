import type { Comparison } from '@sijil/qualifications'
import { qualificationAt } from '@sijil/registry/catalogue'
import { type JointCommits, jointHash } from '@sijil/registry/joint'
import { verifyDocument } from '@sijil/registry/verification'
import { expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { AUTHORITY, after, aWorld, BODY, SECOND } from '../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../test/support/trust-world.ts'
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

test('R-107: the title of the host stands beside the level where authorities of both states compared it together', async () => {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue()
  const deps = { ...world.verifying(after(SECOND)), ...baselineDeps }
  const verification = await verifyDocument(verifiableCredential, deps)
  const { units: [unit] = [], qualification } = verification.certificate ?? {}
  await decisionsIn(world).authority('demo-host', 'MM')
  const moment = '2026-02-01T00:00:00.000Z'
  const asked = { effective: moment, recorded: moment }
  const target = qualificationAt(await deps.catalogue('mm-elec-nc1'), asked)
  const parties = [AUTHORITY, 'demo-host'].map((id) => ({ registry: new URL(world.baseUrl).host, id }))
  const compared = (
    happened: readonly ('joined' | 'left')[],
    { edition = qualification?.edition ?? '', found = [target?.units[0]?.code ?? ''], by = [unit?.code ?? ''] } = {},
  ): JointCommits<Comparison> => {
    const content: Comparison = {
      from: { qualification: 'ph-masonry-nc2', edition },
      to: { qualification: 'mm-elec-nc1', edition: target?.edition ?? '' },
      catalogueAt: moment,
      rows: found.map((code) => ({ unit: code, result: by.length > 0 ? 'partial' : 'gap', by, note: 'By hand.' })),
      aspects: {},
    }
    const text = { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 1, parties, content }
    const hash = jointHash(text)
    const decided = happened.map((what) => ({ type: `joint-${what}`, party: 'demo-host', hash, basis: 'Act 3' }))
    const stored = { stream: 'x', actor: 'officer', effectiveAt: moment, recordedAt: moment }
    const events = [{ type: 'joint-proposed', text, hash }, ...decided]
    return events.map((event, number) => ({ ...stored, number, events: [event] })) as never
  }
  const titleOf = async (commits: JointCommits<Comparison>, host = 'MM') =>
    (await certificateView(verification, { person: 'shown', host }, { ...deps, comparisons: async () => [commits] }))
      .levels?.comparable
  expect(await titleOf(compared(['joined']))).toMatchObject({
    title: target?.title,
    qualification: 'mm-elec-nc1',
    degree: 'some-units',
    comparison: `/comparisons/${AUTHORITY}.bricks/1`,
    agreedBy: [{ id: AUTHORITY }, { id: 'demo-host' }],
  })
  // Not for another host, nor what one says alone or a party has left, nor of another edition, nor where nothing was found.
  expect(await titleOf(compared(['joined']), 'VN')).toBeUndefined()
  expect(await titleOf(compared([]))).toBeUndefined()
  expect(await titleOf(compared(['joined', 'left']))).toBeUndefined()
  expect(await titleOf(compared(['joined'], { edition: 'another' }))).toBeUndefined()
  expect(await titleOf(compared(['joined'], { found: [] }))).toBeUndefined()
  const every = target?.units.map(({ code }) => code) ?? []
  expect(await titleOf(compared(['joined'], { found: every, by: [] }))).toBeUndefined()
})
