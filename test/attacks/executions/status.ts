import { gunzipSync, gzipSync } from 'node:zlib'
import { DocumentFault, decodeList, encodeList, isSet, verifyStatusList } from '@sijil/credentials'
import { entityAt, keysFor, trustOf } from '@sijil/registry/trust'
import { expect } from 'vitest'
import { at, type Doc, put } from '../edit.ts'
import { type Executions, type Heard, hear, heard, verifyAll } from '../execution.ts'
import { aStranger, copyOf, signAsBody, signAsStranger, signRecorded } from '../forge.ts'
import { masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'
const SL = 'https://www.w3.org/ns/credentials/status-list#'
const NO_LIST_IS_FETCHED =
  'a certificate of this registry is judged by its own record and no other list is fetched, so the reader of lists is attacked directly'

/** The result of our reader of status lists, in the terms of the catalogue. */
function asHeard(read: () => unknown): Heard {
  try {
    read()
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    return { status: 200, verdict: 'invalid', types: [`${SL}STATUS_VERIFICATION_ERROR`], text: fault.code }
  }
  return { status: 200, verdict: 'valid', types: [], text: '' }
}

async function publishedList(stand: Stand) {
  const url = String(at(await stand.document('in-force'), '/credentialStatus/0/statusListCredential'))
  const list = (await (await fetch(url)).json()) as Doc
  const entity = entityAt(body, await trustOf(stand.parts.store)(body), stand.now().toISOString())
  const publicKeyMultibase = entity && keysFor(entity, 'lists')[0]?.publicKeyMultibase
  if (publicKeyMultibase === undefined) throw new Error('no key for lists')
  const expected = {
    publicKeyMultibase,
    id: url,
    issuer: stand.didOf(body),
    purpose: 'revocation',
    now: stand.now(),
  } as const
  return { list, expected }
}

export const status: Executions = {
  V071: {
    async carryOut(stand) {
      const stranger = aStranger()
      const document = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: stranger.did,
        credentialSubject: { id: 'did:example:subject' },
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '7',
          statusListCredential: 'https://down.example/lists/1',
        },
      }
      const answers = await verifyAll(stand, [await signAsStranger(document, stranger)])
      for (const { text } of answers) expect(text).toContain('"retryable":true')
      return answers
    },
  },
  V073: {
    async carryOut(stand) {
      const { list, expected } = await publishedList(stand)
      verifyStatusList(list, expected)
      const flipped = put(list, '/credentialSubject/encodedList', encodeList([1, 2, 3]))
      const { proof: _, ...unsigned } = list
      return [flipped, unsigned].map((bad) => asHeard(() => verifyStatusList(bad, expected)))
    },
    differs: { because: NO_LIST_IS_FETCHED },
  },
  V074: {
    async carryOut(stand) {
      const { list, expected } = await publishedList(stand)
      const mixed = put(list, '/credentialSubject/statusPurpose', 'suspension')
      return [
        asHeard(() => verifyStatusList(mixed, expected)),
        asHeard(() => verifyStatusList(list, { ...expected, purpose: 'suspension' })),
      ]
    },
    differs: { because: NO_LIST_IS_FETCHED },
  },
  V076: {
    async carryOut(stand) {
      const model = await stand.document('in-force')
      const beyond = put(copyOf(model), '/credentialStatus/0/statusListIndex', '131072')
      const list = String(at(model, '/credentialStatus/0/statusListCredential'))
      const document = put(beyond, '/credentialStatus/0/id', `${list}#131072`)
      return verifyAll(stand, [await signRecorded(document, { body, model }, stand)])
    },
  },
  V078: {
    async carryOut() {
      // The second looks like a list by its length until it is decompressed.
      const bombs = [64, 20].map((size) => gzipSync(Buffer.alloc(size * 1024 * 1024), { level: 9 }))
      const before = process.memoryUsage().rss
      const started = performance.now()
      const answers = bombs.map((bomb) => asHeard(() => decodeList(`u${bomb.toString('base64url')}`)))
      expect(performance.now() - started).toBeLessThan(100)
      expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024)
      return answers
    },
    differs: { because: NO_LIST_IS_FETCHED },
  },
  V079: {
    async carryOut() {
      const list = Buffer.from(encodeList([5]).slice(1), 'base64url')
      const crafted = [
        gzipSync(list),
        Buffer.concat([list, Buffer.from('garbage')]),
        Buffer.concat([list, list]),
        Buffer.concat([list, gzipSync(Buffer.alloc(0))]),
      ]
      return crafted.map((bytes) => asHeard(() => decodeList(`u${bytes.toString('base64url')}`)))
    },
    differs: { because: NO_LIST_IS_FETCHED },
  },
  V081: {
    async carryOut(stand) {
      const bits = decodeList(encodeList([0, 7]))
      expect([0, 7, 8, 131_071].map((index) => isSet(bits, index))).toEqual([true, true, false, false])
      expect(bits[0]).toBe(0b1000_0001)
      // Reads the published list by the specification and without our code. The first bit is the highest bit of the first byte.
      const { document, uuid } = await stand.issued(body, masonry(stand))
      expect((await stand.change(body, uuid, 'revoke', { reason: 'issued-in-error' })).status).toBe(200)
      const list = await stand.ask(new URL(String(at(document, '/credentialStatus/0/statusListCredential'))).pathname)
      const encoded = String(at(list.json<Doc>(), '/credentialSubject/encodedList'))
      const bytes = gunzipSync(Buffer.from(encoded.slice(1), 'base64url'))
      const index = Number(at(document, '/credentialStatus/0/statusListIndex'))
      expect([...(bytes[index >> 3] ?? 0).toString(2).padStart(8, '0')][index % 8]).toBe('1')
      return [heard(list)]
    },
    inside:
      'a client cannot choose an index, so 0, 7, 8 and 131,071 are read from a list made here; the order of bits is that of the published list',
  },
  V083: {
    async carryOut(stand) {
      const { document, uuid } = await stand.issued(body, masonry(stand))
      const url = String(at(document, '/credentialStatus/0/statusListCredential'))
      const before = (await (await fetch(url)).json()) as Doc
      expect((await stand.change(body, uuid, 'revoke', { reason: 'issued-in-error' })).status).toBe(200)
      const index = Number(at(document, '/credentialStatus/0/statusListIndex'))
      // The list from before the revocation is still valid, and does not have it.
      expect(isSet(decodeList(String(at(before, '/credentialSubject/encodedList'))), index)).toBe(false)
      return hear([stand.verify(document)])
    },
  },
  V086: {
    async carryOut(stand) {
      const document = await stand.document('revoked')
      const [revocation, suspension] = document.credentialStatus as unknown[]
      const model = await stand.document('in-force')
      const turned = put(document, '/credentialStatus', [suspension, revocation])
      const [answer] = await verifyAll(stand, [turned])
      // The profile has only one order, so that the same entries have only one spelling.
      expect(answer?.verdict).toBe('invalid')
      expect((await stand.verify(model)).json().verdict).toBe('valid')
      return verifyAll(stand, [document])
    },
  },
  V088: {
    async carryOut(stand) {
      const model = await stand.document('in-force')
      const document = await signRecorded(copyOf(model), { body, model, released: false }, stand)
      const revoked = await stand.change(body, String(document.id).slice(9), 'revoke', { reason: 'issued-in-error' })
      expect(revoked.status).toBe(404)
      const [answer] = await verifyAll(stand, [document])
      return answer ? [answer] : []
    },
    differs: {
      because:
        'a certificate that was never released has no status to change: it stays open until the sweeper abandons it, and is never valid meanwhile',
      verdict: 'indeterminate',
      type: 'https://{host}/problems/not-finished',
    },
  },
  V089: {
    async carryOut(stand) {
      const model = await stand.document('in-force')
      const other = String(at(model, '/credentialStatus/1/id'))
      const recorded = put(copyOf(model), '/credentialStatus/0/id', `${other.split('#')[0]}#1`)
      const answers = await verifyAll(stand, [put(model, '/credentialStatus/0/id', other)])
      // Consistent in itself, signed and recorded, but with another entry than the reserved one.
      const moved = copyOf(model)
      for (const place of [0, 1]) {
        const list = String(at(moved, `/credentialStatus/${place}/statusListCredential`))
        Object.assign((moved.credentialStatus as Doc[])[place] ?? {}, { id: `${list}#9`, statusListIndex: '9' })
      }
      return [
        ...answers,
        ...(await verifyAll(stand, [
          await signAsBody(recorded, body, stand),
          await signRecorded(moved, { body, model }, stand),
        ])),
      ]
    },
  },
  V116: {
    async carryOut(stand) {
      const model = await stand.document('in-force')
      const second = `${new Date(Date.now() - 1_000).toISOString().slice(0, 19)}Z`
      const document = put(put(copyOf(model), '/validUntil', second), '/validFrom', second)
      return [heard(await stand.verify(await signRecorded(document, { body, model }, stand)))]
    },
  },
  V114: {
    async carryOut(stand) {
      const model = await stand.document('in-force')
      const document = put(copyOf(model), '/validUntil', '2020-01-01T00:00:00Z')
      return verifyAll(stand, [await signRecorded(document, { body, model }, stand)])
    },
  },
}
