import { beforeEach, expect, test } from 'vitest'
import { cookery } from '../../../../test/support/cookery.ts'
import { withFaults } from '../../../../test/support/faults.ts'
import { AUTHORITY, BODY, FROM, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { boxAddress } from '../certificates/secrecy.ts'
import { DAY_MS } from '../clocks.ts'
import { deleteBoxes } from '../erasure/delete-boxes.ts'
import { eraseCertificate } from '../erasure/erase.ts'
import { replaceLink } from '../erasure/new-link.ts'
import type { Issued } from '../issuance/reopen.ts'
import { sweepReservations } from '../issuance/sweep.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { entriesOf } from '../trail/entries.ts'
import { verifyLink } from '../verification/verify.ts'
import { approveAction } from './decide-action.ts'
import { decideRecognition } from './decide-class.ts'
import { listLetters, openLetter } from './letters.ts'
import { lookForOfficer } from './look-at.ts'

const ID = `${BODY}.standing`
const HOST = 'demo-else'

let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
  const stated = cookery()
  if (stated.verb !== 'state-qualification') throw new Error('cookery states a qualification')
  const { edition } = stated
  const statement = { ...stated.statement, kind: 'good-standing' as const }
  await here.decide(
    { ...stated, qualification: ID, statement, ...(edition && { edition: { ...edition, units: [] } }) },
    BODY,
  )
  const scope = { qualifications: [ID], places: ['PH'] }
  await here.decide(
    { verb: 'accredit', grantee: BODY, grant: 'standing', right: 'issue', scope, basis: 'Act 3', effectiveAt: FROM },
    AUTHORITY,
  )
})
const last = '2026-08-20'
const letter = (number = '1', key = 'key-1'): Promise<Issued> =>
  here.world.issue(
    { qualification: ID, certificateNumber: number, validUntil: last, recipient: HOST },
    { key, deps: { now: here.next() } },
  )
const page = (more: { limit: number; after?: string }, authority = HOST, subject = 'one', now = here.next()) =>
  listLetters({ authority, subject, ...more }, { reader: here.world.store, now })
const list = async (authority = HOST, subject = 'one', now = here.next()) =>
  (await page({ limit: 100 }, authority, subject, now)).letters
const open = (id: string, authority = HOST, subject = 'one') =>
  openLetter({ authority, subject, id }, here.world.at(here.next()))
const absent = { code: 'not-found' }

test('R-044: good standing comes, sealed, to the desk of the authority that it is for, and each opening is recorded', async () => {
  const issued = await letter()
  // A repeated request sends nothing twice.
  expect((await letter()).uuid).toBe(issued.uuid)
  expect(await list()).toEqual([
    expect.objectContaining({ id: issued.uuid, from: BODY, qualification: ID, until: `${last}T23:59:59Z` }),
  ])
  expect(await open(issued.uuid, HOST, 'two')).toMatchObject({ link: issued.link, letter: { id: issued.uuid } })
  const written = here.world.store.appended.filter(({ stream }) => stream.startsWith(`${HOST}/letter/`))
  expect(written.map(({ events, actor }) => [(events[0] as { type: string }).type, actor])).toEqual([
    ['arrived', OFFICER],
    ['opened', 'two'],
  ])
  const text = JSON.stringify(here.world.store.appended)
  for (const hidden of [issued.link, issued.link.slice(-20), 'DELA CRUZ']) expect(text).not.toContain(hidden)
  const [, opening] = written
  expect(opening?.index).toBe(`TRAIL#${HOST}`)
  expect(opening && entriesOf(opening, HOST)).toMatchObject([
    { act: 'letter-opened', actor: 'two', certificate: issued.uuid },
  ])
})

test('R-044, I36: nobody else can read that it exists', async () => {
  const { uuid } = await letter()
  await expect(list(HOST, OFFICER)).rejects.toMatchObject(absent)
  await expect(open(uuid, HOST, OFFICER)).rejects.toMatchObject(absent)
  expect(await list(AUTHORITY)).toEqual([])
  for (const stranger of [AUTHORITY, BODY]) await expect(open(uuid, stranger)).rejects.toMatchObject(absent)
  // The record of the certificate, and every other list, say nothing of the recipient.
  const ofIssuer = here.world.store.appended.filter(({ stream }) => stream.startsWith(`${BODY}/certificate/`))
  expect(ofIssuer.length).toBeGreaterThan(0)
  expect(JSON.stringify(ofIssuer)).not.toContain(HOST)
})

test('R-044: it leaves the list with its last day, with a revocation, and with its link', async () => {
  const first = await letter()
  const second = await letter('2', 'key-2')
  expect((await list()).map(({ id }) => id)).toEqual([second.uuid, first.uuid])
  expect(await list(HOST, 'one', new Date(Date.parse(last) + DAY_MS))).toEqual([])
  const of = { issuer: BODY, actor: OFFICER }
  await revokeCertificate({ ...of, uuid: first.uuid, reason: 'issued-in-error' }, here.world.at(here.next()))
  await replaceLink({ ...of, uuid: second.uuid, ends: 1 }, here.world.at(here.next()))
  expect(await list()).toEqual([])
  for (const { uuid } of [first, second]) await expect(open(uuid)).rejects.toMatchObject(absent)
})

test('R-044: however issuing is interrupted, what was issued is in the list, and nothing else is', async () => {
  const issuedUuids = () => here.world.store.events('issued').map(({ stream }) => stream.split('/').at(-1))
  let isInterrupted = true
  for (let call = 1; isInterrupted; call++)
    for (const outcome of ['fails-before', 'fails-after'] as const) {
      const { port, calls } = withFaults(here.world.store, [{ method: 'append', call, outcome }])
      const key = `key-${call}-${outcome}`
      const body = { qualification: ID, certificateNumber: key, validUntil: last, recipient: HOST }
      await here.world.issue(body, { key, deps: { now: here.next(), store: port } }).catch(() => {})
      isInterrupted = calls('append') >= call
      expect((await list()).map(({ id }) => id)).toEqual(issuedUuids().toReversed())
    }
  // Two were not interrupted at all, so another one was issued by a request that failed.
  expect(issuedUuids().length).toBeGreaterThan(2)
  // An abandoned one never comes into the list.
  await sweepReservations(here.world.at(new Date(here.next().getTime() + 10 * MINUTE)))
  expect((await list()).map(({ id }) => id)).toEqual(issuedUuids().toReversed())
})

test('R-044: letters come in pages, newest first, and a page may hold fewer that count', async () => {
  const uuids: string[] = []
  for (const number of ['1', '2', '3', '4', '5']) uuids.push((await letter(number, `key-${number}`)).uuid)
  const [, second = '', third = ''] = uuids
  const revoked = { issuer: BODY, actor: OFFICER, uuid: third, reason: 'issued-in-error' as const }
  await revokeCertificate(revoked, here.world.at(here.next()))
  const seen: string[][] = []
  let after: string | undefined
  do {
    const { letters, next } = await page({ limit: 2, ...(after && { after }) })
    seen.push(letters.map(({ id }) => id))
    after = next
  } while (after !== undefined && seen.length < 9)
  expect(seen).toEqual([[uuids[4], uuids[3]], [second], [uuids[0]]])
})

test('R-044, I63: after an erasure no authority has its letter, and its sealed link opens nothing', async () => {
  const { uuid, link } = await letter()
  expect(await list()).toHaveLength(1)
  const { waits } = await eraseCertificate(
    { issuer: BODY, uuid, actor: OFFICER, reason: 'holder-request', signedInAt: here.next() },
    here.world.at(here.next()),
  )
  const at = here.next()
  await approveAction({ owner: BODY, id: waits?.id ?? '', subject: 'two', signedInAt: at }, here.world.at(at))
  expect(await list()).toEqual([])
  await expect(open(uuid)).rejects.toMatchObject(absent)
  const { store, keys } = here.world
  await deleteBoxes({ store, boxes: store, secrets: keys, now: here.next() })
  // The link that is sealed in the letter is all that stays of it, and leads to no person.
  const written = store.appended.find(({ stream }) => stream === `${HOST}/letter/${uuid}`)
  const [arrived] = (written?.events ?? []) as { sealed: string }[]
  expect(await keys.open(HOST, arrived?.sealed ?? '')).toBe(link)
  expect(await store.find(boxAddress(link.slice(link.lastIndexOf('/') + 1)))).toBeUndefined()
})

test('K002: nobody decides about a certificate of good standing, nor about a class of them', async () => {
  const { link } = await letter()
  const refused = (pointer: string) => ({ faults: expect.arrayContaining([{ pointer, ...goodStanding }]) })
  const goodStanding = { detail: expect.any(String), reason: 'is-good-standing' }
  const token = link.slice(link.lastIndexOf('/') + 1)
  const at = here.world.at(here.next())
  await expect(lookForOfficer({ authority: HOST, subject: 'one', token }, at)).rejects.toMatchObject(refused('/link'))
  const edition = (await verifyLink(token, here.world.verifying(here.next()))).verification.certificate?.qualification
  const aClass = {
    verb: 'recognise-class' as const,
    recognised: { qualification: ID, edition: edition?.edition ?? '' },
    decision: 'd1',
    class: { issuers: [BODY], award: { from: '2026-01-01', until: '2099-12-31' }, issuedUntil: '2099-12-31' },
    terms: { result: 'full' as const, basis: 'Act 3', appeal: 'Within 30 days.' },
    effectiveAt: here.now().toISOString(),
  }
  const decided = decideRecognition(aClass, { authority: HOST, actor: 'one' }, here.world.at(here.next()))
  await expect(decided).rejects.toMatchObject(refused('/qualification'))
})
