import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { type Issued, officerOf, problemOf, uuidOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** I72: one credential has few effects. Two officers set room for two an hour; everything beyond waits for a second person. */

const HOUR = 3_600_000
let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
/** A person, who is a member of the body and may approve. */
let second: string
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  second = registry.demonstration.officers[1]?.client ?? ''
  await officers.decide(`${officers.base}/members`, { owner: DSD, subject: second, roles: ['approve'] })
  await officers.decide(`/issuers/${DSD}/brake`, { authority: officers.authority, limit: 2, basis: 'decision 9' })
}, 30_000)
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
const byVcalm = ({ id }: Issued, statusPurpose: string) =>
  body.post('/credentials/status', { credentialId: id, credentialStatus: { statusPurpose }, status: true })
const asSecond = async (path: string, content?: object): Promise<Answer> =>
  registry.ask(`/issuers/${DSD}/proposals${path}`, {
    token: await registry.token(second, 'registry:approve'),
    ...(content && { body: content }),
  })
const verdictOf = async ({ link }: Issued) => (await verify(registry, { link })).verdict
/** An hour later, with what room there is used up. */
async function full() {
  registry.pass(HOUR)
  // The token of an hour ago has ended.
  body = officerOf(registry, DSD)
  for (const certificate of [await issued(), await issued()]) expect((await revoke(certificate)).status).toBe(200)
}

describe('an action beyond the set number', () => {
  test('answers 202 with what waits, and changes nothing; a second person lists and releases it', async () => {
    await full()
    const certificate = await issued()
    const answer = await revoke(certificate)
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/issuers/${DSD}/proposals`])
    const waits = answer.json<Waiting & Record<string, unknown>>()
    expect(waits).toMatchObject({ state: 'open', kind: 'revoke', certificate: certificate.id, askedBy: DSD })
    expect(await verdictOf(certificate)).toBe('valid')

    const { proposals } = (await asSecond('')).json<{ proposals: Waiting[] }>()
    expect(proposals).toEqual([waits])
    const approved = await asSecond(`/${waits.id}/approve`, {})
    expect(approved.json()).toMatchObject({ id: waits.id, state: 'carried-out', decidedBy: second })
    expect(await verdictOf(certificate)).toBe('invalid')
    const record = (await body.get(`/credentials/${uuidOf(certificate)}`)).json<{ history: object[] }>()
    expect(record.history.at(-1)).toMatchObject({ event: 'revoked', actor: DSD, approvedBy: second })
  })

  test('is the same by whichever route: revoke, suspend, and both of VCALM', async () => {
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

  test('is also a new certificate that replaces one: the same request goes on once it was released', async () => {
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

  test('a whole list is released in one step, and one that cannot be done keeps none of the others', async () => {
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

  test('of an authority waits for another of its officers', async () => {
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

  test('is rejected with a reason, and stays as it was', async () => {
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

  test('I32, I36: is released by a token for it alone, and by no member of another body', async () => {
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

describe('the number', () => {
  test('is set by two officers of the authority, and by no body for itself', async () => {
    const asked = { authority: officers.authority, limit: 2, basis: 'again' }
    expect(problemOf(await officers.first(`/issuers/${DSD}/brake`, asked)).status).toBe(409)
    expect(problemOf(await officers.first(`/issuers/${DSD}/brake`, { ...asked, limit: 501 })).status).toBe(422)
    const alone = { token: await registry.token(second, 'registry:propose'), body: { limit: 400, basis: 'mine' } }
    expect(problemOf(await registry.ask(`/issuers/${DSD}/brake`, alone)).status).toBe(404)
  })

  test('stands in the public log, with its basis', async () => {
    const { changes } = await registry.later(async () =>
      (await registry.ask(`/changes?id=${DSD}`)).json<{ changes: { events: { type: string }[] }[] }>(),
    )
    expect(changes.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ type: 'brake-set', limit: 2, basis: 'decision 9' }),
    )
  })
})
