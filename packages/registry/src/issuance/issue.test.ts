import { verifyIndependently } from '@sijil/credentials/independent'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  aBody,
  after,
  anInput,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { certificateUuid, issuerSecret, statusCandidate } from '../certificates/secrecy.ts'
import { suspendAccreditation } from '../decisions/accredit.ts'
import { RegistryError } from '../errors.ts'
import { type StreamId, streams } from '../stream.ts'
import { didDocument } from '../trust/did-document.ts'
import { entityAt } from '../trust/fold.ts'
import { removeMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { issueCertificate } from './issue.ts'
import type { IssueDeps } from './issue-deps.ts'
import { sweepReservations } from './sweep.ts'

/** The writes of a body's first certificate, in order. The number is claimed, and then its look-alikes. */
const writes = ['pair-opened', 'reserved', 'number-claimed', 'number-claimed', 'issued']
const nth = (event: string) => writes.indexOf(event) + 1
const down = { code: 'dependency-unavailable' }
const eventsOf = ({ store }: World) =>
  store.appended.flatMap(({ events }) => (events as { type: string }[]).map(({ type }) => type))
const issuing = (world: World) => eventsOf(world).slice(eventsOf(world).indexOf('pair-opened'))

describe('issuing', () => {
  test('I15, I14: claims, records, signs, and answers with a certificate that verifies', async () => {
    const world = await aWorld()
    const recorded: string[][] = []
    world.keys.beforeSigning = async ({ hash }) => {
      recorded.push(
        world.store
          .events('reserved')
          .map((event) => String(event.hash))
          .filter((known) => known === hash),
      )
    }
    const issued = await world.issue()
    expect(issuing(world)).toEqual(writes)
    expect(recorded).toEqual([world.keys.signatures.map(({ hash }) => hash)])
    expect(issued).toMatchObject({ id: `urn:uuid:${issued.uuid}`, replayed: false })
    const { verdict, certificate } = await verifyDocument(issued.verifiableCredential, world.verifying(after(SECOND)))
    expect(verdict).toBe('valid')
    expect(certificate).toMatchObject({ id: issued.id, certificateNumber: '26-MAS2-000001' })
    const opened = await verifyLink(issued.link.slice(-26), world.verifying(after(SECOND)))
    expect(opened).toMatchObject({ document: issued.verifiableCredential, verification: { verdict: 'valid' } })
  })

  test('D-06: no commit holds a name, a number or a link', async () => {
    const world = await aWorld()
    const { link } = await world.issue()
    const kept = JSON.stringify(world.store.appended)
    for (const secret of ['RODEL', 'MANALO', '26-MAS2-000001', link.slice(-26)]) expect(kept).not.toContain(secret)
  })

  test.each([
    ['nobody', { subject: 'stranger' }],
    ['for nobody', { issuer: 'nobody' }],
    ['for an authority', { issuer: AUTHORITY }],
    ['for a malformed id', { issuer: 'No/Body' }],
  ])('I36: %s issues: one answer for all of them, and nothing is written', async (_, change) => {
    const world = await aWorld()
    const before = world.store.appended.length
    const request = { issuer: BODY, subject: OFFICER, idempotencyKey: 'key-1', input: anInput(), ...change }
    await expect(issueCertificate(request, world.issuing)).rejects.toMatchObject({
      code: 'not-found',
      message: 'no such issuer',
    })
    expect(world.store.appended).toHaveLength(before)
  })

  test.each([
    ['a qualification out of scope', { qualification: 'ph-tile-nc2' }, 'type-not-in-scope'],
    [
      'a certificate that would have ended already',
      { awardedOn: '2019-12-31', assessedOn: '2019-12-30' },
      'validation-failed',
    ],
    ['no such qualification', { qualification: 'ph-nothing' }, 'validation-failed'],
    ['no day', { assessedOn: undefined, awardedOn: undefined }, 'validation-failed'],
    ['a day in the future', { awardedOn: '2026-03-04' }, 'validation-failed'],
    ['an assessment after the award', { assessedOn: '2026-02-25' }, 'validation-failed'],
    ['a unit of another qualification', { units: ['CON712301', 'XXX'] }, 'validation-failed'],
    ['a unit twice', { units: ['CON712301', 'CON712301'] }, 'validation-failed'],
    ['a longer validity than the scheme has', { validUntil: '2099-01-01' }, 'validation-failed'],
    ['a name that misleads', { holder: { name: 'RODEL \u202eOLANAM' } }, 'validation-failed'],
  ] as const)('I15: %s is refused before anything is written or signed', async (_, change, code) => {
    const world = await aWorld()
    const before = world.store.appended.length
    await expect(world.issue(change)).rejects.toMatchObject({ code })
    expect(world.store.appended).toHaveLength(before)
    expect(world.keys.signatures).toEqual([])
  })
})

describe('I18: one key, one certificate', () => {
  test('the same request always has the same answer, even if its body is written in another order', async () => {
    const world = await aWorld()
    const first = await world.issue()
    const reordered = Object.fromEntries(Object.entries(anInput()).toReversed())
    const again = await world.issue(reordered, { deps: { now: after(400 * 24 * 60 * MINUTE) } })
    expect(again).toEqual({ ...first, replayed: true })
    expect(issuing(world)).toEqual(writes)
    expect(world.keys.signatures).toHaveLength(1)
  })

  test('the same key with another body is refused, whatever happened to the first', async () => {
    const world = await aWorld()
    const refused = { code: 'idempotency-key-reuse' }
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(world.issue({}, { deps: { signer } })).rejects.toMatchObject(down)
    await expect(world.issue({ certificateNumber: 'other' })).rejects.toMatchObject(refused)
    await sweepReservations(world.at(after(6 * MINUTE)))
    await expect(world.issue({ certificateNumber: 'other' })).rejects.toMatchObject(refused)
    await world.issue()
    await expect(world.issue({ holder: { name: 'ANA REYES' } })).rejects.toMatchObject(refused)
  })

  test('another body of the registry may use the same key', async () => {
    const world = await aWorld()
    await aBody('demo-other', world)
    const [one, other] = await Promise.all([world.issue(), world.issue({}, { issuer: 'demo-other' })])
    expect(one.uuid).not.toBe(other.uuid)
    expect(one.link).not.toBe(other.link)
  })

  test('F4: a hundred requests at once with one key make one certificate, one entry and one answer', async () => {
    const world = await aWorld()
    const answers = await Promise.all(Array.from({ length: 100 }, () => world.issue()))
    expect(new Set(answers.map(({ replayed: _, ...answer }) => JSON.stringify(answer))).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(issuing(world).toSorted()).toEqual(writes.toSorted())
  })

  test('F4: a hundred requests at once with different keys make a hundred certificates, and no entry is used twice', async () => {
    const world = await aWorld()
    const all = Array.from({ length: 100 }, (_, place) =>
      world.issue({ certificateNumber: `N${place}` }, { key: `key-${place}` }),
    )
    expect(new Set((await Promise.all(all)).map(({ id }) => id)).size).toBe(100)
    expect(new Set(world.store.events('reserved').map(({ status }) => JSON.stringify(status))).size).toBe(100)
    expect(world.store.events('pair-opened')).toHaveLength(1)
  })
})

describe('when a part fails', () => {
  test('F1: if the reservation is not written, nothing exists, and the same request makes the same certificate', async () => {
    const world = await aWorld()
    const { port: store } = withFaults(world.store, [
      { method: 'append', call: nth('reserved'), outcome: 'fails-before' },
    ])
    await expect(world.issue({}, { deps: { store } })).rejects.toMatchObject(down)
    expect(world.store.events('reserved')).toEqual([])
    expect(world.keys.signatures).toEqual([])
    const secret = await issuerSecret(BODY, { reader: world.store, secrets: world.keys })
    expect((await world.issue()).uuid).toBe(certificateUuid(secret, 'key-1', 0))
  })

  test.each([
    ['the answer is lost', undefined],
    [
      'the client of the store wrote it twice and got a conflict',
      new RegistryError('write-conflict', 'written already'),
    ],
  ])('F2: if the reservation is written but %s, the request continues it with one entry', async (_, error) => {
    const world = await aWorld()
    const { port: store } = withFaults(world.store, [
      { method: 'append', call: nth('reserved'), outcome: 'fails-after', ...(error && { error }) },
    ])
    const first = world.issue({}, { deps: { store } })
    if (error === undefined) await expect(first).rejects.toMatchObject(down)
    else await first
    await world.issue({}, { deps: { now: after(3 * SECOND) } })
    expect(issuing(world)).toEqual(writes)
  })

  test.each([0, 1, 4, 5])(
    'F3: if %i candidates are taken, the next one is used, and after five a new pair',
    async (taken) => {
      const world = await aWorld()
      const secret = await issuerSecret(BODY, { reader: world.store, secrets: world.keys })
      const uuid = certificateUuid(secret, 'key-1', 0)
      const candidate = (pair: string, k: number) => statusCandidate(secret, uuid, pair, k, 131_072)
      for (let k = 0; k < taken; k++) await world.store.claim(`${BODY}-1`, candidate(`${BODY}-1`, k), 'somebody else')
      await world.issue()
      const expected =
        taken < 5
          ? { pair: `${BODY}-1`, index: candidate(`${BODY}-1`, taken) }
          : { pair: `${BODY}-2`, index: candidate(`${BODY}-2`, 0) }
      expect(world.store.events('reserved')).toMatchObject([{ status: expected }])
    },
  )

  test.each(['fails-before', 'fails-after'] as const)(
    'F6, F7, F8: if signing %s, the record stays, and the same request finishes it',
    async (outcome) => {
      const world = await aWorld()
      const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome }])
      await expect(world.issue({}, { deps: { signer } })).rejects.toMatchObject(down)
      expect(issuing(world)).toEqual(['pair-opened', 'reserved', 'number-claimed', 'number-claimed'])
      const { uuid, verifiableCredential } = await world.issue({}, { deps: { now: after(3 * SECOND) } })
      expect(issuing(world)).toEqual(writes)
      // A lost signature is over the same document as the released one, so its revocation covers both.
      expect(new Set(world.keys.signatures.map(({ hash }) => hash)).size).toBe(1)
      expect(verifiableCredential).toMatchObject({ validFrom: '2026-03-02T12:00:00Z', id: `urn:uuid:${uuid}` })
    },
  )

  test('F11: if the answer is lost after issuing, the repeated request gets it from the record', async () => {
    const world = await aWorld()
    const { port: store } = withFaults(world.store, [{ method: 'append', call: nth('issued'), outcome: 'fails-after' }])
    await expect(world.issue({}, { deps: { store } })).rejects.toMatchObject(down)
    expect(await world.issue()).toMatchObject({ replayed: true })
    expect(issuing(world)).toEqual(writes)
  })
})

describe('a reservation that makes another document than it recorded', () => {
  /** The same store, but the hash of each of the first `count` reservations is read wrongly. */
  function misreading(world: World, count: number): IssueDeps['store'] {
    const { store } = world
    const misread = new Set<string>()
    return {
      latest: (stream) => store.latest(stream),
      append: (commit) => store.append(commit),
      claim: (...claim) => store.claim(...claim),
      list: (...question) => store.list(...question),
      async read<E>(stream: StreamId) {
        const commits = await store.read<E>(stream)
        const [first] = commits
        const [reserved] = (first?.events ?? []) as readonly { type?: string; hash?: string }[]
        if (first === undefined || reserved?.type !== 'reserved') return commits
        if (misread.size < count) misread.add(stream)
        if (!misread.has(stream)) return commits
        return [{ ...first, events: [{ ...reserved, hash: 'another' } as E] }, ...commits.slice(1)]
      },
    }
  }

  test('is abandoned, and the request continues with a new one', async () => {
    const world = await aWorld()
    await world.issue({}, { deps: { store: misreading(world, 1) } })
    expect([world.store.events('burned').length, world.store.events('issued').length]).toEqual([1, 1])
  })

  test('stops the request at the third time, because each takes a status entry', async () => {
    const world = await aWorld()
    await expect(world.issue({}, { deps: { store: misreading(world, 10) } })).rejects.toMatchObject(down)
    expect(world.store.events('burned')).toHaveLength(3)
    expect(world.keys.signatures.filter(({ purpose }) => purpose === 'certificates')).toEqual([])
    await world.issue()
    expect(world.store.events('issued')).toHaveLength(1)
  })
})

describe('F10, I16: a certificate that does not verify is withheld', () => {
  const wrong = {
    'a signature that is wrong in one bit': (world: World) => ({
      signer: {
        async sign(...request: Parameters<typeof world.keys.sign>) {
          const signature = await world.keys.sign(...request)
          signature[40] = (signature[40] ?? 0) ^ 1
          return signature
        },
      },
    }),
    'the independent verifier does not find the key in the DID document': () => ({
      verifyIndependently: ((document, { didDocument, now }) =>
        verifyIndependently(document, {
          didDocument: { ...didDocument, verificationMethod: [] },
          now,
        })) satisfies IssueDeps['verifyIndependently'],
    }),
    'the independent verifier finds that it was changed': () => ({
      verifyIndependently: ((document, by) =>
        verifyIndependently({ ...document, name: 'changed' }, by)) satisfies IssueDeps['verifyIndependently'],
    }),
    'the independent verifier throws': () => ({
      verifyIndependently: ((_, by) =>
        verifyIndependently(unreadable(), by)) satisfies IssueDeps['verifyIndependently'],
    }),
  }
  const unreadable = () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new RangeError('out of memory')
        },
      },
    )

  test.each(Object.keys(wrong) as (keyof typeof wrong)[])('%s', async (name) => {
    const world = await aWorld()
    await expect(world.issue({}, { deps: wrong[name](world) })).rejects.toMatchObject({ code: 'internal' })
    expect(issuing(world)).toEqual([
      'pair-opened',
      'reserved',
      'number-claimed',
      'number-claimed',
      'interruptions-changed',
      'burned',
    ])
    const [stream] = world.store.events('burned').map((event) => event.stream)
    expect(stream).toBe(world.store.events('reserved')[0]?.stream)
    // The request sent again without the fault is a new attempt. The abandoned one stays abandoned.
    const { uuid } = await world.issue()
    expect(stream).not.toContain(uuid)
    expect(issuing(world).filter((type) => type === 'issued')).toHaveLength(1)
  })

  test('a certificate is stored and released only after the independent verifier accepted it', async () => {
    const world = await aWorld()
    const order: unknown[] = []
    const boxes: IssueDeps['boxes'] = {
      find: (id) => world.store.find(id),
      async put(box) {
        order.push('stored')
        return world.store.put(box)
      },
    }
    const verified: IssueDeps['verifyIndependently'] = async (document, by) => {
      const entity = entityAt(BODY, await trustOf(world.store)(BODY), noon.toISOString())
      expect(by).toEqual({ didDocument: didDocument(entity ?? { keys: [] }, `${entity?.did}`), now: noon })
      order.push(document, issuing(world))
      return verifyIndependently(document, by)
    }
    const { verifiableCredential } = await world.issue({}, { deps: { boxes, verifyIndependently: verified } })
    expect(order).toEqual([
      verifiableCredential,
      ['pair-opened', 'reserved', 'number-claimed', 'number-claimed'],
      'stored',
    ])
    expect(issuing(world)).toEqual(writes)
  })

  test('a certificate is also withheld if the independent verifier cannot be loaded, and the same request continues', async () => {
    const world = await aWorld()
    const notLoaded = () => Promise.reject(new Error('out of memory'))
    await expect(world.issue({}, { deps: { verifyIndependently: notLoaded } })).rejects.toThrow('out of memory')
    expect(world.store.events('interruptions-changed')).toEqual([])
    expect(issuing(world)).not.toContain('issued')
    await world.issue()
    expect(issuing(world)).toEqual(writes)
  })
})

describe('F12, I20: authority is read again before the end', () => {
  const decision = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 2', actor: 'registrar' }

  test.each([
    ['in the same moment', 0],
    ['by a clock that is a little later', 800],
  ])(
    'a suspension between signing and releasing, %s, refuses the certificate and abandons its reservation',
    async (_, later) => {
      const world = await aWorld()
      const {
        port: signer,
        waiting,
        release,
      } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-after' }])
      const issued = expect(world.issue({}, { deps: { signer } })).rejects.toMatchObject({ code: 'issuer-suspended' })
      await waiting
      await suspendAccreditation({ ...decision, effectiveAt: after(later).toISOString() }, world.at(after(later)))
      release()
      await issued
      expect(issuing(world).at(-1)).toBe('burned')
      // The request sent again is refused at the first check, and nothing new is reserved.
      await expect(world.issue({}, { deps: { now: after(MINUTE) } })).rejects.toMatchObject({
        code: 'issuer-suspended',
      })
      expect(world.store.events('reserved')).toHaveLength(1)
    },
  )

  test('a suspension announced for tomorrow does not stop issuing today', async () => {
    const world = await aWorld()
    await suspendAccreditation({ ...decision, effectiveAt: after(24 * 60 * MINUTE).toISOString() }, world.at(noon))
    await world.issue()
    await expect(
      world.issue({ certificateNumber: 'other' }, { key: 'key-2', deps: { now: after(25 * 60 * MINUTE) } }),
    ).rejects.toMatchObject({ code: 'issuer-suspended' })
  })

  test('if the issuer is suspended later, it was authorised on the day of issue and is not today', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await suspendAccreditation({ ...decision, effectiveAt: after(MINUTE).toISOString() }, world.at(after(MINUTE)))
    const verification = await verifyDocument(verifiableCredential, world.verifying(after(2 * MINUTE)))
    expect(verification).toMatchObject({
      verdict: 'valid',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'suspended' } },
    })
  })
})

test('a member who was removed meanwhile gets no answer, not even an existing certificate', async () => {
  const world = await aWorld()
  await world.issue()
  await removeMember({ owner: BODY, subject: OFFICER, actor: 'registrar' }, { store: world.store, now: after(SECOND) })
  await expect(world.issue()).rejects.toMatchObject({ code: 'not-found' })
  expect(await world.store.read(streams.members(BODY))).toHaveLength(2)
})
