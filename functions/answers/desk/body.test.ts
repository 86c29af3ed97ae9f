import type { SignedIn } from '@sijil/http'
import { approveProposal, proposeChange } from '@sijil/registry/decisions'
import { addMember, type Role } from '@sijil/registry/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, MINUTE, noon } from '../../../test/support/registry-world.ts'
import { officerVerbs } from '../officer-verbs.ts'
import { bodyAnswers } from './body.ts'
import type { DeskParts } from './parts.ts'
import { proposalsAnswers } from './proposals.ts'

/** The desk of a body that has stated one qualification, and whose second proposal waits. */

const source = 'https://crafts.example/cookery'
const statement = { kind: 'skills-certificate', description: 'Found able to cook.', field: 'Food', source } as const
const edition = {
  id: '2026',
  from: '2026-01-01',
  units: [{ code: 'COOK1', title: 'Prepare vegetables' }],
  validity: 'none' as const,
  source,
}
const effectiveAt = '2026-01-01T00:00:00.000Z'
const cookery = (id: string, title: string) => ({
  verb: 'state-qualification' as const,
  qualification: `${BODY}.${id}`,
  statement: { ...statement, title },
  edition,
  effectiveAt,
})

const asked = (subject: string, signedInAt = noon) => ({
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

let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
})

async function aDesk() {
  const world = await aWorld()
  const deps = world.at(noon)
  const parts: DeskParts = {
    ...deps,
    newId: () => 'unused',
    clock: () => noon,
    approving: { acr: ['phr'], amr: [], provider: false },
  }
  const member = (owner: string, subject: string, roles: readonly Role[]) =>
    addMember({ owner, subject, roles, actor: 'registrar' }, deps)
  await member(BODY, 'one', ['propose', 'approve'])
  await member(BODY, 'two', ['approve'])
  await member(AUTHORITY, 'councillor', ['propose', 'approve'])
  const propose = (id: string, title: string) =>
    proposeChange({ authority: BODY, subject: 'one', id, change: cookery(id, title) }, deps)
  const { hash } = await propose('cookery', 'Harbour Cookery')
  await approveProposal({ authority: BODY, id: 'cookery', subject: 'two', hash, signedInAt: noon }, deps)
  await propose('baking', 'Harbour Baking')
  const body = bodyAnswers(parts)
  const proposals = proposalsAnswers(parts, officerVerbs(parts))
  return {
    body: async (issuer: string, subject: string, query: Record<string, string> = {}) =>
      String((await body['GET /desk/issuers/{issuer}'].answer({ ...asked(subject), query, params: { issuer } })).body),
    proposal: async (issuer: string, id: string, subject: string, signedInAt = noon) => {
      const { answer } = proposals['GET /desk/issuers/{issuer}/proposals/{id}']
      return String((await answer({ ...asked(subject, signedInAt), params: { issuer, id } })).body)
    },
  }
}

describe('the desk of a body', () => {
  test('shows what waits, and each qualification with its edition of today, its units, and who stated it when', async () => {
    const page = await desk.body(BODY, 'one')
    expect(page).toContain(`href="/desk/issuers/${BODY}/proposals/baking"`)
    expect(page).not.toContain('/desk/authorities')
    // Nobody approves what they proposed.
    expect(page).toContain('Waiting: 1. For you: <b>0</b>.')
    expect(await desk.body(BODY, 'two')).toContain('Waiting: 1. For you: <b>1</b>.')
    const own = page.slice(page.indexOf('Qualifications of this body'), page.indexOf('Decided or ended'))
    for (const words of ['Harbour Cookery', `${BODY}.cookery`, 'COOK1', 'Prepare vegetables', '2 Mar 2026'])
      expect(own).toContain(words)
    expect(own.replace(/<[^>]+>/g, '')).toMatch(/Edition 2026 today.*Units \(1\)/s)
    expect(own).not.toContain('Harbour Baking')
  })

  test('a search with too many words is refused, and one in a short list changes nothing', async () => {
    const refused = desk.body(BODY, 'one', { q: 'x'.repeat(101) })
    await expect(refused).rejects.toMatchObject({ faults: [{ pointer: '/q' }] })
    expect(await desk.body(BODY, 'one', { q: 'nothing' })).toContain('Harbour Cookery')
  })

  test('its proposals are approved there, by another officer than the one who proposed', async () => {
    const page = await desk.proposal(BODY, 'baking', 'two')
    expect(page).toContain(`action="/desk/issuers/${BODY}/proposals/baking/approve"`)
    expect(await desk.proposal(BODY, 'baking', 'one')).toContain('You proposed this.')
    const late = await desk.proposal(BODY, 'baking', 'two', after(-11 * MINUTE))
    expect(late).toContain(`/desk/sign-in/start?return=%2Fdesk%2Fissuers%2F${BODY}%2Fproposals%2Fbaking`)
    expect(late).not.toContain('/approve"')
  })

  test('I36: another body, an authority and an id that nobody has are not found, each in the same words', async () => {
    const refusal = (asked: Promise<unknown>) => asked.catch(({ code, message }) => `${code}: ${message}`)
    const none = await refusal(desk.body('demo-nobody', 'one'))
    expect(none).toMatch(/^not-found: /)
    expect(await refusal(desk.body(BODY, 'councillor'))).toBe(none)
    expect(await refusal(desk.body(AUTHORITY, 'councillor'))).toBe(none)
    expect(await refusal(desk.proposal(BODY, 'baking', 'councillor'))).toBe(none)
  })
})
