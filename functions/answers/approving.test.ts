import { deskSessions } from '@sijil/http/sessions'
import { textMarks } from '@sijil/http/sign-in'
import { expect, test } from 'vitest'
import { AUTHORITY, aWorld, noon } from '../../test/support/registry-world.ts'
import { routes } from '../routes.ts'
import { batchesAnswers } from './batches.ts'
import { decisionsAnswers } from './decisions.ts'
import { deskAnswers } from './desk.ts'
import { officeAnswers } from './office.ts'
import { recogniseAnswers } from './recognise.ts'
import { statusAnswers } from './status.ts'

const approvals = routes.filter(({ path }) => path.endsWith('/approve')).map(({ method, path }) => `${method} ${path}`)

const secret = async () => 's'.repeat(43)
const hash = 'h'.repeat(43)
/** What each sends, where it is more than nothing. */
const inputs: Readonly<Record<string, object>> = {
  'POST /issuers/{issuer}/batches/{id}/approve': { hash },
  'POST /issuers/{issuer}/batches/{id}/results/{request}/approve': {},
  'POST /issuers/{issuer}/proposals/approve': { ids: ['none'] },
  'POST /issuers/{issuer}/proposals/{id}/approve': {},
  'POST /authorities/{authority}/proposals/{id}/approve': { hash },
  'POST /authorities/{authority}/single-decisions/{id}/approve': { hash },
  'POST /issuers/{issuer}/qualifications/proposals/{id}/approve': { hash },
  'POST /desk/authorities/{authority}/proposals/{id}/approve': { hash },
  'POST /desk/issuers/{issuer}/proposals/{id}/approve': { hash },
  'POST /desk/issuers/{issuer}/waiting/{id}/approve': {},
  'POST /desk/authorities/{authority}/waiting/{id}/approve': {},
}

async function answersOf() {
  const approving = { acr: ['phr'], amr: [], provider: false }
  const deps = (await aWorld()).at(noon)
  const parts = { ...deps, policy: { demonstration: true }, newId: () => 'one', clock: () => noon, approving }
  const signIn = { start: () => Promise.reject(new Error('none')), finish: () => Promise.reject(new Error('none')) }
  const unread = { open: () => Promise.reject(new Error('nothing is opened here')) }
  return new Map<string, { answer: unknown }>(
    Object.entries({
      ...batchesAnswers({
        ...parts,
        uploads: deps.artefacts,
        queue: { send: () => Promise.reject(new Error('nothing is sent here')) },
        fileQueue: { send: () => Promise.reject(new Error('nothing is sent here')) },
        addresses: {
          load: () => Promise.reject(new Error('nothing is loaded here')),
          receive: () => Promise.reject(new Error('nothing is received here')),
        },
        incoming: { read: async () => undefined },
        secrets: { decrypt: unread.open },
      }),
      ...statusAnswers(parts),
      ...decisionsAnswers(parts),
      ...recogniseAnswers(parts),
      ...deskAnswers({
        ...parts,
        sessions: deskSessions(secret),
        signIn,
        reportTexts: unread,
        marks: textMarks(secret),
      }),
      ...officeAnswers({
        ...parts,
        sessions: deskSessions(secret),
        sealer: parts.notes,
        notes: unread,
        secrets: { decrypt: unread.open },
        orders: parts.notes,
      }),
    }),
  )
}

test.each(approvals)('%s refuses a sign-in that does not state how, before it reads anything else', async (key) => {
  const answer = (await answersOf()).get(key)?.answer as (asked: object) => Promise<unknown>
  const asked = (caller: object) => ({
    params: { authority: AUTHORITY, issuer: AUTHORITY, id: 'none', request: '1' },
    query: {},
    headers: new Map(),
    cookies: [],
    input: inputs[key],
    caller: { subject: 'officer-1', scopes: [], signedInAt: noon, formToken: 'none', ...caller },
    language: 'en',
    wants: 'json',
  })
  await expect(async () => answer(asked({}))).rejects.toMatchObject({ code: 'stronger-sign-in-required' })
  await expect(async () => answer(asked({ acr: '0' }))).rejects.toMatchObject({ code: 'stronger-sign-in-required' })
  // With a sufficient sign-in the next rule refuses: nothing of this id was proposed to this officer.
  await expect(async () => answer(asked({ acr: 'phr' }))).rejects.toMatchObject({ code: 'not-found' })
})

test('these are all routes that approve', () => {
  expect(approvals).toEqual(Object.keys(inputs))
})
