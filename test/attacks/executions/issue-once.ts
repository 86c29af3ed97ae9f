import { issueCertificate } from '@sijil/registry/issuance'
import { expect } from 'vitest'
import type { Answer } from '../../support/local-registry.ts'
import { atOnce } from '../../support/registry-world.ts'
import { isWhole } from '../../support/whole.ts'
import { at } from '../edit.ts'
import { type Executions, hear } from '../execution.ts'
import { issuingParts } from '../issuing-parts.ts'
import { daysAgo, masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'

const indexOf = (answer: Answer) =>
  Number(
    at(
      answer.json<{ verifiableCredential: Record<string, unknown> }>().verifiableCredential,
      '/credentialStatus/0/statusListIndex',
    ),
  )

async function many(stand: Stand, count: number): Promise<Answer[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => stand.issue(body, { ...masonry(stand), qualification: 'ph-tile-nc2' })),
  )
  for (const { status, text } of answers) expect(status, text).toBe(201)
  return answers
}

/** One request gives one certificate, and one entry of a status list belongs to one certificate. */
export const issueOnce: Executions = {
  I010: {
    async carryOut(stand) {
      const input = masonry(stand)
      const first = await stand.issue(body, input, 'i010')
      const second = await stand.issue(body, input, 'i010')
      expect(second.text).toBe(first.text)
      expect(second.headers.get('idempotency-replayed')).toBe('true')
      return hear([first, second])
    },
  },
  I011: {
    async carryOut(stand) {
      const input = masonry(stand)
      expect((await stand.issue(body, input, 'i011')).status).toBe(201)
      return hear([stand.issue(body, { ...input, route: 'training' }, 'i011')])
    },
  },
  I013: {
    async carryOut(stand) {
      const mine = await stand.issue(body, masonry(stand), 'i013')
      const theirs = await stand.issue('demo-kh-mlvt', { ...masonry(stand), qualification: 'kh-elec-1' }, 'i013')
      expect(theirs.json().id).not.toBe(mine.json().id)
      expect(theirs.headers.get('idempotency-replayed')).toBeNull()
      return hear([mine, theirs])
    },
  },
  I015: {
    async carryOut(stand) {
      const input = {
        qualification: 'ph-tile-nc2',
        holder: { name: 'CANARY' },
        certificateNumber: stand.number(),
        awardedOn: daysAgo(40),
      }
      const request = { issuer: body, subject: body, idempotencyKey: 'i015', input }
      const begun = Date.now() - 31 * 86_400_000
      const first = atOnce(await issueCertificate(request, issuingParts(stand, { now: new Date(begun) })))
      for (const minutes of [11, 60 * 24 * 30]) {
        const later = new Date(begun + minutes * 60_000)
        const again = atOnce(await issueCertificate(request, issuingParts(stand, { now: later })))
        expect(again.replayed).toBe(true)
        expect(again.verifiableCredential).toEqual(first.verifiableCredential)
      }
      return hear([stand.issue(body, input, 'i015')])
    },
    inside:
      'the clock cannot be moved from outside, so the request is sent in this process a month ago and again later, and finally over HTTP',
  },
  I016: {
    isSampled: true,
    async carryOut(stand) {
      const answers = await many(stand, isWhole ? 32 : 16)
      const indexes = answers.map(indexOf)
      expect(new Set(indexes).size).toBe(indexes.length)
      for (const index of indexes) expect(index >= 0 && index < 131_072).toBe(true)
      return hear(answers.slice(0, 3))
    },
    inside:
      'each is signed, checked and released here: 32 at once over HTTP (16 by npm test), and all 2,000 as claims of one list in packages/registry/src/status/status-list.test.ts',
  },
  I018: {
    isSampled: true,
    async carryOut(stand) {
      const indexes: number[] = []
      for (let at = 0; at < (isWhole ? 4 : 2); at++) indexes.push(...(await many(stand, 16)).map(indexOf))
      // Runs above and below the median (Wald and Wolfowitz). An order in time would give few runs, and an alternation many.
      const median = indexes.toSorted((a, b) => a - b)[indexes.length / 2] ?? 0
      const signs = indexes.map((index) => index >= median)
      const runs = 1 + signs.filter((sign, at) => at > 0 && sign !== signs[at - 1]).length
      const [mean, deviation] = [1 + indexes.length / 2, Math.sqrt(indexes.length / 4)]
      expect(Math.abs(runs - mean)).toBeLessThan(4.5 * deviation)
      const steps = new Set(indexes.slice(1).map((index, at) => index - (indexes[at] ?? 0)))
      expect(steps.size).toBeGreaterThan(indexes.length - 5)
      return []
    },
    inside:
      'the runs of 64 over HTTP (32 by npm test), and of 2,000 in packages/registry/src/status/status-list.test.ts',
  },
}
