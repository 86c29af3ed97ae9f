import { randomBytes } from 'node:crypto'
import { canonicalJson } from '@sijil/credentials'
import { shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import { checkedStore, streams } from '@sijil/registry'
import { catalogueOf } from '@sijil/registry/catalogue'
import type { IssueInput } from '@sijil/registry/certificates'
import { listProposals, loadBaseline } from '@sijil/registry/decisions'
import { issueCertificate, noQuota } from '@sijil/registry/issuance'
import { auditStreams, readBundle } from '@sijil/registry/log'
import { publishStatusList } from '@sijil/registry/status'
import { accreditationsAt, entityAt, everyRegistered, trustOf } from '@sijil/registry/trust'
import { openLink, storeOnly, verifyDocument } from '@sijil/registry/verification'
import { leafHash } from '@sijil/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describeApi } from '../../functions/answers/description.ts'
import { deskSessions } from '../../packages/http/src/sessions/sessions.ts'
import { findPending } from '../../packages/registry/src/status/pending-action.ts'
import { MemoryArtefacts } from '../support/memory-artefacts.ts'
import { type Description, openGolden, readGolden, surfaceOf } from './golden.ts'

/** H001: what a released version stored and promised is read and kept. A change that renames a word of it fails here. */
const golden = readGolden('0.1.0')
const policy = { demonstration: true }
const now = new Date(Date.parse(golden.madeAt) + 60_000)
const BODY = 'demo-th-dsd'
let opened: Awaited<ReturnType<typeof openGolden>>
beforeAll(async () => {
  opened = await openGolden(golden)
  // Its records were part of that version. An operator loads them after the update (docs/runbook.md).
  await loadBaseline({ baseline: shippedBaseline, digest: 'shipped' }, { store: opened.commits, now })
})
afterAll(() => opened.close())

const verifying = () => ({
  ...storeOnly,
  reader: opened.commits,
  boxes: opened.boxes,
  trust: trustOf(opened.commits),
  catalogue: catalogueOf(opened.commits),
  policy,
  baseUrl: golden.baseUrl,
  now,
  general: () => import('@sijil/credentials/general'),
})

describe('H001: what version 0.1.0 stored is read', () => {
  test.each(golden.certificates)(
    'the certificate "$case" is $verdict as it was, and its link opens it',
    async ({ verdict, document, link }) => {
      expect((await verifyDocument(document, verifying())).verdict).toBe(verdict)
      const token = link?.split('/').at(-1)
      if (token !== undefined) expect(await openLink(token, verifying())).toEqual({ document })
    },
  )

  test('every authority, body and centre has its record, and the bodies their accreditations', async () => {
    const ids = await everyRegistered(opened.commits, () => true)
    expect(ids.length).toBeGreaterThan(15)
    const held = await Promise.all(
      ids.map(async (id) => {
        const entity = entityAt(id, await trustOf(opened.commits)(id), now.toISOString())
        if (entity === undefined) throw new Error(`${id} has no record`)
        return accreditationsAt(entity, now.toISOString()).length
      }),
    )
    expect(held.filter((accreditations) => accreditations > 0).length).toBeGreaterThan(8)
  })

  test('the request of then is repeated and gets the certificate of then: its keys, tags and labels are the same', async () => {
    const request = {
      issuer: BODY,
      subject: BODY,
      idempotencyKey: `key-${golden.input.certificateNumber}`,
      input: golden.input as unknown as IssueInput,
    }
    const unused = () => Promise.reject(new Error('nothing is signed again'))
    const answer = await issueCertificate(request, {
      store: opened.commits,
      boxes: opened.boxes,
      signer: { sign: unused },
      secrets: opened.secrets,
      sealer: { seal: unused },
      policy,
      baseUrl: golden.baseUrl,
      verifyIndependently: unused,
      now,
      random: (bytes) => randomBytes(bytes),
      patience: { random: (bytes) => randomBytes(bytes), clock: () => now, pause: async () => {} },
      quota: noQuota,
    })
    const { id, link, verifiableCredential } = golden.issued
    expect(answer).toMatchObject({ id, link, verifiableCredential, replayed: true })
  })

  test('a proposal and an action that waited still wait, and the sealed note of the action opens', async () => {
    const { proposals } = await listProposals(
      { authority: golden.authority, limit: 50 },
      { reader: opened.commits, now },
    )
    expect(proposals.find(({ id }) => id === golden.proposal)).toMatchObject({
      state: 'open',
      change: { verb: 'set-brake', limit: 7 },
    })
    const pending = await findPending(BODY, golden.waiting, { store: opened.commits, now })
    if (pending?.action.kind !== 'revoke') throw new Error('no action waits')
    expect(pending.state).toBe('open')
    expect(await opened.notes.open(BODY, pending.action.note ?? '')).toBe('a sealed note')
  })

  test('the logs of then agree with its records', async () => {
    const artefacts = { read: () => Promise.reject(new Error('no file is read')) }
    expect(await auditStreams({ store: opened.commits, artefacts, now })).toEqual({ differences: [], missed: 0 })
  })

  test('the trust bundle of then, which is in the table, is answered as it was signed', async () => {
    const noFiles = { read: () => Promise.reject(new Error('no file is read')) }
    const text = (await readBundle({ store: opened.commits, artefacts: noFiles })) ?? ''
    const { bundle, note } = JSON.parse(text)
    expect(bundle.entities.length).toBeGreaterThan(15)
    const root = Buffer.from(leafHash(Buffer.from(canonicalJson(bundle)))).toString('base64')
    expect(note.split('\n')[2]).toBe(root)
  })

  test('a status list of then, which is in the table, is answered word for word, and the next version is a file', async () => {
    const id = `${BODY}-1-revocation`
    const [commit] = await opened.commits.read<{ text: string }>(streams.publishedList(BODY, id))
    const files = new MemoryArtefacts()
    const artefacts = checkedStore(files, { report: () => expect.fail('no file is missing') })
    const deps = { store: opened.commits, artefacts, signer: opened.signer, baseUrl: golden.baseUrl }
    expect((await publishStatusList(id, { ...deps, now })).text).toBe(commit?.events[0]?.text)
    expect(files.files.size).toBe(0)
    const { text } = await publishStatusList(id, { ...deps, now: new Date(now.getTime() + 13 * 3_600_000) })
    expect([...files.files.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([text])
  })

  test('a session of the desk of then counts until its end', async () => {
    const { secret, cookie, at } = golden.session
    const [pair = ''] = cookie.split(';')
    const found = await deskSessions(async () => secret).find([pair], new Date(Date.parse(at) + 60_000))
    expect(found?.subject).toBe('golden-officer')
  })
})

test('H001: the description of the API keeps every operation, parameter and member that version 0.1.0 had', () => {
  const today = describeApi({ baseUrl: golden.baseUrl, tokenIssuer: `${golden.baseUrl}/oidc` }) as Description
  const now = new Set(surfaceOf(today))
  // The desk is pages with forms for people: no program was promised its addresses.
  const then = surfaceOf(golden.openapi).filter((name) => !/^\w+ \/desk(?:\/| |$)/.test(name))
  expect(then.length).toBeGreaterThan(1_000)
  expect(then.filter((name) => !now.has(name))).toEqual([])
})
