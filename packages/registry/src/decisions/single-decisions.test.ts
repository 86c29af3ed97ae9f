import { digestOfSigned } from '@sijil/credentials'
import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { HOST, tokenOf, withHost } from '../../../../test/support/host-world.ts'
import { after, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { deleteBoxes } from '../erasure/delete-boxes.ts'
import { eraseCertificate } from '../erasure/erase.ts'
import { type NewLink, replaceLink } from '../erasure/new-link.ts'
import type { Issued } from '../issuance/reopen.ts'
import { logs } from '../log/logs.ts'
import { PLACES, putInPlace } from '../recognition/places.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { addMember } from '../trust/members.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { withoutPerson } from '../verification/without-person.ts'
import { approveSingle } from './approve-single.ts'
import { approveAction } from './decide-action.ts'
import { suspendKey } from './keys.ts'
import { approveProposal, proposeChange } from './propose.ts'
import { askForChange, listSingles, openSingle, rejectSingle, requireSingle } from './propose-single.ts'

let here: Awaited<ReturnType<typeof withHost>>
let certificate: Issued
let token: string
let units: string[]
beforeEach(async () => {
  here = await withHost()
  certificate = await here.world.issue()
  token = tokenOf(certificate.link)
  units = (await here.shown(token)).certificate?.units.map(({ code }) => code) ?? []
})
/** After every step of a test. */
const later = after(60 * MINUTE)
const verified = (document: object) => verifyDocument(document, here.world.verifying(here.next()))
const part = () => ({ result: 'part' as const, units: units.slice(2), reason: 'Two units are not taught here' })

describe('a single decision stands beside the verdict of its certificate', () => {
  test('K008, R-020: it is shown by the link alone, with the very verdict of before, and points to the signed original', async () => {
    const before = await here.shown(token, later)
    const { document, record } = await here.decide(token, part())
    const { recognition, ...rest } = await here.shown(token, later)
    expect(rest).toEqual(before)
    expect(recognition).toEqual([
      expect.objectContaining({
        kind: 'single',
        decision: record.id,
        host: expect.objectContaining({ id: HOST, state: 'TH' }),
        result: 'part',
        units: units.slice(2),
        applies: 'now',
        credential: document,
      }),
    ])
    expect(document).toMatchObject({
      type: ['VerifiableCredential', 'EndorsementCredential'],
      relatedResource: [
        { id: certificate.id, digestMultibase: digestOfSigned(certificate.verifiableCredential as object) },
      ],
    })
    expect(JSON.stringify(document)).not.toMatch(/RODEL|DELA CRUZ|26-MAS2/)
    // K014: the document of the certificate shows nothing of it, and before the name nothing unique to it is shown.
    expect((await verified(certificate.verifiableCredential as object)).recognition).toBeUndefined()
    const [shown] = withoutPerson(await here.shown(token)).recognition ?? []
    expect(shown).toMatchObject({ kind: 'single', result: 'part', from: expect.stringMatching(/^.{10}$/) })
    expect(Object.keys(shown ?? {})).not.toEqual(expect.arrayContaining(['decision']))
    expect(Object.keys(shown ?? {})).not.toEqual(expect.arrayContaining(['credential']))
  })

  test('R-020: measures lead to a successor, which takes the place of the first decision', async () => {
    const first = await here.decide(token, { result: 'measures', measures: ['A test in plastering'] })
    await expect(here.propose(token)).rejects.toMatchObject({ code: 'conflict', reason: 'decided-already' })
    const { record } = await here.decide(token, {}, { replaces: first.record.id })
    const { recognition } = await here.shown(token)
    expect(recognition?.map(({ decision, result, applies }) => [decision, result, applies])).toEqual([
      [first.record.id, 'measures', 'ended'],
      [record.id, 'full', 'now'],
    ])
    expect(recognition?.[0]).toMatchObject({ replaced: true, replacedBy: record.id })
    await expect(here.propose(token, {}, { replaces: first.record.id })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('an appeal and an end are decided by two officers, and both are shown', async () => {
    const { record } = await here.decide(token)
    await here.change(record.id, { kind: 'appeal', state: 'fell' })
    await here.change(record.id, { kind: 'end', reason: 'appeal-upheld' })
    const { recognition, verdict } = await here.shown(token)
    expect(verdict).toBe('valid')
    expect(recognition).toMatchObject([{ applies: 'ended', appealed: { state: 'fell' } }])
    await expect(here.change(record.id, { kind: 'end', reason: 'made-in-error' })).rejects.toMatchObject({
      reason: 'ended-already',
    })
  })

  test('one for a time ends by itself, and beside a revoked certificate it was', async () => {
    const until = here.now().toISOString().slice(0, 10)
    await here.decide(token, { result: 'temporary', until })
    const tomorrow = here.world.verifying(new Date(here.now().getTime() + 24 * 60 * MINUTE))
    expect((await verifyLink(token, tomorrow)).verification).toMatchObject({
      verdict: 'valid',
      recognition: [{ applies: 'ended', until }],
    })
    const revoked = { issuer: BODY, uuid: certificate.uuid, actor: OFFICER, reason: 'issued-in-error' as const }
    await revokeCertificate(revoked, here.world.at(here.next()))
    expect(await here.shown(token)).toMatchObject({ verdict: 'invalid', recognition: [{ applies: 'was' }] })
  })
})

describe('who may decide', () => {
  test.each<[string, object, string]>([
    ['a text that reads like a verdict', { conditions: 'VALID in all ten states' }, '/conditions'],
    ['the name of the holder', { reason: 'Mr. Manalo has no experience' }, '/reason'],
    ['a unit of another qualification', { result: 'part', units: ['X-1'] }, '/units/0'],
    ['a refusal without a reason', { result: 'refused' }, '/reason'],
    ['a hidden recognition', { showRefusal: true }, '/showRefusal'],
  ])('K007, I46: %s is refused', async (_, change, pointer) => {
    await expect(here.propose(token, change)).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [expect.objectContaining({ pointer })],
    })
  })

  test('K001, I36: an authority of the same state may not, nor one without key, nor a stranger', async () => {
    await here.host('demo-manila', 'PH')
    await expect(here.propose(token, {}, { authority: 'demo-manila' })).rejects.toMatchObject({
      faults: [expect.objectContaining({ reason: 'may-not-recognise' })],
    })
    await expect(here.propose(token, {}, { authority: BODY })).rejects.toMatchObject({ code: 'not-found' })
    const record = await here.propose(token)
    const at = here.world.at(here.next())
    const asked = { authority: HOST, subject: OFFICER, id: record.id }
    await expect(openSingle(asked, at)).rejects.toMatchObject({ code: 'not-found' })
    await expect(listSingles({ ...asked, limit: 5 }, { reader: at.store, now: at.now })).rejects.toMatchObject({
      code: 'not-found',
    })
    await suspendKey({ id: HOST, kid: 'decisions-1', actor: 'one' }, at)
    await expect(here.propose(token)).rejects.toMatchObject({ code: 'conflict' })
    await expect(here.approve(record, token)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('two officers with the same certificate before them decide: not one alone, not by another hash or link', async () => {
    const record = await here.propose(token, part())
    const other = await here.world.issue({ certificateNumber: '26-MAS2-000002' }, { key: 'key-2' })
    await expect(here.approve(record, token, { subject: 'one' })).rejects.toMatchObject({ code: 'four-eyes-required' })
    await expect(here.approve({ ...record, hash: 'x', open: undefined }, token)).rejects.toMatchObject({
      code: 'conflict',
    })
    for (const wrong of [undefined, tokenOf(other.link)])
      await expect(here.approve(record, wrong)).rejects.toMatchObject({ code: 'validation-failed' })
    const old = { authority: HOST, subject: 'two', id: record.id, hash: record.hash, token }
    const at = here.next()
    const early = new Date(at.getTime() - 11 * MINUTE)
    await expect(approveSingle({ ...old, signedInAt: early }, here.world.at(at))).rejects.toMatchObject({
      code: 'fresh-sign-in-required',
    })
    const { draft } = await openSingle({ authority: HOST, subject: 'two', id: record.id }, here.world.at(here.next()))
    expect(draft).toMatchObject({ terms: part(), isShown: true })
    await rejectSingle({ authority: HOST, subject: 'two', id: record.id }, here.world.at(here.next()))
    await expect(here.approve(record, token)).rejects.toMatchObject({ code: 'conflict' })
    expect((await here.shown(token)).recognition).toBeUndefined()
  })

  test('one officer decides where two officers of the authority recorded so, and the record says by how many', async () => {
    const policy = async (decidedBy: 'one' | 'two', body = HOST) => {
      const change = { verb: 'set-policy', body, secondPerson: [], batchFrom: 50, decidedBy } as const
      const at = here.next()
      const stated = { ...change, effectiveAt: at.toISOString() }
      const { hash, id } = await proposeChange(
        { authority: HOST, subject: 'one', id: `p-${decidedBy}-${body}`, change: stated },
        here.world.at(at),
      )
      const then = here.next()
      const approving = { authority: HOST, id, hash, signedInAt: then }
      await expect(approveProposal({ ...approving, subject: 'one' }, here.world.at(then))).rejects.toMatchObject({
        code: 'four-eyes-required',
      })
      await approveProposal({ ...approving, subject: 'two' }, here.world.at(then))
    }
    const alone = { subject: 'one' }
    const byDefault = await here.propose(token)
    await expect(here.approve(byDefault, token, alone)).rejects.toMatchObject({ code: 'four-eyes-required' })
    await rejectSingle({ authority: HOST, subject: 'two', id: byDefault.id }, here.world.at(here.next()))
    await expect(policy('one', BODY)).rejects.toMatchObject({ code: 'not-found' })
    await expect(policy('two')).rejects.toMatchObject({ reason: 'nothing-changes' })

    await policy('one')
    const { record } = await here.approve(await here.propose(token, part()), token, alone)
    expect(record.decided).toMatchObject({ decidedBy: 'one' })
    expect((await here.shown(token)).recognition).toMatchObject([{ result: 'part', applies: 'now' }])
    const next = await here.propose(token, {}, { replaces: record.id })
    expect((await here.approve(next, token)).record.decided).toMatchObject({ decidedBy: 'two' })
    // Each decision keeps what was recorded of it, and the next one needs two officers again.
    await policy('two')
    const at = here.next()
    expect((await requireSingle({ authority: HOST, id: record.id }, here.world.store, at)).decided?.decidedBy).toBe(
      'one',
    )
    const change = { kind: 'end', reason: 'made-in-error' } as const
    const ended = await askForChange(
      { authority: HOST, subject: 'one', id: next.id, change },
      here.world.at(here.next()),
    )
    await expect(here.approve(ended, undefined, alone)).rejects.toMatchObject({ code: 'four-eyes-required' })
  })

  test('no commit names the certificate, the person, the result or a text, and the log has its hash alone (I47, K005)', async () => {
    const { record } = await here.decide(token, part())
    const written = here.world.store.appended.filter(({ stream }) => stream.startsWith(`${HOST}/single/`))
    expect(written.map(({ events }) => (events as { type: string }[]).map(({ type }) => type))).toEqual([
      ['proposed'],
      ['decided'],
      ['issued'],
    ])
    // The log of certificates has the hash of what was decided, and nothing of what was proposed.
    const logged = written.map((commit) => logs.certificates.logged(commit)?.entry)
    expect(logged).toEqual([undefined, record.decided?.hash, undefined])
    expect(logs.certificates.sources(here.now(), here.now())).toContain(written[1]?.index)
    const text = JSON.stringify(written)
    for (const hidden of [certificate.uuid, token, BODY, 'RODEL', 'part', 'Two units', 'Skills Act', ...units])
      expect(text).not.toContain(hidden)
  })
})

describe('a refusal that the host does not show', () => {
  const refused = { result: 'refused' as const, reason: 'The trade is reserved by law' }

  test('K005, I65: leaves the page of the link and all boxes as they were; its holder gets the document, which /verify knows', async () => {
    const boxes = here.world.store.boxes.length
    const before = await here.shown(token, later)
    const { document, record } = await here.decide(token, refused)
    expect(here.world.store.boxes).toHaveLength(boxes)
    expect(await here.shown(token, later)).toEqual(before)
    expect(await verified(document ?? {})).toMatchObject({
      about: 'decision',
      verdict: 'indeterminate',
      recognition: [{ kind: 'single', result: 'refused', decision: record.id, applies: 'open' }],
    })
    // Sent again after a lost answer, it is the same document.
    expect((await here.approve(record)).document).toEqual(document)
  })

  test('one that it allows is shown', async () => {
    await here.decide(token, { ...refused, showRefusal: true })
    expect((await here.shown(token)).recognition).toMatchObject([{ result: 'refused', applies: 'now' }])
  })
})

describe('a decision sent to /verify (R-007, K002)', () => {
  test('is answered as what it is, never as a certificate, and says nothing once it is changed', async () => {
    const { document } = await here.decide(token, part())
    const answer = await verified(document ?? {})
    expect(answer).toMatchObject({ about: 'decision', verdict: 'indeterminate', recognition: [{ result: 'part' }] })
    expect(answer.certificate).toBeUndefined()
    const outcomes = Object.fromEntries(answer.checks.map(({ name, outcome }) => [name, outcome]))
    expect(outcomes).toMatchObject({ format: 'passed', proof: 'passed', 'issuer-key': 'passed', recorded: 'passed' })
    expect(outcomes).toMatchObject({ status: 'not_performed', qualification: 'not_performed' })
    const forged = await verified({ ...document, validFrom: '2020-01-01T00:00:00Z' })
    expect([forged.verdict, forged.recognition]).toEqual(['invalid', undefined])
    const lacking = { ...document, holder: {} }
    expect(await verified(lacking)).toMatchObject({ about: 'decision', verdict: 'invalid' })
    expect(answer.issuer.today.sentence).toContain('a decision of an authority')
    // Another registry keeps the record of its hosts, so all but the form is open.
    const remote = { idOf: () => 'their-host', registry: 'https://other.example' } as never
    const theirDid = 'did:web:other.example:issuers:their-host'
    const theirs = { ...document, issuer: { ...(document as { issuer: object }).issuer, id: theirDid } }
    const deps = { ...here.world.verifying(here.next()), findRemote: async () => remote }
    expect(await verifyDocument(theirs, deps)).toMatchObject({ about: 'decision', verdict: 'indeterminate' })
    // A decision in the name of a body is no decision.
    const issuer = { ...(certificate.verifiableCredential as { issuer: object }).issuer }
    expect(await verified({ ...document, issuer })).toMatchObject({ verdict: 'invalid' })
  })

  test('a decision about another document is not shown: its digest does not fit', async () => {
    const other = await here.world.issue({ certificateNumber: '26-MAS2-000002' }, { key: 'key-2' })
    const { document, record } = await here.decide(tokenOf(other.link))
    const { boxes, random } = here.world.at(here.now()) as never as Parameters<typeof putInPlace>[2]
    const placed = { host: HOST, id: record.id, hash: record.decided?.hash ?? '', text: JSON.stringify(document) }
    await putInPlace(token, placed, { boxes, random })
    expect((await here.shown(token)).recognition).toBeUndefined()
    expect((await here.shown(tokenOf(other.link))).recognition).toHaveLength(1)
  })
})

describe('the places beside the box of a link', () => {
  test('a box of a decision always has as many bytes', async () => {
    const lengths = new Set<number>()
    for (const [at, change] of [{}, part()].entries()) {
      const issued = await here.world.issue({ certificateNumber: `26-MAS2-00001${at}` }, { key: `key-1${at}` })
      await here.decide(tokenOf(issued.link), change)
      lengths.add(here.world.store.boxes.find(({ owner }) => owner === HOST)?.sealed.length ?? 0)
    }
    expect([...lengths]).toEqual([8_192 + 16])
  })

  test('K014: a new link moves the decision, and the old one shows nothing', async () => {
    await here.decide(token, part())
    const ends = { issuer: BODY, uuid: certificate.uuid, actor: OFFICER, ends: 1 }
    const made = (await replaceLink(ends, here.world.at(here.next()))) as NewLink
    await expect(here.shown(token)).rejects.toMatchObject({ code: 'gone' })
    expect((await here.shown(tokenOf(made.link))).recognition).toMatchObject([{ result: 'part', applies: 'now' }])
    await deleteBoxes({ ...here.world.at(here.next()), boxes: here.world.store, secrets: here.world.keys })
    expect(here.world.store.boxes).toHaveLength(2)
  })

  test('K014: a decision that is put beside the old link while a new one is made moves as well', async () => {
    let isBetween = true
    const { store } = here.world
    const boxes = {
      find: (address: Uint8Array) => store.find(address as never),
      async put(box: Parameters<typeof store.put>[0]) {
        if (isBetween && box.owner === BODY) {
          isBetween = false
          await here.decide(token, part())
        }
        return store.put(box)
      },
    }
    const ends = { issuer: BODY, uuid: certificate.uuid, actor: OFFICER, ends: 1 }
    const made = (await replaceLink(ends, { ...here.world.at(here.next()), boxes } as never)) as NewLink
    expect((await here.shown(tokenOf(made.link))).recognition).toMatchObject([{ result: 'part', applies: 'now' }])
  })

  test('I63, E203: an erasure deletes the decision too, and so does the run after a restore', async () => {
    await here.decide(token, part())
    const { store, keys } = here.world
    const restored = [...store.boxes]
    const asked = { issuer: BODY, uuid: certificate.uuid, actor: OFFICER, reason: 'holder-request' as const }
    await addMember(
      { owner: BODY, subject: 'second', roles: ['approve'], actor: 'registrar' },
      here.world.at(here.now()),
    )
    const at = here.next()
    const { waits } = await eraseCertificate({ ...asked, signedInAt: at }, here.world.at(at))
    const then = here.next()
    await approveAction({ owner: BODY, id: waits?.id ?? '', subject: 'second', signedInAt: then }, here.world.at(then))
    await expect(here.shown(token)).rejects.toMatchObject({ code: 'gone' })
    const run = { store, boxes: store, secrets: keys, now: here.next() }
    await deleteBoxes(run)
    expect(store.boxes).toEqual([])
    for (const box of restored) await store.put(box)
    await deleteBoxes({ ...run, since: new Date(0) })
    expect(store.boxes).toEqual([])
  })

  test('R-007, F12, F55: after a crash between any two steps the approval goes on, and one decision is shown', async () => {
    for (let call = 1; call <= 3; call++) {
      const issued = await here.world.issue({ certificateNumber: `26-MAS2-10000${call}` }, { key: `key-c${call}` })
      const link = tokenOf(issued.link)
      const record = await here.propose(link)
      const at = here.next()
      const { port } = withFaults(here.world.at(at).store, [
        { method: 'append', call: Math.min(call, 2), outcome: call === 3 ? 'fails-after' : 'fails-before' },
      ])
      const asked = { authority: HOST, subject: 'two', id: record.id, hash: record.hash, token: link, signedInAt: at }
      await expect(approveSingle(asked, { ...here.world.at(at), store: port })).rejects.toThrow()
      // The third crash comes after the last commit.
      if (call < 3) expect((await here.shown(link)).recognition ?? []).toEqual([])
      await here.approve(record, link)
      expect((await here.shown(link)).recognition).toHaveLength(1)
    }
  })

  test('no more decisions than there are places', async () => {
    const { boxes, random } = here.world.at(here.now())
    for (let place = 0; place < PLACES; place++)
      await putInPlace(token, { host: 'demo-else', id: `d-${place}`, hash: 'x', text: '{}' }, { boxes, random })
    await expect(here.propose(token)).rejects.toMatchObject({ code: 'conflict', reason: 'too-many' })
  })
})
