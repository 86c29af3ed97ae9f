import type { SignedIn } from '@sijil/http'
import { nextCommit, streams } from '@sijil/registry'
import { proposeChange, requireProposal, suspendByOfficer } from '@sijil/registry/decisions'
import { addMember, type Role, removeMember } from '@sijil/registry/trust'
import { describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, GRANT, MINUTE, noon } from '../../../test/support/registry-world.ts'
import { officerVerbs } from '../officer-verbs.ts'
import type { DeskParts } from './parts.ts'
import { proposalsAnswers } from './proposals.ts'

const ids = (() => {
  let next = 0
  return () => `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`
})()

/** An authority with two officers, a member who may only propose and one who may only approve, and the pages that they see. */
async function aDesk() {
  const world = await aWorld()
  const deps = world.at(noon)
  const parts: DeskParts = {
    ...deps,
    newId: ids,
    clock: () => noon,
    approving: { acr: ['phr'], amr: [], provider: false },
  }
  const member = (subject: string, roles: readonly Role[]) =>
    addMember({ owner: AUTHORITY, subject, roles, actor: 'registrar' }, deps)
  await member('one', ['propose', 'approve'])
  await member('two', ['propose', 'approve'])
  await member('proposer', ['propose'])
  await member('approver', ['approve'])
  const answers = proposalsAnswers(parts, officerVerbs(parts))
  const asked = (subject: string, signedInAt: Date) => ({
    headers: new Map(),
    cookies: [],
    text: '',
    input: undefined as unknown,
    requestId: 'r',
    language: 'en',
    wants: 'html' as const,
    query: {},
    caller: { subject, scopes: [], signedInAt, acr: 'phr', formToken: 't' } satisfies SignedIn,
  })
  return {
    ...deps,
    issue: world.issue,
    propose: (effectiveAt = noon.toISOString(), verb: 'lift' | 'withdraw' = 'withdraw') =>
      proposeChange(
        {
          authority: AUTHORITY,
          subject: 'one',
          id: ids(),
          change: { verb, grantee: BODY, grant: GRANT, basis: 'Section 9', effectiveAt },
        },
        deps,
      ),
    async page(id: string, subject: string, signedInAt = noon): Promise<string> {
      const answer = answers['GET /desk/authorities/{authority}/proposals/{id}']
      const { body } = await answer.answer({ ...asked(subject, signedInAt), params: { authority: AUTHORITY, id } })
      return String(body)
    },
    async list(subject: string): Promise<string> {
      const { body } = await answers['GET /desk/authorities/{authority}'].answer({
        ...asked(subject, noon),
        params: { authority: AUTHORITY },
      })
      return String(body)
    },
    approve: (id: string, hash: string, subject = 'two', signedInAt = noon) =>
      answers['POST /desk/authorities/{authority}/proposals/{id}/approve'].answer({
        ...asked(subject, signedInAt),
        params: { authority: AUTHORITY, id },
        input: { hash },
      }),
  }
}
const approveButton = 'Approve and carry out</button>'

describe('the button to approve', () => {
  test('is shown to another officer who signed in just now, and does not rely on colour alone', async () => {
    const desk = await aDesk()
    const page = await desk.page((await desk.propose()).id, 'two')
    expect(page).toContain(approveButton)
    expect(page).toContain('class="btn bad"')
  })

  test.each([
    ['an officer who proposed it', 'one', noon, 'You proposed this.'],
    ['a member who may only propose', 'proposer', noon, 'You may not approve in its name'],
    ['an officer who signed in eleven minutes ago', 'two', after(-11 * MINUTE), 'sign in again'],
  ])('is not shown to %s, and the page says why', async (_, subject, signedInAt, why) => {
    const desk = await aDesk()
    const page = await desk.page((await desk.propose()).id, subject, signedInAt)
    expect(page).not.toContain(approveButton)
    expect(page).toContain(why)
  })

  test('stands below the number of affected certificates', async () => {
    const desk = await aDesk()
    const page = await desk.page((await desk.propose()).id, 'approver')
    const at = page.indexOf('No certificate that counts was issued under this accreditation or below it.')
    expect(at).toBeGreaterThan(0)
    expect(at).toBeLessThan(page.indexOf(approveButton))
  })
})

test('U003: the page of a compromise says how many certificates the key signed, and how many of them a witness had seen', async () => {
  const desk = await aDesk()
  await desk.issue()
  const compromisedFrom = after(-MINUTE).toISOString()
  const change = { verb: 'compromise-key', issuer: BODY, kid: 'certificates-1', compromisedFrom } as const
  const { id } = await proposeChange({ authority: AUTHORITY, subject: 'one', id: 'compromise', change }, desk)
  const page = await desk.page(id, 'two')
  expect(page.replace(/<[^>]+>/g, '')).toContain(
    'signed with this key: 1. Of these, a witness of the log had seen 0 before that moment. Those that it had seen still count. The others no longer do.',
  )
  expect(page.indexOf('They stand')).toBeLessThan(page.indexOf(approveButton))
})

test('the page of a withdrawal says how many certificates it touches, and from which day they no longer count', async () => {
  const desk = await aDesk()
  await desk.issue()
  const late = await desk.page((await desk.propose('2026-02-01T00:00:00.000Z')).id, 'two')
  const one = 'One certificate that is not revoked was issued under this accreditation or below it.'
  const counted = (day: string, ended: number) =>
    `Of these, issued on ${day} 2026, 00:00 (UTC+0) or later and no longer counting under it: <b data-ended>${ended}</b>.`
  expect(late).toContain(one)
  expect(late).toContain(counted('1 Feb', 1))
  const later = await desk.page((await desk.propose('2026-03-03T00:00:00.000Z')).id, 'two')
  expect(later).toContain(one)
  expect(later).toContain(counted('3 Mar', 0))
  const all = await desk.page((await desk.propose('2020-01-01T00:00:00.000Z')).id, 'two')
  expect(all).toContain('It is withdrawn from the beginning. None of them counts any more.')
})

test('an approved proposal that was not carried out can be approved once more, and is then carried out', async () => {
  const desk = await aDesk()
  const { id, hash, commits } = await desk.propose()
  const stream = streams.proposal(AUTHORITY, id)
  const approved = { events: [{ type: 'approved', hash }], actor: 'two', now: noon }
  await desk.store.append(nextCommit(stream, commits, approved))
  const page = await desk.page(id, 'two')
  expect(page).toContain('to continue from there')
  expect(page).toContain(approveButton)
  expect(page).not.toContain('Why you reject it')
  expect(await desk.approve(id, hash)).toMatchObject({ status: 303 })
  expect((await requireProposal(AUTHORITY, id, desk.store, noon)).state).toBe('carried-out')
  expect(await desk.page(id, 'two')).not.toContain(approveButton)
})

test('an approval with a wrong hash shows the current page again', async () => {
  const desk = await aDesk()
  const { id } = await desk.propose()
  const answer = await desk.approve(id, 'x'.repeat(43))
  expect(answer).toMatchObject({ status: 409, body: expect.stringContaining('It has changed in the meantime') })
  expect(String(answer.body)).toContain('Nobody has decided yet.')
})

test('a proposal that can no longer be carried out is not approved: the page says so, and it can still be rejected', async () => {
  const desk = await aDesk()
  const grant = { authority: AUTHORITY, subject: 'one', grantee: BODY, grant: GRANT, basis: 'x' }
  await suspendByOfficer(grant, { ...desk, now: after(-1) })
  const [first, second] = [
    await desk.propose(noon.toISOString(), 'lift'),
    await desk.propose(after(1).toISOString(), 'lift'),
  ]
  expect(await desk.approve(first.id, first.hash)).toMatchObject({ status: 303 })
  const answer = await desk.approve(second.id, second.hash)
  expect(answer).toMatchObject({ status: 409, body: expect.stringContaining('It has changed in the meantime') })
  expect(String(answer.body)).toContain('Nobody has decided yet.')
  expect(String(answer.body)).toContain('Why you reject it')
})

test('the registry itself refuses an approval that the page does not offer', async () => {
  const desk = await aDesk()
  const { id, hash } = await desk.propose()
  await expect(desk.approve(id, hash, 'one')).rejects.toMatchObject({ code: 'four-eyes-required' })
  await expect(desk.approve(id, hash, 'two', after(-11 * MINUTE))).rejects.toMatchObject({
    code: 'fresh-sign-in-required',
  })
  await expect(desk.approve(id, hash, 'proposer')).rejects.toMatchObject({ code: 'not-found' })
  await expect(desk.page(id, 'somebody')).rejects.toMatchObject({ code: 'not-found' })
})

test('R016: a former officer finds nothing at the desk, even if they signed in just now', async () => {
  const desk = await aDesk()
  const { id, hash } = await desk.propose()
  expect(await desk.page(id, 'two')).toContain(approveButton)
  await removeMember({ owner: AUTHORITY, subject: 'two', actor: 'registrar' }, { store: desk.store, now: noon })
  await expect(desk.page(id, 'two')).rejects.toMatchObject({ code: 'not-found' })
  await expect(desk.approve(id, hash, 'two')).rejects.toMatchObject({ code: 'not-found' })
})

test('each open proposal is listed, even if many others were decided since', async () => {
  const desk = await aDesk()
  const waiting = await desk.propose()
  for (let n = 0; n < 60; n++) {
    const { id, commits } = await desk.propose()
    const rejected = { events: [{ type: 'rejected' }], actor: 'two', now: after(1) }
    await desk.store.append(nextCommit(streams.proposal(AUTHORITY, id), commits, rejected))
  }
  const page = await desk.list('two')
  expect(page).toContain(waiting.id)
  expect(page.match(/Rejected by/g)).toHaveLength(50)
  expect(page).toContain('Only the newest 51 proposals are listed.')
})
