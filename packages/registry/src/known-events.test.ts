import { describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../test/support/registry-world.ts'
import { readRecord } from './certificates/read-record.ts'
import { recordOf } from './certificates/record.ts'
import { requireProposal } from './decisions/proposals.ts'
import { publishBundle, readBundle } from './log/bundle.ts'
import { sequenceLog } from './log/sequence.ts'
import { type IndexKey, nextCommit, type StreamId, streams } from './stream.ts'
import { requireMember } from './trust/members.ts'
import { verifyDocument } from './verification/verify.ts'

const later = after(MINUTE)

/** Appends an event as a newer version of the code, or a damaged store, would have it. */
async function append({ store }: World, stream: StreamId, event: object, index?: IndexKey): Promise<void> {
  const change = { events: [event], actor: OFFICER, now: after(SECOND), ...(index && { index }) }
  await store.append(nextCommit(stream, await store.read(stream), change))
}

const certificateEvents: [string, object][] = [
  ['of a kind that is not known', { type: 'recalled', reason: 'x' }],
  ['of a later version', { type: 'reinstated', version: 2 }],
  ['without a member that it needs', { type: 'revoked', pair: 'a-1', index: 1 }],
  ['of a kind that every object has', { type: 'constructor' }],
]
const trustEvents: [string, object][] = [
  ['of a kind that is not known', { type: 'accreditation-annulled', grant: GRANT }],
  ['of a later version', { type: 'accreditation-lifted', grant: GRANT, by: AUTHORITY, basis: 'b', version: 2 }],
  ['without a member that it needs', { type: 'accreditation-amended', grant: GRANT, by: AUTHORITY, basis: 'b' }],
]

describe('H002: an event that this code does not know is never skipped', () => {
  test.each(certificateEvents)('a certificate with an event %s is indeterminate', async (_, event) => {
    const world = await aWorld()
    const { verifiableCredential, uuid } = await world.issue()
    expect(await verifyDocument(verifiableCredential, world.verifying(later))).toMatchObject({ verdict: 'valid' })
    await append(world, streams.certificate(BODY, uuid), event)
    const { verdict, checks } = await verifyDocument(verifiableCredential, world.verifying(later))
    expect(verdict).toBe('indeterminate')
    expect(checks.find(({ name }) => name === 'status')).toMatchObject({ reason: 'record-not-readable' })
    await expect(readRecord(BODY, uuid, world.store)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })

  test.each(trustEvents)('what a body issued is indeterminate if its record has an event %s', async (_, event) => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await append(world, streams.trust(BODY), event, 'TRUST')
    const { verdict, problemDetails } = await verifyDocument(verifiableCredential, world.verifying(later))
    expect(verdict).toBe('indeterminate')
    expect(problemDetails.map(({ type }) => type.split('/').at(-1))).toContain('dependency-unavailable')
    const next = world.issue({ certificateNumber: '26-MAS2-000002' }, { key: 'next' })
    await expect(next).rejects.toMatchObject({
      code: 'dependency-unavailable',
    })
  })

  test('what a body issued is indeterminate if the record of an authority above it has one', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await append(world, streams.trust(AUTHORITY), { type: 'authority-dissolved' }, 'TRUST')
    expect(await verifyDocument(verifiableCredential, world.verifying(later))).toMatchObject({
      verdict: 'indeterminate',
    })
  })

  test('nobody acts for an owner whose list of members has one', async () => {
    const world = await aWorld()
    await append(world, streams.members(BODY), { type: 'member-suspended', subject: OFFICER })
    const asked = requireMember({ owner: BODY, subject: OFFICER, role: 'issue' }, { reader: world.store })
    await expect(asked).rejects.toMatchObject({ code: 'dependency-unavailable' })
  })

  test('a proposal with one cannot be decided', async () => {
    const world = await aWorld()
    const change = { verb: 'suspend-list', registry: 'https://a.example', basis: 'b' } as never
    await append(world, streams.proposal(AUTHORITY, 'p'), { type: 'proposed', change, hash: 'h' })
    expect(await requireProposal(AUTHORITY, 'p', world.store, noon)).toMatchObject({ state: 'open' })
    await append(world, streams.proposal(AUTHORITY, 'p'), { type: 'joined' })
    await expect(requireProposal(AUTHORITY, 'p', world.store, noon)).rejects.toMatchObject({
      code: 'dependency-unavailable',
    })
  })

  test('it stops neither the log nor the trust bundle of everybody else', async () => {
    const world = await aWorld()
    await append(world, streams.trust(BODY), { type: 'accreditation-annulled', grant: GRANT }, 'TRUST')
    const { store, artefacts, keys, baseUrl } = world
    const signing = { store, artefacts, signer: keys, keys, baseUrl, now: later }
    expect((await sequenceLog('registry', { ...signing, seen: new Set() })).added).toBeGreaterThan(1)
    await publishBundle({ ...signing, policy: { demonstration: true } })
    const { bundle } = JSON.parse((await readBundle(world)) ?? '{}')
    const listed = bundle.entities.map(({ id }: { id: string }) => id)
    expect([listed.includes(AUTHORITY), listed.includes(BODY)]).toEqual([true, false])
  })
})

test('H002: old words keep their meaning: a burned certificate is burned, and other members may be there', () => {
  const opening = { type: 'reserved', hash: 'h', kid: 'k', status: { pair: 'a-1', index: 1 } }
  const commit = (number: number, event: object) => ({
    stream: streams.certificate(BODY, 'u'),
    number,
    events: [event] as never,
    actor: OFFICER,
    effectiveAt: noon.toISOString(),
    recordedAt: noon.toISOString(),
  })
  const burned = { type: 'burned', pair: 'a-1', index: 1, note: 'written by somebody' }
  expect(recordOf('u', [commit(0, opening), commit(1, burned)])).toMatchObject({ state: 'burned' })
})
