import { decodeList } from '@sijil/credentials'
import { createHandler } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { expect } from 'vitest'
import { DSD, officersOf, QUALIFICATION } from '../../journeys/trust.ts'
import type { Answer } from '../../support/local-registry.ts'
import { overBroken } from '../broken.ts'
import { at } from '../edit.ts'
import { type Executions, hear } from '../execution.ts'
import { daysAgo, masonry } from '../stand.ts'

const body = 'demo-ph-tesda'
const listPath = `/status-lists/${body}-1-revocation`
const credentials = `/issuers/${body}/credentials`
/** Milliseconds after which a suspension is effective everywhere (I22). */
const MAX_AGE_MS = 60_000

export const registry: Executions = {
  D001: {
    async carryOut(stand) {
      const list = async () => (await stand.ask(listPath)).json()
      const before = await list()
      await stand.issued(body, masonry(stand))
      // Allocating an entry changes nothing that is public.
      expect(await list()).toEqual(before)
      const { uuid } = await stand.issued(body, masonry(stand))
      await stand.change(body, uuid, 'suspend', { reason: 'under-investigation' })
      expect(await list()).toEqual(before)
      await stand.change(body, uuid, 'revoke', { reason: 'misconduct' })
      const after = await list()
      const [old = [], now = []] = [before, after].map((one) => [
        ...decodeList(String(at(one, '/credentialSubject/encodedList'))),
      ])
      const changed = now.filter((byte, place) => byte !== old[place])
      expect(changed).toHaveLength(1)
      return hear([stand.ask(listPath)])
    },
  },
  D003: {
    async carryOut(stand) {
      const plain = await stand.ask(listPath)
      const answers = await Promise.all([
        stand.ask(`${listPath}?cb=1`),
        stand.ask(listPath, { headers: { cookie: 'session=1' } }),
        stand.ask(listPath, { headers: { range: 'bytes=0-10' } }),
        stand.ask(listPath, { headers: { 'if-none-match': '"x"' } }),
        stand.ask(listPath, { headers: { origin: 'https://evil.example' } }),
      ])
      for (const { text, headers } of answers) {
        expect(text).toBe(plain.text)
        expect(headers.get('set-cookie')).toBeNull()
      }
      return hear(answers)
    },
  },
  D005: {
    async carryOut(stand) {
      const origin = { origin: 'https://evil.example' }
      const open = await Promise.all(
        [listPath, `/issuers/${body}`, `/issuers/${body}/did.json`, '/schemas/certificate'].map((path) =>
          stand.ask(path, { headers: origin }),
        ),
      )
      for (const { headers } of open) {
        expect(headers.get('access-control-allow-origin')).toBe('*')
        expect(headers.get('access-control-allow-credentials')).toBeNull()
      }
      const closed = [
        await stand.ask(credentials, { headers: origin, token: await stand.as(body) }),
        await stand.ask(credentials, {
          method: 'OPTIONS',
          headers: { ...origin, 'access-control-request-method': 'POST' },
        }),
      ]
      for (const { headers } of closed) expect(headers.get('access-control-allow-origin')).toBeNull()
      return hear(open)
    },
  },
  R010: {
    carryOut: async (stand) =>
      hear(
        ['yesterday', '2026-13-01', '2026-01-01T00:00:00Z', '-1', '9e9'].map((day) =>
          stand.ask(`/issuers/${body}?as-of=${day}`),
        ),
      ),
    differs: { because: 'a parameter of an address that cannot be read is a bad request', status: 400 },
  },
  R011: {
    async carryOut(stand) {
      const { base, first, decide } = await officersOf(stand)
      const input = () => ({ ...masonry(stand), qualification: QUALIFICATION, awardedOn: daysAgo(3) })
      const change = (verb: string) => `${base}/accreditations/${DSD}.main/${verb}`
      // The body issues without a pause, before, during and after the suspension by one officer.
      const attempts: { begunAt: number; answeredAt: number; answer: Answer }[] = []
      let isRunning = true
      const issuing = (async () => {
        while (isRunning) {
          const begunAt = performance.now()
          const answer = await stand.issue(DSD, input())
          attempts.push({ begunAt, answeredAt: performance.now(), answer })
        }
      })()
      const refused = () => attempts.filter(({ answer }) => answer.status === 403)
      let suspended: Answer
      let at: number
      try {
        await expect.poll(() => attempts.length, { timeout: 20_000 }).toBeGreaterThan(1)
        suspended = await first(change('suspend'), { basis: 'test' })
        at = performance.now()
        await expect.poll(() => refused().length, { timeout: MAX_AGE_MS }).toBeGreaterThan(2)
      } finally {
        isRunning = false
        await issuing
      }
      const issued = attempts.filter(({ answer }) => answer.status === 201)
      expect(issued.length + refused().length).toBe(attempts.length)
      for (const { answer } of refused()) expect(answer.json().type).toBe(`${stand.baseUrl}/problems/issuer-suspended`)
      // Issuing does not cache trust. A request that ended after the suspension must have started before it.
      const stoppedAfter = Math.max(...issued.map(({ answeredAt }) => answeredAt)) - at
      expect(stoppedAfter).toBeLessThan(MAX_AGE_MS)
      for (const { begunAt } of issued) expect(begunAt).toBeLessThan(at)
      await decide(change('lift'), { basis: 'test' })
      expect((await stand.issue(DSD, input())).status).toBe(201)
      return hear([suspended])
    },
  },
  R018: {
    async carryOut() {
      const row = {
        method: 'GET',
        path: '/undeclared',
        function: 'verify',
        scope: 'credentials:read',
        readers: 'programs',
        caching: 'never',
        summary: '',
      } as const
      const parts = { baseUrl: 'https://x.example', log: () => {}, languages: ['en'] as const, now: () => new Date() }
      const endpoint = { body: 'none', answer: () => ({ status: 200 }) } as const
      // A route with a scope in a function without authentication, and a route without an answer.
      for (const answers of [{ 'GET /undeclared': endpoint }, {}])
        expect(() =>
          (createHandler as CallableFunction)({ ...parts, rows: [row], answers, tokens: undefined }),
        ).toThrow(/undeclared/)
      return []
    },
    inside: 'such a route cannot be deployed, so none can be requested: the handler does not start',
  },
  R020: {
    async carryOut(stand) {
      const [token, theirs] = await Promise.all([stand.as(body), stand.as('demo-kh-mlvt')])
      const first = await stand.ask(`${credentials}?limit=1`, { token })
      const { next } = first.json<{ next: string }>()
      expect((await stand.ask(`${credentials}?limit=1&page=${next}`, { token })).status).toBe(200)
      const theirNext = (await stand.ask('/issuers/demo-kh-mlvt/credentials?limit=1', { token: theirs })).json<{
        next: string
      }>().next
      const pages = [
        theirNext,
        `${next.slice(0, -1)}${next.endsWith('A') ? 'Q' : 'A'}`,
        `A${next.slice(1)}`,
        Buffer.from('{}').toString('base64'),
        '..',
        `${next}.${next}`,
      ]
      return hear(pages.map((page) => stand.ask(`${credentials}?page=${encodeURIComponent(page)}`, { token })))
    },
  },
  R021: {
    async carryOut(stand) {
      const token = await stand.as(body)
      const theirs = await stand.issued('demo-kh-mlvt', { ...masonry(stand), qualification: 'kh-elec-1' })
      const answers = await Promise.all([
        stand.ask('/issuers/demo-kh-mlvt/credentials', { token }),
        stand.ask('/issuers/nobody/credentials', { token }),
        stand.ask(`/issuers/demo-kh-mlvt/credentials/${theirs.uuid}`, { token }),
        stand.ask(`/issuers/demo-kh-mlvt/credentials/${theirs.uuid.replace(/^./, 'f')}`, { token }),
        stand.ask(`/issuers/nobody/credentials/${theirs.uuid}`, { token }),
      ])
      expect(answers[0]?.text).toBe(answers[1]?.text)
      expect(answers[2]?.text).toBe(answers[3]?.text)
      return hear(answers)
    },
  },
  L001: {
    // At the end of the run, all output of the stack is searched for its names, numbers, dates and links.
    async carryOut(stand) {
      const { document, uuid, token } = await stand.issued(body, {
        ...masonry(stand, 'CANARY SENTINEL'),
        holder: { name: 'CANARY SENTINEL', birthDate: '1994-07-19' },
      })
      const errors = await Promise.all([
        stand.verify({ ...document, honours: 'CANARY' }),
        stand.verify('CANARY'),
        stand.issue(body, { ...masonry(stand), holder: { name: 'CANARY\u202e' }, CANARY: 'CANARY', 'CANARY WORDS': 1 }),
        stand.change(body, uuid, 'revoke', { reason: 'CANARY' }),
        stand.ask(`/v/${token.slice(0, -1)}`),
        stand.ask('/verify', { body: { link: 'https://evil.example/CANARY' } }),
      ])
      for (const { text } of errors) expect(text).not.toMatch(/CANARY SENTINEL|CANARY WORDS|1994-07-19/)
      return []
    },
  },
  X006: {
    async carryOut(stand) {
      const outage = new RegistryError('dependency-unavailable', 'the store cannot be reached')
      const answer = await overBroken(stand, outage)
      expect(JSON.parse(answer.text)).not.toHaveProperty('verdict')
      return [answer]
    },
    inside:
      'the store cannot be taken away from outside: the same handler is called in this process, and test/journeys/faults.test.ts does it over HTTP. docs/decisions/087 says what a cache may return then, and why not a status list',
  },
  L003: {
    async carryOut(stand) {
      const answer = await overBroken(stand, new TypeError('secret words of RODEL at table SijilCommits'))
      expect(Object.keys(JSON.parse(answer.text)).sort()).toEqual(['instance', 'status', 'title', 'type'])
      return [answer]
    },
    inside:
      'an error cannot be inserted from outside: the same handler is called in this process, over a store that throws',
  },
}
