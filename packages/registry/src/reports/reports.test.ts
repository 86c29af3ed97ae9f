import { addMember } from '@sijil/registry/trust'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  aBody,
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { verifyDocument } from '../verification/verify.ts'
import { closeReport, openReportMessage } from './decide-report.ts'
import type { HandedIn } from './examine.ts'
import { listReports } from './list-reports.ts'
import { MOST_TELLINGS } from './record-report.ts'
import { readReport, requireReport } from './report.ts'
import { type FakeReport, reportFake } from './report-fake.ts'

const OTHER = 'demo-other'
const officer = 'officer-of-the-authority'
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

let world: World
beforeEach(async () => {
  world = await aWorld()
  await decisionsIn(world).authority(OTHER)
  for (const owner of [AUTHORITY, OTHER])
    await addMember(
      { owner, subject: officer, roles: ['propose', 'approve'], actor: 'registrar' },
      { store: world.store, now: noon },
    )
})

const deps = (now = noon) => ({
  ...world.verifying(now),
  store: world.store,
  notes: world.keys,
  patience: world.issuing.patience,
})
const issue = async () => {
  const issued = await world.issue()
  return { ...issued, token: issued.link.slice(-26) }
}
const report = (handedIn: HandedIn, more: Partial<FakeReport> = {}, now = noon) =>
  reportFake({ handedIn, reason: 'altered', ...more }, deps(now))
const idsOf = async (owner: string) =>
  (await listReports({ owner, limit: 50 }, { reader: world.store })).reports.map(({ id }) => id)
const read = async (id: string, body = BODY) => {
  const found = await readReport(body, id, world.store)
  if (found === undefined) throw new Error('no report')
  return found
}

describe('a report that a certificate is false', () => {
  test('by its link names the certificate and the verdict of that moment, and reaches the body and its authority', async () => {
    const { token, uuid } = await issue()
    const sent = await report({ token })
    expect(sent).toMatchObject({ body: BODY, sentTo: [AUTHORITY] })
    expect(await idsOf(AUTHORITY)).toEqual([sent.reference])
    expect(await idsOf(BODY)).toEqual([sent.reference])
    expect(await idsOf(OTHER)).toEqual([])
    expect(await read(sent.reference)).toMatchObject({
      kind: 'link',
      certificate: uuid,
      tellings: [{ reason: 'altered', verdict: 'valid', at: noon.toISOString() }],
    })
  })

  test('by a changed file names the certificate that it pretends to be', async () => {
    const { verifiableCredential, uuid } = await issue()
    const { reference } = await report({ file: bytes({ ...verifiableCredential, validFrom: '2021-01-01T00:00:00Z' }) })
    expect(await read(reference)).toMatchObject({ kind: 'file', certificate: uuid, tellings: [{ verdict: 'invalid' }] })
  })

  test('by a file with an id that was never recorded keeps no such id', async () => {
    const { verifiableCredential } = await issue()
    const invented = 'urn:uuid:7f1e5d0c-0000-4000-8000-000000000000'
    const { reference } = await report({ file: bytes({ ...verifiableCredential, id: invented }) })
    expect(await read(reference)).not.toHaveProperty('certificate')
  })

  test('about a link that leads nowhere, another site, or a photo goes to the body that the reporter chose', async () => {
    const token = '0'.repeat(26)
    const handedIn = [{ token }, { site: 'https://registry.example.fake.example' }, { file: new Uint8Array([137, 80]) }]
    for (const each of handedIn) {
      const { reference } = await report(each, { body: BODY, reason: 'false-site' })
      expect(await idsOf(AUTHORITY)).toContain(reference)
    }
    const verdicts = await Promise.all((await idsOf(BODY)).map(async (id) => (await read(id)).tellings[0]?.verdict))
    expect(verdicts.sort()).toEqual(['not-found', 'not-read', 'not-read'])
  })

  test('in the name of a body that is not here is refused, and nothing is recorded', async () => {
    const issuer = 'did:web:mill.example'
    const nobody = [
      () => report({ file: bytes({ issuer, id: 'urn:uuid:1' }) }),
      () => report({ site: 'https://fake.example' }, { body: 'no-such-body' }),
      () => report({ site: 'https://fake.example' }, { body: AUTHORITY }),
      () => report({ site: 'https://fake.example' }, { body: '../registry' }),
    ]
    for (const each of nobody)
      await expect(each()).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer: '/body' }] })
    expect(world.store.events('reported')).toEqual([])
  })

  test('of a file that names another issuer keeps that name beside the body that the reporter chose', async () => {
    const { reference } = await report({ file: bytes({ issuer: { id: 'did:web:mill.example' } }) }, { body: BODY })
    expect(await read(reference)).toMatchObject({ claims: 'did:web:mill.example' })
  })

  test('changes no verdict', async () => {
    const { token, verifiableCredential } = await issue()
    await report({ token })
    expect(await verifyDocument(verifiableCredential, world.verifying(after(MINUTE)))).toMatchObject({
      verdict: 'valid',
    })
  })
})

describe('what is kept of it', () => {
  test('is neither a link, a file, a name, a number nor a readable word of the reporter', async () => {
    const { token, verifiableCredential } = await issue()
    const message = { contact: 'ana@example.org', words: 'Rodel told me' }
    await report({ token }, message)
    await report({ file: bytes(verifiableCredential) }, message)
    const kept = JSON.stringify(world.store.appended.filter(({ stream }) => stream.includes('/report/')))
    for (const secret of [token, 'ana@', 'Rodel', 'RODEL', '26-MAS2', 'proofValue']) expect(kept).not.toContain(secret)
    expect(kept).toContain('"message":"')
  })

  test('of the same thing again is one more telling, and no further report', async () => {
    const { token } = await issue()
    const first = await report({ token })
    const second = await report({ token }, { reason: 'sold', contact: '+66 2 000 0000' }, after(MINUTE))
    expect(second.reference).toBe(first.reference)
    expect(await idsOf(AUTHORITY)).toHaveLength(1)
    expect((await read(first.reference)).tellings.map(({ reason }) => reason)).toEqual(['altered', 'sold'])
  })

  test('of the same thing stops at a limit, so that nobody can fill a report', async () => {
    const { token } = await issue()
    const { reference } = await report({ token })
    for (let time = 0; time < MOST_TELLINGS + 3; time++) await report({ token }, { words: 'again' })
    expect((await read(reference)).tellings).toHaveLength(MOST_TELLINGS)
  })

  test('is complete after two people sent it at the same moment', async () => {
    const { token } = await issue()
    const [one, other] = await Promise.all([report({ token }), report({ token })])
    expect(one?.reference).toBe(other?.reference)
    expect((await read(one?.reference ?? '')).tellings).toHaveLength(2)
    expect(await idsOf(AUTHORITY)).toHaveLength(1)
  })

  test('is completed by the same report if the store failed before it reached the authority', async () => {
    const { token } = await issue()
    const store: CommitStore = {
      ...readingOf(world.store),
      append: async (commit) => {
        if (commit.events.some((event) => (event as { type: string }).type === 'sent')) throw new Error('away')
        return world.store.append(commit)
      },
    }
    const handedIn = { token }
    await expect(reportFake({ handedIn, reason: 'altered' }, { ...deps(), store })).rejects.toThrow('away')
    expect(await idsOf(AUTHORITY)).toEqual([])
    const { reference } = await report(handedIn)
    expect(await idsOf(AUTHORITY)).toEqual([reference])
  })
})

describe('the authorities that get it', () => {
  test('are all that grant the body something now, and none whose grant was withdrawn', async () => {
    const decisions = decisionsIn(world)
    const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
    await decisions.grant(BODY, [OTHER], { grant: 'second', scope })
    const { token } = await issue()
    expect((await report({ token })).sentTo).toEqual([OTHER, AUTHORITY])
    await decisions.withdraw(BODY, OTHER, { grant: 'second', basis: 'decision 2' })
    const next = await report({ site: 'https://fake.example' }, { body: BODY }, after(MINUTE))
    expect(next.sentTo).toEqual([AUTHORITY])
  })

  test('are the root of the state for a body that was established by law', async () => {
    const decisions = decisionsIn(world)
    await decisions.authority('demo-root-vn', 'VN')
    await decisions.body('demo-by-law', 'VN')
    await decisions.byLaw('demo-by-law')
    const { sentTo } = await report({ site: 'https://fake.example' }, { body: 'demo-by-law' })
    expect(sentTo).toEqual(['demo-root-vn'])
  })

  test('include the successor in the place of an authority that has one', async () => {
    await decisionsIn(world).succeed(AUTHORITY, OTHER)
    const { token } = await issue()
    expect((await report({ token }, {}, after(MINUTE))).sentTo).toEqual([OTHER])
  })
})

describe('an officer', () => {
  const asked = (id: string, authority = AUTHORITY) => ({ authority, subject: officer, body: BODY, id })
  const message = { contact: 'ana@example.org', words: 'Bought at the bus station' }
  const at = (now = noon) => ({ store: world.store, notes: world.keys, now })

  test('reads what the reporter wrote only after the opening was recorded', async () => {
    const { token } = await issue()
    const { reference } = await report({ token }, message)
    expect(await openReportMessage({ ...asked(reference), telling: 0 }, at(after(MINUTE)))).toEqual(message)
    expect((await read(reference)).openings).toEqual([
      { telling: 0, subject: officer, by: AUTHORITY, at: after(MINUTE).toISOString() },
    ])
    const broken = { ...at(), store: { ...readingOf(world.store), append: () => Promise.reject(new Error('away')) } }
    await expect(openReportMessage({ ...asked(reference), telling: 0 }, broken)).rejects.toThrow('away')
    await expect(openReportMessage({ ...asked(reference), telling: 1 }, at())).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('closes it once, with an outcome', async () => {
    const { token } = await issue()
    const { reference } = await report({ token })
    await closeReport({ ...asked(reference), outcome: 'genuine' }, at())
    expect((await read(reference)).closed).toMatchObject({ outcome: 'genuine', by: AUTHORITY, subject: officer })
    await expect(closeReport({ ...asked(reference), outcome: 'false' }, at())).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('I36: of another authority gets the answer for a report that does not exist', async () => {
    const { token } = await issue()
    const { reference } = await report({ token }, message)
    const foreign = asked(reference, OTHER)
    const reader = world.store
    const refused = [
      () => requireReport({ owner: AUTHORITY, body: BODY, id: '0'.repeat(16) }, { reader }),
      () => requireReport({ owner: OTHER, body: BODY, id: reference }, { reader }),
      () => openReportMessage({ ...foreign, telling: 0 }, at()),
      () => closeReport({ ...foreign, outcome: 'false' }, at()),
    ]
    for (const each of refused)
      await expect(each).rejects.toMatchObject({ code: 'not-found', message: 'no such report' })
    const stranger = { ...asked(reference), subject: 'stranger' }
    await expect(openReportMessage({ ...stranger, telling: 0 }, at())).rejects.toMatchObject({ code: 'not-found' })
    expect(world.store.events('message-opened')).toEqual([])
  })

  test('of the body reads the reports about it, and cannot close them', async () => {
    const { token } = await issue()
    const { reference } = await report({ token }, message)
    const own = { authority: BODY, subject: 'officer', body: BODY, id: reference }
    expect(await openReportMessage({ ...own, telling: 0 }, at())).toEqual(message)
    await expect(closeReport({ ...own, outcome: 'genuine' }, at())).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of two bodies does not reach one through the address of the other', async () => {
    await aBody('demo-second', world)
    const { token } = await issue()
    const { reference } = await report({ token })
    await expect(
      requireReport({ owner: 'demo-second', body: 'demo-second', id: reference }, { reader: world.store }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
