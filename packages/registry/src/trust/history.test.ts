import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { identity } from '../../../../test/support/registry-world.ts'
import { type Commit, nextCommit, streams } from '../stream.ts'
import { accreditationStatus } from './accreditation-status.ts'
import { identityOn } from './contact.ts'
import type { Grant } from './entity.ts'
import type { TrustEvent, TrustHistory } from './events.ts'
import { entityAt } from './fold.ts'
import { grantOn, grantState } from './grant.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString()

interface Entry {
  event: TrustEvent
  /** The day from which it counts. */
  effective: number
}

/** One entry a day, recorded from day 0 on, independent of the day from which each counts. */
function recordedDaily(id: string, entries: readonly Entry[]): TrustHistory {
  const history: Commit<TrustEvent>[] = []
  for (const { event, effective } of entries) {
    history.push(
      nextCommit(streams.trust(id), history, {
        events: [event],
        actor: 'registrar',
        now: new Date(day(history.length)),
        effectiveAt: day(effective),
      }),
    )
  }
  return history
}

const decided = (on: number) => ({ entry: `demo-body/trust/${on}`, by: ['demo-pqf'], recordedAt: day(on) })
const aGrant = (change: Partial<Grant> = {}): Grant => ({
  id: 'main',
  right: 'issue',
  grantors: ['demo-pqf'],
  basis: 'decision 1',
  scope: {},
  from: day(10),
  recordedAt: day(10),
  decision: decided(10),
  changes: [],
  ...change,
})
const changed = (type: 'suspended' | 'lifted' | 'withdrawn' | 'joined', on: number) => ({
  type,
  effectiveAt: day(on),
  recordedAt: day(on),
  decision: decided(on),
  by: 'demo-pqf',
  basis: 'decision',
})

describe('the state of a grant on a day', () => {
  test('is in force from its first moment to its last, both included', () => {
    const grant = aGrant({ until: day(20) })
    expect([9, 10, 20, 21].map((on) => grantState(grant, day(on)).in)).toEqual(['future', 'force', 'force', 'past'])
  })

  test('is suspended from a day until it is lifted', () => {
    const grant = aGrant({ changes: [changed('suspended', 12), changed('lifted', 15)] })
    expect([11, 12, 14, 15].map((on) => grantState(grant, day(on)))).toEqual([
      { in: 'force' },
      { in: 'suspension', since: day(12) },
      { in: 'suspension', since: day(12) },
      { in: 'force' },
    ])
  })

  test('follows the change with the later effective day, even if it was recorded earlier', () => {
    const grant = aGrant({ changes: [changed('suspended', 15), changed('lifted', 12)] })
    expect(grantState(grant, day(16)).in).toBe('suspension')
    expect(grantState(grant, day(13)).in).toBe('force')
  })

  test('follows the later record, if two count from one day', () => {
    expect(grantState(aGrant({ changes: [changed('suspended', 12), changed('lifted', 12)] }), day(13)).in).toBe('force')
    expect(grantState(aGrant({ changes: [changed('lifted', 12), changed('suspended', 12)] }), day(13)).in).toBe(
      'suspension',
    )
  })

  test('stays suspended if the suspension was recorded after the lift', () => {
    const lift = { ...changed('lifted', 20), recordedAt: day(13) }
    const grant = aGrant({ changes: [changed('suspended', 12), lift, changed('suspended', 15)] })
    expect(grantState(grant, day(14))).toEqual({ in: 'suspension', since: day(12) })
    expect(grantState(grant, day(21))).toEqual({ in: 'suspension', since: day(15) })
  })

  test('is withdrawn from its day on, and nothing restores it', () => {
    const grant = aGrant({ changes: [changed('withdrawn', 15), changed('lifted', 18)] })
    expect([14, 15, 19].map((on) => grantState(grant, day(on)))).toEqual([
      { in: 'force' },
      { in: 'withdrawal', since: day(15) },
      { in: 'withdrawal', since: day(15) },
    ])
  })

  test('was never in force if it was withdrawn from the beginning', () => {
    const grant = aGrant({ changes: [changed('withdrawn', 10)] })
    expect([9, 10, 11, 400].map((on) => grantState(grant, day(on)).in)).toEqual([
      'future',
      'withdrawal',
      'withdrawal',
      'withdrawal',
    ])
  })

  test('does not depend on which days were asked about before', () => {
    const at = fc.integer({ min: 5, max: 25 })
    const aChange = fc.record({
      type: fc.constantFrom('suspended' as const, 'lifted' as const, 'withdrawn' as const, 'joined' as const),
      on: at,
      awaits: fc.constantFrom(undefined, ['demo-pqf']),
    })
    const changes = fc.array(
      fc.oneof(
        aChange.map(({ type, on, awaits }) => ({
          ...changed(type, on),
          ...(type === 'lifted' && awaits && { awaits }),
        })),
        fc.record({ on: at, until: at }).map(({ on, until }) => ({
          ...changed('suspended', on),
          type: 'amended' as const,
          scope: { places: [`${on}`] },
          until: day(until),
        })),
      ),
      { maxLength: 12 },
    )
    const asked = fc.array(fc.integer({ min: 8, max: 54 }), { maxLength: 40 })
    fc.assert(
      fc.property(changes, asked, fc.constantFrom(undefined, ['demo-pqf']), (history, halves, awaits) => {
        const grant = aGrant({ changes: history, until: day(22), ...(awaits && { awaits }) })
        for (const half of halves) {
          // Days on which something happens, and what lies between two of them.
          const moment = half % 2 === 0 ? day(half / 2) : day((half - 1) / 2).replace('T00', 'T12')
          expect(grantOn(grant, moment)).toEqual(grantOn(structuredClone(grant), moment))
        }
      }),
    )
  })

  test('is withdrawn from the earlier day, if it was withdrawn twice', () => {
    const grant = aGrant({ changes: [changed('withdrawn', 18), changed('withdrawn', 12)] })
    expect(grantState(grant, day(19))).toEqual({ in: 'withdrawal', since: day(12) })
  })
})

describe('I33: what was known at a moment', () => {
  const registration: Entry[] = [
    {
      event: { type: 'body-registered', identity: identity(), did: 'did:web:registry.example', sandbox: false },
      effective: 0,
    },
  ]
  const authority: Entry[] = [{ event: { type: 'authority-registered', identity: identity() }, effective: 0 }]
  const grants = ['one', 'two']
  const anEntry: fc.Arbitrary<Entry> = fc.record({
    effective: fc.integer({ min: 0, max: 40 }),
    event: fc.oneof(
      fc.record({
        type: fc.constant('accredited' as const),
        grant: fc.constantFrom(...grants),
        right: fc.constantFrom('issue' as const, 'accredit' as const),
        grantors: fc.constantFrom<[string, ...string[]]>(['demo-pqf'], ['nobody'], ['demo-pqf', 'nobody']),
        basis: fc.constant('decision'),
        scope: fc.constantFrom({}, { qualifications: ['ph-masonry-nc2'] }, { places: ['TH'] }),
      }),
      fc.record({
        type: fc.constantFrom(
          'accreditation-suspended' as const,
          'accreditation-lifted' as const,
          'accreditation-withdrawn' as const,
        ),
        grant: fc.constantFrom(...grants),
        by: fc.constant('demo-pqf'),
        basis: fc.constant('decision'),
      }),
      fc.record({
        type: fc.constant('accreditation-amended' as const),
        grant: fc.constantFrom(...grants),
        by: fc.constant('demo-pqf'),
        basis: fc.constant('decision'),
        scope: fc.constantFrom({}, { qualifications: ['ph-masonry-nc1'] }),
        pilot: fc.boolean(),
        until: fc.constantFrom(day(20), day(60)),
      }),
      fc.constant({ type: 'succeeded' as const, successor: 'demo-pqf', basis: 'Act 2' }),
      fc.record({
        type: fc.constant('contact-changed' as const),
        contact: fc.constantFrom('one@tesda.example', '+1 202 555 0143', null),
      }),
    ),
  })
  const histories = fc.record({
    before: fc.array(anEntry, { maxLength: 8 }),
    later: fc.array(anEntry, { minLength: 1, maxLength: 8 }),
    effective: fc.integer({ min: 0, max: 45 }),
  })

  test('later records do not change the entity as of a moment', () => {
    fc.assert(
      fc.property(histories, ({ before, later }) => {
        const known = recordedDaily('demo-tesda', [...registration, ...before])
        const grown = recordedDaily('demo-tesda', [...registration, ...before, ...later])
        for (let recorded = 0; recorded <= before.length; recorded++)
          expect(entityAt('demo-tesda', grown, day(recorded))).toEqual(entityAt('demo-tesda', known, day(recorded)))
      }),
    )
  })

  test('later records do not change the contact for two given moments', () => {
    fc.assert(
      fc.property(histories, ({ before, later, effective }) => {
        const answer = (entries: Entry[], recorded: number) => {
          const history = recordedDaily('demo-tesda', [...registration, ...entries])
          const entity = entityAt('demo-tesda', history, day(recorded))
          return JSON.stringify(entity && identityOn(entity, day(effective)))
        }
        for (let recorded = 0; recorded <= before.length; recorded++)
          expect(answer([...before, ...later], recorded)).toBe(answer(before, recorded))
      }),
    )
  })

  test('is the same for any order and number of moments', () => {
    const entries = fc.array(anEntry, { minLength: 10, maxLength: 20 })
    const moments = fc.array(fc.integer({ min: -1, max: 21 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(entries, moments, (others, asked) => {
        const history = recordedDaily('demo-tesda', [...registration, ...others])
        for (const recorded of asked) {
          const known = history.filter(({ recordedAt }) => recordedAt <= day(recorded))
          expect(entityAt('demo-tesda', history, day(recorded))).toEqual(entityAt('demo-tesda', known, day(99)))
        }
      }),
    )
  })

  test('late or corrected entries in the chain never change a byte of an answer for two given moments', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async ({ before, later, effective }, isAbove) => {
        const answer = async (entries: Entry[], recorded: number) => {
          const more = isAbove ? entries : []
          const known = {
            'demo-tesda': recordedDaily('demo-tesda', [...registration, ...entries]),
            // The entity between the body and its root changes in the same way.
            'demo-pqf': recordedDaily('demo-pqf', [...authority, ...more]),
          }
          const standing = await accreditationStatus(
            {
              issuer: 'demo-tesda',
              qualification: baselineHistory('ph-masonry-nc2'),
              place: 'PH',
              site: undefined,
              effective: day(effective),
              recorded: day(recorded),
            },
            { trust: async (id) => known[id as keyof typeof known] ?? [], policy: { demonstration: true } },
          )
          return JSON.stringify(standing)
        }
        for (let recorded = 0; recorded <= before.length; recorded++)
          expect(await answer([...before, ...later], recorded)).toBe(await answer(before, recorded))
      }),
    )
  })

  test('a late entry changes the answer for the same day after it is recorded', () => {
    const accredited: Entry = {
      event: { type: 'accredited', grant: 'one', right: 'issue', grantors: ['demo-pqf'], basis: 'decision', scope: {} },
      effective: 1,
    }
    const withdrawn: Entry = {
      event: { type: 'accreditation-withdrawn', grant: 'one', by: 'demo-pqf', basis: 'fraud' },
      effective: 1,
    }
    const history = recordedDaily('demo-tesda', [...registration, accredited, withdrawn])
    const standing = (recorded: number) => {
      const grant = entityAt('demo-tesda', history, day(recorded))?.grants[0]
      return grant && grantState(grant, day(1)).in
    }
    expect([0, 1, 2].map(standing)).toEqual([undefined, 'force', 'withdrawal'])
  })

  test('a contact that was recorded late answers for its day from the record on, and not before', () => {
    const moved: Entry = { event: { type: 'contact-changed', contact: 'desk@tesda.example' }, effective: 1 }
    const history = recordedDaily('demo-tesda', [...registration, { ...moved, effective: 9 }, moved])
    const contact = (recorded: number) => {
      const entity = entityAt('demo-tesda', history, day(recorded))
      return entity && identityOn(entity, day(3)).contact
    }
    expect([0, 1, 2].map(contact)).toEqual([undefined, undefined, 'desk@tesda.example'])
  })

  test('before the first record there is no entity', () => {
    expect(
      entityAt('demo-tesda', recordedDaily('demo-tesda', registration), '2025-12-31T23:59:59.999Z'),
    ).toBeUndefined()
  })
})
