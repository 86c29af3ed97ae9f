import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StreamId } from '@sijil/registry'
import { accreditationsAt, contactOn, entityAt, type TrustEvent, type TrustHistory } from '@sijil/registry/trust'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../json.ts'
import { accreditationsOf, contactOf, type Entry, fold } from './fold.ts'

const identity = { name: 'A', state: 'PH', website: 'https://a.example', mandate: 'none', demonstration: true }
const key = { purpose: 'certificates', algorithm: 'Ed25519', publicKeyMultibase: 'z1', keyRef: '' } as const

const terms = fc.record(
  {
    scope: fc.constantFrom({}, { places: ['PH'], sites: ['hall'] }, { qualifications: ['ph-masonry-nc2'] }),
    until: fc.constantFrom('2025-01-05T00:00:00.000Z', '2025-01-15T00:00:00.000Z'),
    pilot: fc.boolean(),
  },
  { requiredKeys: ['scope'] },
)
const grant = fc.constantFrom('main', 'other')
const decision = { by: 'authority', basis: 'a decision' }
/** A decision of one of two grantors waits for the other. */
const awaiting = fc.constantFrom({}, { awaits: ['second'] })
const kid = fc.constantFrom('certificates-1', 'certificates-2')
const event: fc.Arbitrary<TrustEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('key-retired', 'key-suspended', 'key-resumed', 'key-compromised'), kid }),
  fc
    .tuple(grant, terms, awaiting)
    .map(
      ([id, rest, open]) =>
        ({ type: 'accreditation-amended', grant: id, ...decision, ...rest, ...open }) satisfies TrustEvent,
    ),
  fc
    .tuple(grant, awaiting)
    .map(([id, open]) => ({ type: 'accreditation-lifted', grant: id, ...decision, ...open }) satisfies TrustEvent),
  fc.record({
    type: fc.constant('contact-changed'),
    contact: fc.constantFrom('a@one.example', '+1 202 555 0143', null),
  }),
  fc.record({ type: fc.constant('succeeded'), successor: fc.constantFrom('b', 'c'), basis: fc.constant('an act') }),
  fc.record({
    type: fc.constant('list-accepted'),
    registry: fc.constantFrom('https://one.example', 'https://two.example'),
    keys: fc.subarray(['first', 'second'], { minLength: 1 }),
    states: fc.constant(['PH']),
    basis: fc.constant('a memorandum'),
  }),
  fc.record({
    type: fc.constant('list-suspended'),
    registry: fc.constantFrom('https://one.example', 'https://two.example'),
    basis: fc.constant('doubt'),
  }),
  grant.map((id) => ({ type: 'accreditation-joined', grant: id, ...decision, by: 'second' }) satisfies TrustEvent),
  fc
    .tuple(fc.constantFrom('accreditation-suspended', 'accreditation-withdrawn'), grant)
    .map(([type, id]) => ({ type, grant: id, ...decision }) satisfies TrustEvent),
)
const day = fc.integer({ min: 1, max: 20 }).map((number) => `2025-01-${String(number).padStart(2, '0')}T00:00:00.000Z`)

const beginning: TrustEvent[] = [
  { type: 'body-registered', identity, did: 'did:web:a.example', sandbox: false },
  { type: 'key-added', key: { ...key, kid: 'certificates-1' } },
  { type: 'key-added', key: { ...key, kid: 'certificates-2' } },
  {
    type: 'accredited',
    grant: 'main',
    right: 'issue',
    grantors: ['authority', 'second'],
    awaits: ['second'],
    basis: 'a decision',
    scope: {},
    pilot: true,
  },
  { type: 'established', grant: 'other', right: 'accredit', law: 'an act', scope: {} },
]

/** Leaves out absent members, as an answer does. */
const textOf = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)))

test('for random histories and days, the fold of the auditor equals the public answers of the registry', () => {
  const began = beginning.map((one) => [one, '2025-01-03T00:00:00.000Z'] as const)
  fc.assert(
    fc.property(fc.array(fc.tuple(event, day), { maxLength: 12 }), day, (later, effective) => {
      const history: TrustHistory = [...began, ...later].map(([one, effectiveAt], number) => ({
        stream: 'a/trust' as StreamId,
        number,
        events: [one],
        actor: 'officer',
        effectiveAt,
        recordedAt: new Date(Date.UTC(2025, 1, 1, 0, number)).toISOString(),
      }))
      const entity = entityAt('a', history, '9999-12-31T23:59:59.999Z')
      const entries: Entry[] = JSON.parse(JSON.stringify(history))
      const folded = fold('a', entries)
      const shown = entity && accreditationsAt(entity, effective)
      expect(textOf(accreditationsOf(folded, effective))).toBe(textOf(shown))
      expect(textOf(folded.keys)).toBe(textOf(entity?.keys))
      const listsOf = (all: readonly object[] = []) => all.map(textOf).sort()
      expect(listsOf([...folded.lists.values()])).toEqual(listsOf(entity?.lists))
      expect(contactOf(folded, effective) ?? undefined).toBe(entity && contactOn(entity, effective))
      expect(textOf([folded.registered.identity, folded.registered.under, folded.successor])).toBe(
        textOf([entity?.identity, entity?.under, entity?.successor]),
      )
    }),
    { numRuns: 300 },
  )
})

test('audit.ts and fold.ts together have fewer than 200 lines of code, so that an auditor can read them', () => {
  const lines = ['audit.ts', 'fold.ts'].flatMap((file) =>
    readFileSync(join(import.meta.dirname, file), 'utf8').split('\n'),
  )
  const isCode = (line: string) => !/^\s*(?:$|\/\/|\/?\*)/.test(line)
  expect(lines.filter(isCode).length).toBeLessThan(200)
})
