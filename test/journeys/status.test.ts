import { decodeList, isSet, revocationReasons, suspensionReasons } from '@sijil/credentials'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../packages/web/src/messages/en.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import {
  aBricklayer,
  checkOf,
  type Issued,
  NOBODYS,
  officerOf,
  problemOf,
  TESDA,
  uuidOf,
  verify,
} from './certificate.ts'
import { officersOf, PQFNCC } from './trust.ts'

let registry: OpenRegistry
let officer: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  officer = officerOf(registry, TESDA)
  const officers = await officersOf(registry, PQFNCC)
  // More certificates end here in an hour than the brake lets one person end (test/journeys/brake.test.ts).
  await officers.decide(`/issuers/${TESDA}/brake`, { authority: PQFNCC, limit: 100, basis: 'decision 9' })
})
afterAll(() => registry.close())

const statusOf = async ({ verifiableCredential }: Issued) =>
  checkOf(await verify(registry, { verifiableCredential }), 'status')
const verdictOf = async ({ verifiableCredential }: Issued) => (await verify(registry, { verifiableCredential })).verdict

/** The bit of a certificate in the public list for one purpose. */
async function bitOf({ verifiableCredential }: Issued, purpose: string): Promise<boolean> {
  const entries = verifiableCredential.credentialStatus as Record<string, string>[]
  const entry = entries.find(({ statusPurpose }) => statusPurpose === purpose)
  const list = await registry.ask(new URL(String(entry?.statusListCredential)).pathname)
  const { credentialSubject } = list.json<{ credentialSubject: { encodedList: string } }>()
  return isSet(decodeList(credentialSubject.encodedList), Number(entry?.statusListIndex))
}

describe('a suspension', () => {
  test('stops a certificate for a time; after lifting it counts again, and its history shows both', async () => {
    const issued = await officer.issue(aBricklayer('SUSPEND-1'))
    const suspended = await officer.change(issued, 'suspend', { reason: 'under-investigation' })
    expect(suspended.status).toBe(200)
    expect(suspended.json()).toMatchObject({ id: issued.id, state: 'suspended', reason: 'under-investigation' })
    expect(await statusOf(issued)).toMatchObject({ outcome: 'failed', reason: 'suspended' })
    expect(await bitOf(issued, 'suspension')).toBe(true)
    expect(await bitOf(issued, 'revocation')).toBe(false)

    const lifted = await officer.change(issued, 'reinstate', {})
    expect(lifted.status).toBe(200)
    expect(lifted.json()).toMatchObject({ id: issued.id, state: 'in-force' })
    expect(await verdictOf(issued)).toBe('valid')
    expect(await bitOf(issued, 'suspension')).toBe(false)
    const { history } = await verify(registry, { link: issued.link })
    expect(history?.map(({ state }) => state)).toEqual(['in-force', 'suspended', 'in-force'])
  })

  test('repeated keeps the first date and reason', async () => {
    const issued = await officer.issue(aBricklayer('SUSPEND-2'))
    const first = await officer.change(issued, 'suspend', { reason: 'holder-request' })
    const second = await officer.change(issued, 'suspend', { reason: 'under-investigation' })
    expect(second.status).toBe(200)
    expect(second.json()).toEqual(first.json())
  })

  test('that never was may be lifted: nothing changes, and the answer says so', async () => {
    const issued = await officer.issue(aBricklayer('SUSPEND-3'))
    const lifted = await officer.change(issued, 'reinstate', {})
    expect(lifted.json()).toMatchObject({ state: 'in-force' })
    expect(lifted.headers.get('sijil-unchanged')).toBe('true')
    expect((await verify(registry, { link: issued.link })).history).toHaveLength(1)
  })
})

test('a reinstatement needs no request body', async () => {
  const issued = await officer.issue(aBricklayer('SUSPEND-4'))
  const suspended = await officer.change(issued, 'suspend', { reason: 'holder-request' })
  expect(suspended.headers.get('sijil-unchanged')).toBeNull()
  const path = `/issuers/${TESDA}/credentials/${uuidOf(issued)}/reinstate`
  const lifted = await registry.ask(path, { method: 'POST', token: await officer.token })
  expect(lifted.json()).toMatchObject({ state: 'in-force' })
  expect(lifted.headers.get('sijil-unchanged')).toBeNull()
})

describe('a revocation', () => {
  test('I24: repeated keeps the first date and reason, and cannot be lifted', async () => {
    const issued = await officer.issue(aBricklayer('REVOKE-1'))
    const first = await officer.change(issued, 'revoke', { reason: 'obtained-by-fraud' })
    const second = await officer.change(issued, 'revoke', { reason: 'holder-request' })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.json()).toEqual(first.json())
    expect([first, second].map(({ headers }) => headers.get('sijil-unchanged'))).toEqual([null, 'true'])
    expect(first.json()).toMatchObject({ state: 'revoked', reason: 'obtained-by-fraud' })
    for (const [verb, content] of [
      ['reinstate', {}],
      ['suspend', { reason: 'holder-request' }],
    ] as const) {
      const refused = await officer.change(issued, verb, content)
      expect(problemOf(refused)).toMatchObject({ status: 409, type: `${registry.baseUrl}/problems/conflict` })
    }
    expect(await statusOf(issued)).toMatchObject({ outcome: 'failed', reason: 'revoked' })
  })

  test('sent twenty times at once takes effect once', async () => {
    const issued = await officer.issue(aBricklayer('REVOKE-2'))
    const all = Array.from({ length: 20 }, () => officer.change(issued, 'revoke', { reason: 'issued-in-error' }))
    const answers = await Promise.all(all)
    // A request that lost too many races gets a 409 and may retry. All others get the same answer.
    for (const { status, headers } of answers) if (status !== 200) expect(headers.get('retry-after')).not.toBeNull()
    const stated = answers.filter(({ status }) => status === 200).map(({ text }) => text)
    expect(new Set(stated).size).toBe(1)
    expect((await verify(registry, { link: issued.link })).history).toHaveLength(2)
  })

  test.each([
    ['no reason', {}],
    ['a reason of one’s own', { reason: 'because' }],
    ['the reason that only VCALM gives', { reason: 'unspecified' }],
    ['a member that nobody knows', { reason: 'misconduct', force: true }],
    ['superseded without a successor', { reason: 'superseded' }],
    ['superseded by what is not there', { reason: 'superseded', successor: NOBODYS }],
    ['a successor that is none', { reason: 'misconduct', successor: NOBODYS }],
    ['a note that is too long', { reason: 'misconduct', note: 'x'.repeat(2_001) }],
  ])('with %s is refused and changes nothing', async (_, content) => {
    const [found] = registry.demonstration.certificates
    const { uuid } = { uuid: uuidOf((await registry.document(String(found?.case))) as { id: string }) }
    expect((await officer.post(`/credentials/${uuid}/revoke`, content)).status).toBe(422)
    expect((await verify(registry, { link: found?.link })).verdict).toBe('valid')
  })

  test('by superseding names the successor to everybody', async () => {
    const first = await officer.issue(aBricklayer('SUPERSEDE-1'))
    const second = await officer.issue(aBricklayer('SUPERSEDE-2'))
    const content = { reason: 'superseded', successor: second.id }
    const revoked = await officer.change(first, 'revoke', content)
    expect(revoked.json()).toMatchObject({ state: 'revoked', reason: 'superseded', successor: second.id })
    expect(await statusOf(first)).toMatchObject({ reason: 'superseded', evidence: { successor: second.id } })
    expect(await verdictOf(second)).toBe('valid')
  })

  test('by a successor that is not in force is refused, so two certificates cannot replace each other', async () => {
    const [first, second, third] = (await Promise.all(
      ['CYCLE-1', 'CYCLE-2', 'CYCLE-3'].map((number) => officer.issue(aBricklayer(number))),
    )) as [Issued, Issued, Issued]
    const supersede = (former: Issued, successor: Issued) =>
      officer.change(former, 'revoke', { reason: 'superseded', successor: successor.id })
    expect((await supersede(first, second)).status).toBe(200)
    const back = await supersede(second, first)
    expect(back.status).toBe(422)
    expect(back.json()).toMatchObject({
      errors: [{ pointer: '/successor', detail: expect.stringContaining(`${second.id} took its place`) }],
    })
    await officer.change(third, 'revoke', { reason: 'issued-in-error' })
    expect((await supersede(second, third)).status).toBe(422)
    expect(await verdictOf(second)).toBe('valid')
    // The same request again is no error.
    expect((await supersede(first, second)).status).toBe(200)
  })
})

describe('every reason of the closed list', () => {
  const all = [
    ...revocationReasons.map((reason) => ['revoke', 'revoked', reason] as const),
    ...suspensionReasons.map((reason) => ['suspend', 'suspended', reason] as const),
  ]

  test('is in the list as it was decided', () => {
    expect(all.map(([verb, , reason]) => `${verb} ${reason}`)).toEqual([
      'revoke issued-in-error',
      'revoke obtained-by-fraud',
      'revoke superseded',
      'revoke requirements-no-longer-met',
      'revoke misconduct',
      'revoke holder-request',
      'revoke key-compromise',
      'suspend under-investigation',
      'suspend surveillance-overdue',
      'suspend holder-request',
    ])
  })

  test.each(all)(
    'to %s: the certificate is %s for %s, in the answer, in the verdict and on the page',
    async (verb, state, reason) => {
      const issued = await officer.issue(aBricklayer(`REASON-${verb}-${reason}`))
      const successor = reason === 'superseded' && (await officer.issue(aBricklayer('REASON-newer'))).id
      const changed = await officer.change(issued, verb, { reason, ...(successor && { successor }) })
      expect(changed.status, changed.text).toBe(200)
      expect(changed.json()).toMatchObject({ state, reason })
      const { verdict, checks, history } = await verify(registry, { link: issued.link })
      expect(verdict).toBe('invalid')
      expect(checks.find(({ name }) => name === 'status')).toMatchObject({
        outcome: 'failed',
        reason: successor ? 'superseded' : state,
        evidence: { class: reason },
      })
      expect(history?.at(-1)).toMatchObject({ state: successor ? 'superseded' : state, reason })
      const page = await registry.ask(new URL(issued.link).pathname, { headers: { accept: 'text/html' } })
      expect(page.text.replace(/<[^>]+>/g, '')).toContain(
        successor ? en['history.superseded'] : `Reason class: ${en[`class.${reason}`]}`,
      )
    },
  )
})

describe('a note', () => {
  test('is shown to officers of the body, and to nobody else', async () => {
    const issued = await officer.issue(aBricklayer('NOTE-1'))
    const note = 'Complaint 12: the assessor was a cousin of JUAN'
    const changed = await officer.change(issued, 'suspend', { reason: 'under-investigation', note })
    const detail = await officer.get(`/credentials/${uuidOf(issued)}`)
    expect(detail.json<{ history: object[] }>().history.at(-1)).toMatchObject({ event: 'suspended', note })
    const path = new URL(issued.link).pathname
    const others = await Promise.all([
      registry.ask(path),
      registry.ask(path, { method: 'POST' }),
      registry.ask(path, { headers: { accept: 'text/html' } }),
      registry.ask('/verify', { body: { verifiableCredential: issued.verifiableCredential } }),
      officer.get('/credentials'),
    ])
    for (const { text } of [changed, ...others]) expect(text).not.toContain('Complaint')
  })
})

describe('the status route of VCALM', () => {
  const status = (issued: { id: string }, purpose: string, set?: boolean) =>
    officer.post('/credentials/status', {
      credentialId: issued.id,
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: purpose },
      ...(set !== undefined && { status: set }),
    })

  test('does the same, with a reason that its request cannot give', async () => {
    const issued = await officer.issue(aBricklayer('VCALM-1'))
    expect((await status(issued, 'suspension', true)).json()).toMatchObject({
      state: 'suspended',
      reason: 'unspecified',
    })
    expect((await status(issued, 'suspension', false)).json()).toMatchObject({ state: 'in-force' })
    const unchanged = await status(issued, 'revocation', false)
    expect([unchanged.json().state, unchanged.headers.get('sijil-unchanged')]).toEqual(['in-force', 'true'])
    expect((await status(issued, 'revocation', true)).json()).toMatchObject({ state: 'revoked', reason: 'unspecified' })
    expect(await statusOf(issued)).toMatchObject({ reason: 'revoked', evidence: { class: 'unspecified' } })
    expect((await status(issued, 'revocation', false)).status).toBe(400)
    expect((await status(issued, 'suspension', false)).status).toBe(409)
  })

  test('refuses a status that is neither true nor false, and revokes nothing', async () => {
    const issued = await officer.issue(aBricklayer('VCALM-2'))
    const answer = await status(issued, 'revocation')
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ pointer: '/status', detail: 'is missing' }] })
    expect(await verdictOf(issued)).toBe('valid')
  })

  test('I36: gives the same answer for a certificate of another body and for one that does not exist', async () => {
    const foreign = (await registry.document('suspended')) as { id: string }
    const [answer, unknown] = await Promise.all([
      status(foreign, 'revocation', true),
      status({ id: `urn:uuid:${NOBODYS}` }, 'revocation', true),
    ])
    expect([answer.status, unknown.status]).toEqual([404, 404])
    expect(answer.text).toBe(unknown.text)
  })
})
