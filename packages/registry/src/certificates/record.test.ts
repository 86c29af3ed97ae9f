import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Commit, nextCommit, streams } from '../stream.ts'
import { type CertificateEvent, recordOf } from './record.ts'

const uuid = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
const stream = streams.certificate('demo-tesda', uuid)
const place = { pair: 'demo-tesda-1', index: 7 }
const noon = Date.UTC(2026, 2, 2, 12)

const reserved: CertificateEvent = {
  type: 'reserved',
  hash: 'hash',
  requestTag: 'tag',
  kid: 'certificates-1',
  created: '2026-03-02T12:00:00Z',
  qualification: 'ph-masonry-nc2',
  edition: '2',
  issuerName: 'TESDA',
  status: place,
  number: { tag: 'number', sealed: 'sealed' },
}
const issued: CertificateEvent = { type: 'issued', generation: 0 }
const burned: CertificateEvent = { type: 'burned', ...place }
const revoked: CertificateEvent = { type: 'revoked', reason: 'misconduct', ...place }
const superseded: CertificateEvent = { type: 'revoked', reason: 'superseded', successor: uuid, ...place }
const suspended: CertificateEvent = { type: 'suspended', reason: 'under-investigation', ...place }
const reinstated: CertificateEvent = { type: 'reinstated', ...place }

/** One commit a second. */
function commitsOf(events: readonly CertificateEvent[]) {
  const commits: Commit<CertificateEvent>[] = []
  for (const event of events) {
    const now = new Date(noon + commits.length * 1_000)
    commits.push(nextCommit(stream, commits, { events: [event], actor: 'officer', now }))
  }
  return commits
}
const stateAfter = (...events: CertificateEvent[]) => recordOf(uuid, commitsOf(events))

describe('the state of a certificate', () => {
  test.each([
    ['reserved', [reserved]],
    ['burned', [reserved, burned]],
    ['in-force', [reserved, issued]],
    ['suspended', [reserved, issued, suspended]],
    ['in-force', [reserved, issued, suspended, reinstated]],
    ['suspended', [reserved, issued, suspended, reinstated, suspended]],
    ['revoked', [reserved, issued, revoked]],
    ['revoked', [reserved, issued, suspended, revoked]],
  ] as const)('%s after %j', (state, events) => {
    expect(stateAfter(...events)?.state).toBe(state)
  })

  test('a stream that does not begin with a reservation has no record', () => {
    expect(recordOf(uuid, [])).toBeUndefined()
    expect(stateAfter(issued)).toBeUndefined()
  })

  test('a certificate that was never released cannot be revoked or suspended', () => {
    expect(stateAfter(reserved, revoked)?.state).toBe('reserved')
    expect(stateAfter(reserved, suspended, reinstated)?.state).toBe('reserved')
  })

  test('its history has every change with its moment, and the successor if there is one', () => {
    expect(stateAfter(reserved, issued, suspended, reinstated, superseded)?.history).toEqual([
      { state: 'in-force', at: '2026-03-02T12:00:01.000Z' },
      { state: 'suspended', at: '2026-03-02T12:00:02.000Z', reason: 'under-investigation' },
      { state: 'in-force', at: '2026-03-02T12:00:03.000Z' },
      { state: 'superseded', at: '2026-03-02T12:00:04.000Z', reason: 'superseded', successor: uuid },
    ])
  })
})

describe('I24: final states', () => {
  const anyEvent = fc.constantFrom(issued, burned, revoked, superseded, suspended, reinstated)

  test.each([
    ['revoked', [reserved, issued, revoked]],
    ['superseded', [reserved, issued, suspended, superseded]],
    ['burned', [reserved, burned]],
  ] as const)('a change appended after the final state %s has no effect', (_, final) => {
    const { state, history } = stateAfter(...final) ?? {}
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 8 }), (later) => {
        const record = stateAfter(...final, ...later)
        expect(record).toMatchObject({ state, history })
      }),
    )
  })

  test('in every history, a revocation keeps its first date, reason and successor', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const commits = commitsOf([reserved, ...events])
        let first: unknown
        for (let length = 1; length <= commits.length; length++) {
          const record = recordOf(uuid, commits.slice(0, length))
          const { commits: _, ...final } = record ?? { commits: [] }
          if (first !== undefined) expect(final).toEqual(first)
          else if (record?.state === 'revoked' || record?.state === 'burned') first = final
        }
      }),
    )
  })
})
