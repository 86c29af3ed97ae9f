import { expect } from 'vitest'
import type { Answer } from '../../support/local-registry.ts'
import { type Executions, hear, heard } from '../execution.ts'
import { masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'
const html = { accept: 'text/html' }
const open = (stand: Stand, token: string, more = '') => stand.ask(`/v/${token}${more}`, { headers: html })
const openWithName = (stand: Stand, token: string) =>
  stand.ask(`/v/${token}`, {
    method: 'POST',
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  })

const linkOf = (stand: Stand, name: string): string => {
  const link = stand.demonstration.certificates.find((certificate) => certificate.case === name)?.link
  if (link === undefined) throw new Error(`no link of ${name}`)
  return link.slice(-26)
}

/** Issues a certificate with these words in every text member, and shows its page. */
async function pageOf(stand: Stand, words: string): Promise<Answer> {
  const { token } = await stand.issued(body, {
    ...masonry(stand, words),
    holder: { name: words, nativeName: words },
    certificateNumber: `${stand.number()} ${words}`,
    registerNumber: words,
    route: 'other',
    otherRoute: words,
    method: 'other',
    otherMethod: words,
    assessor: words.slice(0, 64),
    // This member must not contain a word of the holder's name, so the same characters surround shorter words.
    limits: words.replaceAll(/\p{L}{4,}/gu, (word) => word.slice(0, 3)),
    signatory: { name: words, position: words },
  })
  const page = await openWithName(stand, token)
  expect(page.status).toBe(200)
  return page
}

const requirePolicy = ({ headers }: Answer) => {
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/)
}

export const pages: Executions = {
  W001: {
    async carryOut(stand) {
      const scripts = [
        '<img src=x onerror=alert(1)>',
        '"><script>alert(1)</script>',
        '</title><script>alert(2)</script>',
      ]
      const answers: Answer[] = []
      for (const words of scripts) {
        const page = await pageOf(stand, words)
        expect(page.text).not.toContain(words)
        expect(page.text).not.toMatch(/<img src=x|<script>alert|onerror=alert\(1\)>/)
        expect(page.text).toContain('&lt;')
        requirePolicy(page)
        answers.push(page)
      }
      return hear(answers)
    },
  },
  W003: {
    carryOut: async (stand) =>
      hear([
        stand.issue(body, { ...masonry(stand), image: 'data:image/svg+xml,<svg onload=alert(1)>' }),
        stand.issue(body, { ...masonry(stand), holder: { name: 'CANARY', image: 'https://evil.example/a.svg' } }),
      ]),
  },
  W005: {
    async carryOut(stand) {
      const page = await pageOf(stand, `constructor {{7*7}} ${'$'}{7*7} <%= 7*7 %> __proto__ #{7*7}`)
      expect(page.text).toContain(`constructor {{7*7}} ${'$'}{7*7} &lt;%= 7*7 %&gt; __proto__ #{7*7}`)
      return [heard(page)]
    },
  },
  W006: {
    carryOut: async (stand) =>
      hear(
        ['\u202eYRANAC', 'CANARY \u2066isolated', 'CANARY\u200f', '\u202aCANARY', 'CANARY\u061c'].map((name) =>
          stand.issue(body, masonry(stand, name)),
        ),
      ),
  },
  W010: {
    async carryOut(stand) {
      const token = linkOf(stand, 'revoked')
      const queries = [
        '',
        '?verified=true',
        '?status=ok',
        '?lang=<script>alert(1)</script>',
        '?verdict=valid&state=in-force',
      ]
      const answers = await Promise.all(queries.map((query) => open(stand, token, query)))
      const statusWords = ({ text }: Answer) => text.match(/revoked|in force|not valid|genuine/gi)
      for (const answer of answers) {
        expect(answer.text).not.toContain('<script>alert')
        expect(statusWords(answer)).toEqual(statusWords(answers[0] as Answer))
        expect(answer.text).toContain('lang="en"')
      }
      return hear(answers)
    },
  },
  W011: {
    async carryOut(stand) {
      const answers = await Promise.all([open(stand, linkOf(stand, 'in-force')), stand.ask('/', { headers: html })])
      answers.forEach(requirePolicy)
      return hear(answers)
    },
  },
  W013: {
    async carryOut(stand) {
      // A browser without scripts shows exactly what the server sends.
      const [good, bad] = await Promise.all(['in-force', 'revoked'].map((name) => open(stand, linkOf(stand, name))))
      expect(good?.text).not.toBe(bad?.text)
      expect(bad?.text).toMatch(/revoked/i)
      return hear([good, bad] as Answer[])
    },
  },
  W015: {
    async carryOut(stand) {
      const page = await open(stand, linkOf(stand, 'in-force'))
      expect(page.headers.get('x-robots-tag')).toContain('noindex')
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      expect(page.headers.get('cache-control')).toContain('no-store')
      expect(page.text).not.toContain('RODEL')
      const [good, bad] = [page, await open(stand, linkOf(stand, 'revoked'))].map(
        ({ text }) => text.split('</head>')[0],
      )
      expect(good).toBe(bad)
      expect(good).not.toMatch(/og:url|name="twitter:/)
      return [heard(page)]
    },
  },
  W016: {
    async carryOut(stand) {
      const token = linkOf(stand, 'in-force')
      const strange = { ...html, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
      const page = await stand.ask(`/v/${token}`, { headers: { ...strange, 'accept-language': 'th' } })
      expect(page.text).not.toContain('evil.example')
      expect(page.headers.get('cache-control')).toContain('no-store')
      return hear(
        [`${token}.css`, `${token}%2f..%2fx`, `${token}/x.js`, `${token}%00`, `..%2f${token}`].map((path) =>
          stand.ask(`/v/${path}`),
        ),
      )
    },
  },
  W018: {
    async carryOut(stand) {
      const token = linkOf(stand, 'in-force')
      const answers = await Promise.all(
        ['?return=https://evil.example', '?next=//evil.example', '?url=javascript:alert(1)'].map((query) =>
          open(stand, token, query),
        ),
      )
      for (const { headers, text } of answers) {
        expect(headers.get('location')).toBeNull()
        expect(text).not.toMatch(/href="(https:\/\/evil|\/\/evil|javascript:)/)
      }
      return hear(answers)
    },
  },
  W020: {
    async carryOut(stand) {
      const token = linkOf(stand, 'in-force')
      const links = [
        `https://evil.example/v/${token}`,
        'javascript:alert(1)',
        `${stand.baseUrl}.evil.example/v/${token}`,
        'x'.repeat(4_096),
      ]
      const forms = links.map((link) =>
        stand.ask('/check', {
          method: 'POST',
          headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ link }).toString(),
        }),
      )
      for (const form of await Promise.all(forms)) {
        expect(form.status).toBe(422)
        expect(form.headers.get('location')).toBeNull()
      }
      return hear(links.map((link) => stand.ask('/verify', { body: { link } })))
    },
  },
}
