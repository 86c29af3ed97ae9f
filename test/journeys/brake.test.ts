import { nextCommit, streams } from '@sijil/registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { deskOf } from '../support/desk.ts'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { isWhole } from '../support/whole.ts'
import { checkOf, type Issued, officerOf, problemOf, uuidOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** I72: one stolen credential can do little. Two officers allow two actions an hour here, and any further one waits for a second person. */

const HOUR = 3_600_000
let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
/** Clients of other bodies that were made members of this body, so that they may ask for its tokens. */
let clerks: string[]
/** The second person: a member of the body who may approve. */
let second: string
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  clerks = registry.demonstration.issuers.map(({ id }) => id).filter((id) => id !== DSD)
  // Not an officer of the authority: nobody approves a role for themselves.
  second = registry.demonstration.officers[3]?.client ?? ''
  await officers.decide(`${officers.base}/members`, { owner: DSD, subject: second, roles: ['approve'] })
  await officers.decide(`/issuers/${DSD}/brake`, { authority: officers.authority, limit: 2, basis: 'decision 9' })
})
afterAll(() => registry.close())

interface Waiting {
  id: string
  state: string
  certificate: string
  askedBy: string
}
let number = 0
const issued = () => body.issue(aThaiBricklayer(`BRAKE-${++number}`))
const revoke = (certificate: Issued) => body.change(certificate, 'revoke', { reason: 'issued-in-error' })
const suspend = (certificate: Issued) => body.change(certificate, 'suspend', { reason: 'under-investigation' })
const statusOf = ({ id }: Issued, statusPurpose: string) => ({
  credentialId: id,
  credentialStatus: { statusPurpose },
  status: true,
})
const byVcalm = (one: Issued, statusPurpose: string) => body.post('/credentials/status', statusOf(one, statusPurpose))
const asSecond = async (path: string, content?: object): Promise<Answer> =>
  registry.ask(`/issuers/${DSD}/proposals${path}`, {
    token: await registry.token(second, 'registry:approve'),
    ...(content && { body: content }),
  })
const verdictOf = async ({ link }: Issued) => (await verify(registry, { link })).verdict
/** Moves on by an hour and uses up the allowance of the new one. */
async function full() {
  registry.pass(HOUR)
  // A token lasts ten minutes, so this needs a new one.
  body = officerOf(registry, DSD)
  for (const certificate of [await issued(), await issued()]) expect((await revoke(certificate)).status).toBe(200)
}

describe.skipIf(isWhole)('an action beyond the brake', () => {
  test('gets a 202 with the waiting action and changes nothing; a second person lists and releases it', async () => {
    await full()
    const certificate = await issued()
    const answer = await revoke(certificate)
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/issuers/${DSD}/proposals`])
    const waits = answer.json<Waiting & Record<string, unknown>>()
    expect(waits).toMatchObject({ state: 'open', kind: 'revoke', certificate: certificate.id, askedBy: DSD })
    expect(await verdictOf(certificate)).toBe('valid')

    const { waitingBy, proposals } = (await asSecond('')).json<{ waitingBy: object[]; proposals: Waiting[] }>()
    expect([waitingBy, proposals]).toEqual([[{ askedBy: DSD, open: 1 }], [waits]])
    const approved = await asSecond(`/${waits.id}/approve`, {})
    expect(approved.json()).toMatchObject({ id: waits.id, state: 'carried-out', decidedBy: second })
    expect(await verdictOf(certificate)).toBe('invalid')
    const record = (await body.get(`/credentials/${uuidOf(certificate)}`)).json<{ history: object[] }>()
    expect(record.history.at(-1)).toMatchObject({ event: 'revoked', actor: DSD, approvedBy: second })
  })

  test('U003: waits on every route: revoke, suspend, and both routes of VCALM', async () => {
    await full()
    const ways = [
      revoke,
      suspend,
      (one: Issued) => byVcalm(one, 'revocation'),
      (one: Issued) => byVcalm(one, 'suspension'),
    ]
    for (const way of ways) {
      const certificate = await issued()
      expect((await way(certificate)).status).toBe(202)
      expect(await verdictOf(certificate)).toBe('valid')
    }
  })

  test('U003: waits as well if it is a certificate that replaces another; the same request succeeds after the release', async () => {
    const former = await issued()
    await full()
    const successor = { ...aThaiBricklayer('BRAKE-NEW'), replaces: uuidOf(former) }
    const answer = await body.request(successor, 'brake-new')
    expect(answer.status).toBe(202)
    const { id } = answer.json<Waiting>()
    expect(answer.text).not.toContain('BRAKE-NEW')
    expect((await asSecond(`/${id}/approve`, {})).json()).toMatchObject({ kind: 'replace', state: 'approved' })
    expect((await body.request(successor, 'brake-new')).status).toBe(201)
    expect(await verdictOf(former)).toBe('invalid')
    const { proposals } = (await asSecond('')).json<{ proposals: Waiting[] }>()
    expect(proposals[0]).toMatchObject({ id, state: 'carried-out' })
  })

  test('U005: is released with a whole list in one step; if one action of the list is impossible, none is carried out', async () => {
    await full()
    const certificates = [await issued(), await issued(), await issued()]
    const ids: string[] = []
    for (const one of certificates) ids.push((await revoke(one)).json<Waiting>().id)
    const [rejected = '', ...others] = ids
    await asSecond(`/${rejected}/reject`, {})
    const answer = await asSecond('/approve', { ids: [...ids, ids[1], 'unknown'] })
    expect(answer.json<{ proposals: object[] }>().proposals).toEqual([
      { id: rejected, refused: 'conflict', detail: expect.stringContaining('rejected') },
      ...others.map((id) => expect.objectContaining({ id, state: 'carried-out', decidedBy: second })),
      { id: 'unknown', refused: 'not-found', detail: 'no such action' },
    ])
    expect(await Promise.all(certificates.map(verdictOf))).toEqual(['valid', 'invalid', 'invalid'])
    expect(problemOf(await asSecond('/approve', { ids: [] })).status).toBe(422)
    const asBody = await body.post('/proposals/approve', { ids })
    expect(problemOf(asBody).status).toBe(403)
  })

  test('of an authority waits for another officer of that authority', async () => {
    const terms = {
      scope: { qualifications: ['th-brick-1'], places: ['TH'] },
      mayChangeStatus: true,
      basis: 'decision 10',
    }
    await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, terms)
    await officers.decide(`/issuers/${officers.authority}/brake`, { limit: 0, basis: 'decision 11' })
    body = officerOf(registry, DSD)
    const certificate = await issued()
    const path = `${officers.base}/credentials/${DSD}/${uuidOf(certificate)}/suspend`
    const answer = await officers.first(path, { reason: 'under-investigation' })
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/issuers/${officers.authority}/proposals`])
    const { id } = answer.json<Waiting>()
    const release = `/issuers/${officers.authority}/proposals/${id}/approve`
    expect(problemOf(await officers.first(release, {})).type).toMatch(/four-eyes-required$/)
    expect((await officers.second(release, {})).json()).toMatchObject({ state: 'carried-out' })
    expect(await verdictOf(certificate)).toBe('invalid')
  })

  test('can be rejected with a reason, and then changes nothing', async () => {
    await full()
    const certificate = await issued()
    const { id } = (await suspend(certificate)).json<Waiting>()
    expect((await asSecond(`/${id}/reject`, { why: 'the wrong list' })).json()).toMatchObject({
      state: 'rejected',
      why: 'the wrong list',
    })
    expect(problemOf(await asSecond(`/${id}/approve`, {})).status).toBe(409)
    expect(await verdictOf(certificate)).toBe('valid')
  })

  test('I32, I36: is released only with a token for that purpose, and never by a member of another body', async () => {
    await full()
    const { id } = (await revoke(await issued())).json<Waiting>()
    expect(problemOf(await body.post(`/proposals/${id}/approve`, {})).status).toBe(403)
    const stranger = registry.demonstration.officers[2]?.client ?? ''
    const token = await registry.token(stranger, 'registry:approve')
    for (const [path, content] of [
      ['', undefined],
      [`/${id}/approve`, {}],
      [`/${id}/reject`, {}],
    ] as const) {
      const answer = await registry.ask(`/issuers/${DSD}/proposals${path}`, {
        token,
        ...(content && { body: content }),
      })
      expect(problemOf(answer).status).toBe(404)
    }
    expect(problemOf(await asSecond('/00000000-0000-0000-0000-000000000000/approve', {})).status).toBe(404)
  })
})

describe('U001: many tokens of one body', () => {
  // On the whole, fifty tokens of ten members.
  const [people, requests] = isWhole ? [10, 50] : [4, 20]

  test('tokens of many members share one allowance, over every route at once', async () => {
    const members = clerks.slice(0, people - 1)
    expect(members).toHaveLength(people - 1)
    for (const subject of members)
      await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles: ['issue', 'status'] })
    registry.pass(HOUR)
    body = officerOf(registry, DSD)
    const certificates: Issued[] = []
    for (let one = 0; one < requests / 2; one++) certificates.push(await issued())
    const scope = 'credentials:issue credentials:status'
    const tokens = await Promise.all(
      Array.from({ length: requests }, (_, place) => registry.token([DSD, ...members][place % people] ?? DSD, scope)),
    )
    expect(new Set(tokens).size).toBe(requests)
    const ways = [
      (one: Issued) => [`/credentials/${uuidOf(one)}/revoke`, { reason: 'misconduct' }] as const,
      (one: Issued) => [`/credentials/${uuidOf(one)}/suspend`, { reason: 'under-investigation' }] as const,
      (one: Issued) => ['/credentials/status', statusOf(one, 'revocation')] as const,
      (one: Issued) => ['/credentials/status', statusOf(one, 'suspension')] as const,
      (one: Issued) => ['/credentials', { ...aThaiBricklayer(`U001-${++number}`), replaces: uuidOf(one) }] as const,
    ]
    const answers = await Promise.all(
      tokens.map((token, place) => {
        const [path, content] = ways[place % ways.length]?.(certificates[place % certificates.length] as Issued) ?? [
          '',
          {},
        ]
        const headers = { 'idempotency-key': `u001-${place}` }
        return registry.ask(`/issuers/${DSD}${path}`, { token, body: content, headers })
      }),
    )
    // With so many at once some get a 409 and may retry. None exceeds the allowance.
    for (const { status, text } of answers) expect([200, 201, 202, 409], text).toContain(status)
    const states = await Promise.all(
      certificates.map(async ({ link }) => checkOf(await verify(registry, { link }), 'status')),
    )
    expect(states.filter((check) => check?.outcome !== 'passed')).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThan(requests * 0.4)
  }, 120_000)
})

describe.skipIf(isWhole)('U005: the list of waiting actions', () => {
  test('starts with how many actions each member asked for, and can be filtered by member', async () => {
    await full()
    const [first, other] = [await issued(), await issued()]
    const { id } = (await revoke(first)).json<Waiting>()
    const clerk = clerks.at(-1) ?? ''
    await officers.decide(`${officers.base}/members`, { owner: DSD, subject: clerk, roles: ['status', 'read'] })
    const asClerk = { token: await registry.token(clerk, 'credentials:status'), body: { reason: 'misconduct' } }
    const waits = await registry.ask(`/issuers/${DSD}/credentials/${uuidOf(other)}/revoke`, asClerk)
    expect(waits.status).toBe(202)
    const listed = await asSecond('?limit=1')
    expect(listed.text.indexOf('waitingBy')).toBeLessThan(listed.text.indexOf('proposals'))
    const { waitingBy } = listed.json<{ waitingBy: { askedBy: string; open: number }[] }>()
    expect(waitingBy[0]).toMatchObject({ askedBy: DSD })
    expect(waitingBy).toContainEqual({ askedBy: clerk, open: 1 })

    const ofClerk = (await asSecond(`?askedBy=${clerk}`)).json<{ proposals: Waiting[] }>()
    expect(ofClerk.proposals).toEqual([waits.json()])
    const ofBody = (await asSecond(`?askedBy=${DSD}&limit=1`)).json<{ proposals: Waiting[]; next?: string }>()
    expect(ofBody.proposals).toMatchObject([{ id, askedBy: DSD }])
    // A page token counts only for the filter that it was given for.
    expect(problemOf(await asSecond(`?askedBy=${clerk}&page=${ofBody.next}`)).status).toBe(400)
    expect((await asSecond(`?askedBy=${encodeURIComponent('nobody/here')}`)).json()).toMatchObject({ proposals: [] })
    expect((await asSecond(`?askedBy=${'x'.repeat(2_000)}`)).json()).toMatchObject({ proposals: [] })
  })
})

describe.skipIf(isWhole)('U005: a member with two hundred waiting actions', () => {
  test('gets a refusal that says what to do, and nothing changes', async () => {
    await full()
    const clerk = clerks.at(-1) ?? ''
    const certificate = await issued()
    const { store } = localParts()
    const stream = streams.askedBy(DSD, clerk)
    const last = await store.latest(stream)
    const at = registry.now().toISOString()
    const before = Array.from({ length: 199 }, (_, place) => ({ id: `asked-${place}`, at }))
    const events = [{ type: 'asked-for', id: 'asked', before }]
    await store.append(nextCommit(stream, last ? [last] : [], { events, actor: clerk, now: registry.now() }))
    const answer = await registry.ask(`/issuers/${DSD}/credentials/${uuidOf(certificate)}/revoke`, {
      token: await registry.token(clerk, 'credentials:status'),
      body: { reason: 'misconduct' },
    })
    expect(problemOf(answer)).toMatchObject({
      status: 429,
      type: `${registry.baseUrl}/problems/member-limit-reached`,
      detail: expect.stringContaining('Have another member release or reject some of them first'),
    })
    expect(await verdictOf(certificate)).toBe('valid')
    expect((await revoke(certificate)).status).toBe(202)
    expect((await registry.ask('/problems/member-limit-reached')).status).toBe(200)
  })
})

describe.skipIf(isWhole)('the allowance of a brake', () => {
  test('is set by two officers of the authority, and never by the body itself', async () => {
    const asked = { authority: officers.authority, limit: 2, basis: 'again' }
    expect(problemOf(await officers.first(`/issuers/${DSD}/brake`, asked)).status).toBe(409)
    expect(problemOf(await officers.first(`/issuers/${DSD}/brake`, { ...asked, limit: 501 })).status).toBe(422)
    const alone = { token: await registry.token(second, 'registry:propose'), body: { limit: 400, basis: 'mine' } }
    expect(problemOf(await registry.ask(`/issuers/${DSD}/brake`, alone)).status).toBe(404)
  })

  test('is in the public log with its legal basis', async () => {
    const { changes } = await registry.later(async () =>
      (await registry.ask(`/changes?id=${DSD}`)).json<{ changes: { events: { type: string }[] }[] }>(),
    )
    expect(changes.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ type: 'brake-set', limit: 2, basis: 'decision 9' }),
    )
  })
})

describe.skipIf(isWhole)('U002: an officer who suspended twenty accreditations and keys alone in an hour', () => {
  test('is refused the next one with what to do, and can still suspend the whole body at once', async () => {
    const officer =
      registry.demonstration.officers.find(({ authority }) => authority === officers.authority)?.client ?? ''
    const now = registry.now()
    const before = Array.from({ length: 19 }, (_, number) => ({ effect: `counted/${number}`, at: now.toISOString() }))
    const events = [{ type: 'counted', effect: 'counted/19', before }]
    const commit = nextCommit(streams.unilateralBy(officer), [], { events, actor: officer, now })
    await localParts().store.append(commit)
    const accreditation = `${officers.base}/accreditations/${DSD}.main/suspend`
    const basis = { basis: 'complaint 12' }
    for (const [path, content] of [
      [accreditation, basis],
      [`/issuers/${DSD}/keys/certificates-1/suspend`, { authority: officers.authority }],
    ] as const) {
      const answer = await officers.first(path, content)
      expect(problemOf(answer)).toMatchObject({
        status: 429,
        type: `${registry.baseUrl}/problems/member-limit-reached`,
        detail: expect.stringContaining('Suspend the whole body in one step'),
      })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000)
    }
    // At the desk, the form comes back in the language of the reader, with what to do and when.
    const desk = deskOf(registry)
    const cookie = await desk.cookie(officer)
    const atDesk = async (address: string, accept: string, fields: Record<string, string>, lang = 'en') =>
      desk.ask('POST', `/desk/authorities/${officers.authority}/${address}?lang=${lang}`, {
        headers: { cookie, accept },
        formToken: await desk.formToken(cookie),
        fields,
      })
    const alone = { basis: 'Section 9', why: 'Complaint 12' }
    const key = { issuer: DSD, kid: 'certificates-1', step: 'send' }
    for (const [address, fields] of [
      [`accreditations/${DSD}.main/suspend`, alone],
      ['actions/suspend-key', key],
    ] as const) {
      const english = await atDesk(address, 'text/html', fields)
      expect([english.status, english.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8'])
      expect(Number(english.headers.get('retry-after'))).toBeGreaterThan(3_000)
      expect(english.text).toContain('You have reached your limit for now')
      expect(english.text).toMatch(/Minutes until you can continue yourself: (?:5\d|60)\./)
      const thai = await atDesk(address, '*/*', fields, 'th')
      expect([thai.status, thai.text]).toEqual([429, expect.stringContaining('คุณทำครบจำนวนที่กำหนดแล้วในขณะนี้')])
      expect(thai.text).toMatch(/คุณทำต่อเองได้ในอีก (?:5\d|60) นาที/)
      const program = await atDesk(address, 'application/json', fields)
      expect(problemOf(program)).toMatchObject({
        status: 429,
        type: `${registry.baseUrl}/problems/member-limit-reached`,
      })
      expect(Number(program.headers.get('retry-after'))).toBeGreaterThan(3_000)
    }
    const whole = await officers.first(accreditation, { ...basis, all: true })
    expect([whole.status, whole.json().suspended]).toEqual([200, expect.arrayContaining([`${DSD}.main`])])
  })
})
