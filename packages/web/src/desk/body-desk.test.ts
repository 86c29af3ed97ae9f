import { expect, test } from 'vitest'
import { aContext } from '../test-values.ts'
import { type BodyDeskValues, bodyDeskPage } from './body-page.ts'
import { certificatePage } from './certificate-page.ts'
import type { CertificateValues } from './certificate-values.ts'

/** The parts of the first page and of one certificate, in the order in which a clerk needs them. */

const body = { id: 'demo-body', name: 'Harbour Crafts' }
const context = { ...aContext(), officer: 'me', formToken: { name: 'form-token', of: () => 'x' } }
const at = '2026-03-02T09:00:00.000Z'
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const headings = (page: string) =>
  [...page.matchAll(/<h2[^>]*>(.*?)<\/h2>/gs)].map(([, words = '']) => plain(words).trim())

const nothing = { proposals: [], actions: [], batches: [], reports: [] }
const values: BodyDeskValues = {
  body,
  roles: ['propose', 'approve', 'issue', 'status', 'read'],
  decides: true,
  qualifications: [],
  assigned: [],
  proposals: [],
  waits: nothing,
  numbers: { issued: { count: 7, isMore: false }, inForce: { count: 5, isMore: false } },
  ends: { grants: [], keys: [], cannotSign: false },
  isPart: false,
  accredits: false,
}
const batch = { act: 'issue', submittedAt: at, submittedBy: 'other', rows: 640 } as const

test('the first page says what waits and for which member, what runs, what ends soon, and finds a certificate', () => {
  const page = bodyDeskPage(
    {
      ...values,
      waits: {
        ...nothing,
        batches: [
          { ...batch, id: 'one', state: 'open', isYours: false },
          { ...batch, id: 'two', state: 'closed', isYours: true },
          { ...batch, id: 'three', state: 'running', isYours: true },
        ],
      },
    },
    context,
  )
  expect(headings(page)).toEqual([
    ...['What waits', 'Running now', 'What ends soon', 'Qualifications of this body', 'Decided or ended'],
    ...['Find a certificate', 'In numbers', 'The body'],
  ])
  expect(plain(page)).toContain('Waiting: 2. For you: 1 .')
  const [waiting = '', running = ''] = page.split('Running now')
  expect([waiting.match(/Needs you/g)?.length, waiting.match(/Waits for others/g)?.length]).toEqual([1, 1])
  expect(running).toContain('/batches/three"')
  // No address holds a number, so the search is a POST.
  expect(page).toMatch(/<form[^>]*method="post"[^>]*action="[^"]*\/certificates"/)
  expect(plain(page)).toContain('Not by name')
})

test('if nothing waits, the first page says so, and a member without a role finds no button', () => {
  const page = bodyDeskPage({ ...values, roles: ['read'], decides: false, numbers: {} }, context)
  expect(plain(page)).toContain('What waits Nothing waits.')
  expect(headings(page)).not.toContain('Running now')
  expect(page).not.toMatch(/\/issue"|\/members"|\/waiting"|\/actions\//)
})

const certificate: CertificateValues = {
  owner: body,
  body,
  certificate: { id: 'c0ffee', number: '26-HC-1', title: 'Bricklaying', state: 'in-force', issuedAt: at },
  edition: '2020',
  history: [{ at, event: 'issued', actor: 'me' }],
  mayChange: true,
  mayIssue: true,
  mayOpen: true,
}
const panelsOf = (page: string) =>
  [...page.matchAll(/<summary><span><b>(.*?)<\/b><span class="why">(.*?)<\/span>/gs)].map(([, title, follows = '']) => [
    title,
    follows,
  ])

test('one certificate shows its number, state, edition and history, and says of each act what follows before it is opened', () => {
  const page = certificatePage(certificate, context)
  expect(headings(page)).toEqual(['History', 'What would you like to do?'])
  expect(plain(page)).toContain('Bricklaying Edition 2020')
  const panels = panelsOf(page)
  expect(panels.map(([title]) => title)).toEqual([
    ...['Show the holder', 'Print the certificate', 'Correct', 'Renew', 'Suspend', 'Revoke for good'],
    ...['Make a new link', 'Make a legal hold', 'Erase for good'],
  ])
  for (const [, follows] of panels) expect(follows).toMatch(/\w.*\.$/)
  expect(page).not.toContain('another member must approve it first')
})

test('if the policy of the body wants a second person for an act, its panel says so, and no other one does', () => {
  const panels = panelsOf(certificatePage({ ...certificate, secondPerson: ['revoke', 'correct'] }, context))
  expect(
    panels.filter(([, follows]) => follows?.includes('another member must approve it first')).map(([title]) => title),
  ).toEqual(['Correct', 'Revoke for good'])
})
