import { generateKeyPairSync, sign } from 'node:crypto'
import { streams } from '@sijil/registry'
import { liftSuspension, suspendAccreditation } from '@sijil/registry/decisions'
import { type IssueDeps, issueCertificate } from '@sijil/registry/issuance'
import { expect } from 'vitest'
import type { Answer } from '../../support/local-registry.ts'
import { at } from '../edit.ts'
import { type Executions, hear, heard } from '../execution.ts'
import { hearInProcess, issuingParts } from '../issuing-parts.ts'
import { daysAgo, masonry } from '../stand.ts'

const body = 'demo-ph-tesda'
const path = `/issuers/${body}/credentials`

const tokenLike = (claims: object, header: object = { alg: 'ES256', typ: 'at+jwt' }) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

export const issue: Executions = {
  I001: {
    async carryOut(stand) {
      const seconds = Math.floor(Date.now() / 1_000)
      const claims = {
        iss: `${stand.baseUrl}/oidc`,
        aud: stand.baseUrl,
        sub: body,
        scope: 'credentials:issue',
        iat: seconds,
        exp: seconds + 300,
      }
      const real = await stand.as(body)
      const [head, payload] = real.split('.')
      const tokens = [
        undefined,
        'not-a-token',
        `${head}.${payload}.${'A'.repeat(86)}`,
        tokenLike({ ...claims, exp: seconds - 60, iat: seconds - 400 }),
        tokenLike({ ...claims, aud: 'https://other.example' }),
        tokenLike({ ...claims, iss: 'https://evil.example' }),
        tokenLike(claims, { alg: 'none', typ: 'at+jwt' }),
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      ]
      const answers = await Promise.all(
        tokens.map((token) =>
          stand.ask(path, {
            body: masonry(stand),
            ...(token !== undefined && { token }),
            headers: { 'idempotency-key': 'i001' },
          }),
        ),
      )
      expect(answers.filter(({ text }) => text === answers[0]?.text)).toHaveLength(1)
      for (const { headers, text } of answers) {
        expect(headers.get('www-authenticate')).toContain('Bearer')
        // A missing key is reported. The answers for wrong keys do not distinguish one failure from another.
        if (text !== answers[0]?.text) expect(text).toBe(answers[1]?.text)
      }
      return hear(answers)
    },
  },
  I005: {
    async carryOut(stand) {
      const token = await stand.as(body)
      const post = (issuer: string, more: object = {}) =>
        stand.ask(`/issuers/${issuer}/credentials`, {
          token,
          body: { ...masonry(stand), ...more },
          headers: { 'idempotency-key': 'i005', 'x-tenant': 'demo-th-dsd' },
        })
      const answers = await Promise.all([post('demo-th-dsd'), post('nobody-of-that-name'), post('demo-kh-mlvt')])
      // The answer for a certificate that exists is the same as for one that does not.
      for (const { text } of answers) expect(text).toBe(answers[0]?.text)
      const named = await post(body, { issuerId: 'demo-th-dsd' })
      expect(named.status).toBe(422)
      return hear(answers)
    },
  },
  I006: {
    carryOut: async (stand) => hear([stand.issue(body, { ...masonry(stand), qualification: 'th-brick-1' })]),
  },
  I008: {
    async carryOut(stand) {
      const deps = issuingParts(stand)
      const change = { grantee: 'demo-my-jpk', grant: 'main', by: 'demo-my-mqa', basis: 'test', actor: 'system:test' }
      const signer: IssueDeps['signer'] = {
        async sign(...asked) {
          const now = stand.now()
          await suspendAccreditation({ ...change, effectiveAt: now.toISOString() }, { ...deps, now })
          return deps.signer.sign(...asked)
        },
      }
      const request = { issuer: 'demo-my-jpk', subject: 'demo-my-jpk', idempotencyKey: 'i008' }
      const input = {
        qualification: 'my-log-l4',
        holder: { name: 'CANARY' },
        certificateNumber: stand.number(),
        awardedOn: daysAgo(9),
      }
      const answer = await hearInProcess(stand, () => issueCertificate({ ...request, input }, { ...deps, signer }))
      await liftSuspension({ ...change, effectiveAt: stand.now().toISOString() }, { ...deps, now: stand.now() })
      return [answer]
    },
    inside:
      'a request cannot be stopped between two steps from outside, so the signer suspends in this process, over the same store and keys; issuing-authority.test.ts does it at every link of the chain',
  },
  I020: {
    async carryOut(stand) {
      const names = [
        'SUPARNO',
        'ท'.repeat(120),
        "D'ANGELO O'BRIEN-SANTOS",
        'សុខ ដារ៉ា ស្រី',
        'မောင်မောင်လွင်',
        'NGUYỄN THỊ HỒNG'.normalize('NFD'),
        'Nur’aini binti Hj. Ali',
        'ສົມຊາຍ',
      ]
      const answers: Answer[] = []
      for (const name of names) {
        const answer = await stand.issue(body, { ...masonry(stand, name), holder: { name, nativeName: name } })
        answers.push(answer)
        const signedName = at(
          answer.json<{ verifiableCredential: Record<string, unknown> }>().verifiableCredential,
          '/credentialSubject/identifier/0/identityHash',
        )
        expect(signedName).toBe(name.normalize('NFC'))
      }
      return hear(answers)
    },
  },
  I021: {
    carryOut: async (stand) =>
      hear(
        [
          { validUntil: '2001-01-01' },
          { validUntil: '9999-01-01' },
          { validFrom: '1900-01-01T00:00:00Z' },
          { awardedOn: '1900-01-01' },
          { awardedOn: '9999-12-31' },
          { awardedOn: '2026-02-30' },
          { awardedOn: '2026-01-01T00:00:00' },
          { awardedOn: '2026-06-30T23:59:60Z' },
          { assessedOn: daysAgo(1), awardedOn: daysAgo(5) },
        ].map((more) => stand.issue(body, { ...masonry(stand), ...more })),
      ),
  },
  I023: {
    async carryOut(stand) {
      const input = masonry(stand)
      const first = await stand.issue(body, input)
      expect(first.status).toBe(201)
      const again = await stand.issue(body, { ...input, holder: { name: 'CANARY TWO' } })
      const uuid = String(first.json().id).slice(9)
      await stand.change(body, uuid, 'revoke', { reason: 'issued-in-error' })
      expect((await stand.issue(body, { ...input, holder: { name: 'CANARY THREE' } })).status).toBe(201)
      return [heard(again)]
    },
  },
  I028: {
    async carryOut(stand) {
      const deps = issuingParts(stand, {
        verifyIndependently: async () => ({ verified: false, kinds: ['VerificationError'] }),
      })
      const input = {
        qualification: 'ph-tile-nc2',
        holder: { name: 'CANARY' },
        certificateNumber: stand.number(),
        awardedOn: daysAgo(9),
      }
      const abandoned: string[] = []
      const store: IssueDeps['store'] = {
        read: (stream) => deps.store.read(stream),
        latest: (stream) => deps.store.latest(stream),
        list: (index, page) => deps.store.list(index, page),
        claim: (...claim) => deps.store.claim(...claim),
        append(commit) {
          if (commit.events.some((event) => (event as { type?: string }).type === 'burned'))
            abandoned.push(commit.stream)
          return deps.store.append(commit)
        },
      }
      const answer = await hearInProcess(stand, () =>
        issueCertificate({ issuer: body, subject: body, idempotencyKey: 'i028', input }, { ...deps, store }),
      )
      expect(abandoned).toHaveLength(1)
      return [answer]
    },
    inside:
      'a bug cannot be inserted from outside, so the independent verifier refuses in this process; issue.test.ts does it with every part of the gate',
  },
  I030: {
    async carryOut(stand) {
      const { store, signer } = stand.parts
      const keys = (await store.read<{ type: string; key?: Parameters<typeof signer.sign>[0] }>(streams.trust(body)))
        .flatMap(({ events }) => events)
        .flatMap(({ key }) => (key === undefined ? [] : [key]))
      const bytes = new Uint8Array(64)
      for (const key of keys) {
        const other = key.purpose === 'lists' ? 'certificates' : 'lists'
        await expect(signer.sign(key, body, other, bytes)).rejects.toThrow()
        await expect(signer.sign({ ...key, purpose: other }, body, other, bytes)).rejects.toThrow()
        await expect(signer.sign(key, 'demo-th-dsd', key.purpose, bytes)).rejects.toThrow()
      }
      expect(keys.length).toBeGreaterThan(1)
      return []
    },
    differs: {
      because:
        'keys are not configured by hand: the registry makes and tags them, and the signer refuses a key for any other use',
      status: null,
      type: null,
    },
  },
  I031: {
    carryOut: async (stand) => hear([stand.issue(body, { ...masonry(stand), limits: 'x'.repeat(70_000) })]),
  },
  I033: {
    carryOut: async (stand) =>
      hear([stand.issue(body, { ...masonry(stand), validFrom: '2023-01-01T00:00:00Z', reason: 'backfill' })]),
    differs: {
      because:
        'the moment of issue is that of the server, and no input can change it; an earlier award has its own member',
      status: 422,
      type: 'https://{host}/problems/validation-failed',
    },
  },
}
