import { randomUUID } from 'node:crypto'
import { decodeList, isSet, type StatusBits } from '@sijil/credentials'
import { streams } from '@sijil/registry'
import { publishStatusList } from '@sijil/registry/status'
import { expect } from 'vitest'
import { filesOfRegistry } from '../../support/local-artefacts.ts'
import type { Answer } from '../../support/local-registry.ts'
import { isWhole } from '../../support/whole.ts'
import { at, type Doc } from '../edit.ts'
import { type Executions, hear } from '../execution.ts'
import { masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'
const reason = { reason: 'issued-in-error' }
const list = `${body}-1-revocation`
const indexOf = (document: Doc) => Number(at(document, '/credentialStatus/0/statusListIndex'))

async function bitsOf(stand: Stand): Promise<StatusBits> {
  const answer = await stand.ask(`/status-lists/${list}`)
  return decodeList(String(at(answer.json(), '/credentialSubject/encodedList')))
}

export const statusApi: Executions = {
  T001: {
    async carryOut(stand) {
      const theirs = await stand.issued('demo-kh-mlvt', { ...masonry(stand), qualification: 'kh-sewing-1' })
      const token = await stand.as(body)
      const revoke = (issuer: string, uuid: string) =>
        stand.ask(`/issuers/${issuer}/credentials/${uuid}/revoke`, { body: reason, token })
      const answers = await Promise.all([
        revoke('demo-kh-mlvt', theirs.uuid),
        revoke(body, theirs.uuid),
        revoke('demo-kh-mlvt', randomUUID()),
        revoke(body, randomUUID()),
        revoke('nobody', theirs.uuid),
        stand.ask('/issuers/demo-kh-mlvt/credentials/status', {
          token,
          body: { credentialId: theirs.id, credentialStatus: { statusPurpose: 'revocation' }, status: true },
        }),
      ])
      // The text and its code say whose is meant: "no such issuer" of another body, "no such certificate" of the own one.
      const withoutDetail = ({ text }: Answer) => ({ ...JSON.parse(text), detail: '', reason: '' })
      for (const answer of answers) expect(withoutDetail(answer)).toEqual(withoutDetail(answers[0] as Answer))
      expect(answers[0]?.text).toBe(answers[2]?.text)
      expect(answers[1]?.text).toBe(answers[3]?.text)
      expect((await stand.verify(theirs.document)).json().verdict).toBe('valid')
      expect(await stand.parts.store.read(streams.certificate('demo-kh-mlvt', theirs.uuid))).toHaveLength(2)
      return hear(answers)
    },
    differs: {
      because:
        'no special event is logged: a guess gives the log line of any refusal, with route, status and code, and no line may contain the guessed id',
    },
  },
  T003: {
    isSampled: true,
    async carryOut(stand) {
      const documents = await Promise.all(
        Array.from({ length: isWhole ? 24 : 12 }, () => stand.issued(body, masonry(stand))),
      )
      const answers = await Promise.all(documents.map(({ uuid }) => stand.change(body, uuid, 'revoke', reason)))
      const bits = await bitsOf(stand)
      for (const { document } of documents) expect(isSet(bits, indexOf(document))).toBe(true)
      return hear(answers)
    },
    inside:
      '24 at once over HTTP (12 by npm test), since each must be issued first, and all 500 in packages/registry/src/status/status-list.test.ts',
  },
  T005: {
    async carryOut(stand) {
      const { uuid } = await stand.issued(body, masonry(stand))
      const first = await stand.change(body, uuid, 'revoke', { reason: 'misconduct' })
      const second = await stand.change(body, uuid, 'revoke', { reason: 'holder-request' })
      expect(second.json()).toEqual(first.json())
      expect(second.json().reason).toBe('misconduct')
      const commits = await stand.parts.store.read<object>(streams.certificate(body, uuid))
      expect(commits).toHaveLength(3)
      return hear([first, second])
    },
    differs: {
      because:
        'a request that changes nothing makes no commit: the second gets the answer of the first, and is only in the log of requests',
    },
  },
  T006: {
    async carryOut(stand) {
      const { uuid } = await stand.issued(body, masonry(stand))
      const reasons = [
        'CANARY died',
        '<b>x</b>',
        'x'.repeat(10_240),
        'unspecified',
        '',
        null,
        ['misconduct'],
        { $ne: 1 },
      ]
      const answers = await Promise.all(reasons.map((one) => stand.change(body, uuid, 'revoke', { reason: one })))
      for (const { text } of answers) expect(text).not.toMatch(/CANARY|<b>/)
      return hear(answers)
    },
  },
  T010: {
    async carryOut(stand) {
      const { document, uuid } = await stand.issued(body, masonry(stand))
      await stand.change(body, uuid, 'revoke', reason)
      expect(isSet(await bitsOf(stand), indexOf(document))).toBe(true)
      // The index has lost its entries, but the changes that were published before stay in the list.
      const { store, signer } = stand.parts
      const forgetful: typeof store = {
        read: (stream) => store.read(stream),
        latest: (stream) => store.latest(stream),
        append: (commit) => store.append(commit),
        claim: (...claim) => store.claim(...claim),
        list: async () => ({ commits: [] }),
      }
      const later = new Date(Date.now() + 13 * 3_600_000)
      const deps = { store: forgetful, artefacts: filesOfRegistry(), signer, baseUrl: stand.baseUrl, now: later }
      const { text } = await publishStatusList(list, deps)
      const bits = decodeList(String(at(JSON.parse(text), '/credentialSubject/encodedList')))
      expect(isSet(bits, indexOf(document))).toBe(true)
      return []
    },
    differs: {
      because:
        'there is no snapshot to roll back to: the publisher joins what it published with what it reads, so fewer entries change nothing and need no alarm',
    },
    inside:
      'the input of the publisher cannot be changed from outside, so it reads an index with missing entries in this process; the published list is read over HTTP before; status-list.test.ts has the other orders',
  },
  T011: {
    async carryOut(stand) {
      const { uuid } = await stand.issued(body, masonry(stand))
      await stand.change(body, uuid, 'suspend', { reason: 'under-investigation' })
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => stand.ask(`/status-lists/${body}-1-suspension`)),
      )
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      return []
    },
  },
}
