import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { problems, problemType } from '@sijil/http'
import { describe, expect, test } from 'vitest'
import { requestLimits } from '../../infra/aws/limits.ts'
import { pathClasses } from '../../infra/aws/path-classes.ts'
import { phrase } from '../../packages/web/src/messages/say.ts'
import { baseUrl, theWebAcl } from './the-web-acl.ts'
import { capacityOf, expressionsIn } from './web-acl.ts'

const { Rules, CustomResponseBodies, VisibilityConfig } = theWebAcl()
const blocks = Rules.flatMap(({ Action }) => (Action && 'Block' in Action ? [Action.Block.CustomResponse] : []))

describe('the bodies of the firewall', () => {
  test.each(['en', 'th'] as const)(
    'in %s is one small page, with the texts of our own page, and repeats nothing of a request',
    (language) => {
      const { ContentType, Content } = CustomResponseBodies[`TooMany-${language}`] ?? { ContentType: '', Content: '' }
      expect(ContentType).toBe('TEXT_HTML')
      const text = Content.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      const title = phrase(language, 'refused.rate-limited.title')
      const lead = phrase(language, 'refused.rate-limited')
      const steps = phrase(language, 'refused.rate-limited.list', { seconds: 60 }).split('\n')
      expect(text.startsWith(`<!doctype html>\n<html lang="${language}">`)).toBe(true)
      expect(/<title>(.*?)<\/title>/.exec(text)?.[1]).toBe(`${title} · Sijil`)
      expect([...text.matchAll(/<h1>(.*?)<\/h1>/g)].map(([, heading]) => heading)).toEqual([title])
      expect(text).toContain(`<p>${lead}</p>`)
      for (const step of steps) expect(text).toContain(`<li>${step}</li>`)
      expect(text.match(/(?:href|src|action)="[^"]*"/g)).toEqual([`href="/?lang=${language === 'en' ? 'th' : 'en'}"`])
      expect(text).not.toMatch(/<script|\son[a-z]+=|\sstyle=/)
    },
  )

  test('the JSON one is the problem of the API', () => {
    const { ContentType, Content } = CustomResponseBodies['TooMany-json'] ?? { ContentType: '', Content: '' }
    const { status, title, remedy } = problems['rate-limited']
    expect(ContentType).toBe('APPLICATION_JSON')
    expect(JSON.parse(Content)).toEqual({ type: problemType(baseUrl, 'rate-limited'), title, status, detail: remedy })
    for (const { ResponseHeaders } of blocks)
      expect(ResponseHeaders).toContainEqual({
        Name: 'retry-after',
        Value: String(problems['rate-limited'].retryAfter),
      })
  })

  test('I42: a page runs nothing and loads nothing, and only its own style is allowed', () => {
    for (const language of ['en', 'th']) {
      const key = `TooMany-${language}`
      const answer = blocks.find(({ CustomResponseBodyKey }) => CustomResponseBodyKey === key)
      const headers = Object.fromEntries((answer?.ResponseHeaders ?? []).map(({ Name, Value }) => [Name, Value]))
      const style = /<style>(.*?)<\/style>/.exec(CustomResponseBodies[key]?.Content ?? '')?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      )
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    }
  })
})

describe('the limits of AWS WAF', () => {
  test('the rules need at most 1,500 capacity units, which cost nothing more', () => {
    const units = Rules.reduce((sum, { Statement }) => sum + capacityOf(Statement), 0)
    expect(units).toBeGreaterThan(925)
    expect(units).toBeLessThanOrEqual(1_500)
  })

  test('there are at most ten rules that count rates, and each action, label and priority is allowed', () => {
    expect(Rules.filter(({ Statement }) => 'RateBasedStatement' in Statement)).toHaveLength(pathClasses.length)
    expect(pathClasses.length).toBeLessThanOrEqual(10)
    expect(new Set(Rules.map(({ Name }) => Name)).size).toBe(Rules.length)
    expect(Rules.map(({ Priority }) => Priority)).toEqual(Rules.map((_, place) => place))
    for (const { Name, RuleLabels = [] } of Rules) {
      expect(Name).toMatch(/^[\w-]{1,128}$/)
      for (const label of RuleLabels) expect(label.Name).toMatch(/^[a-z-]+:[a-z-]+$/)
    }
  })

  test('statements are nested in at most three levels', () => {
    const isLevel = (key: string) => /^(?:And|Or|Not|RateBased|RegexMatch|LabelMatch)Statement$/.test(key)
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Math.max(0, ...Object.entries(value).map(([key, inner]) => depth(inner) + (isLevel(key) ? 1 : 0)))
        : 0
    for (const { Name, Statement } of Rules)
      expect([Name, depth(Statement)]).toEqual([Name, expect.toSatisfy((levels) => levels <= 3)])
  })

  test('no body has more than 4 KB, all together have no more than 50 KB, and every one is ASCII, which no template changes', () => {
    for (const [key, { Content }] of Object.entries(CustomResponseBodies)) {
      expect(key).toMatch(/^[\w-]+$/)
      expect(Buffer.byteLength(Content), key).toBeLessThanOrEqual(4_096)
      expect(Content, key).toMatch(/^[\n\x20-\x7e]+$/)
    }
    expect(Buffer.byteLength(JSON.stringify(CustomResponseBodies))).toBeLessThanOrEqual(51_200)
    expect(new Set(blocks.map(({ CustomResponseBodyKey }) => CustomResponseBodyKey))).toEqual(
      new Set(Object.keys(CustomResponseBodies)),
    )
  })

  test('an answer has at most ten headers, of at most 255 characters, and none is content-type', () => {
    for (const { ResponseHeaders } of blocks) {
      expect(ResponseHeaders.length).toBeLessThanOrEqual(10)
      for (const { Name, Value } of ResponseHeaders) {
        expect(Name).not.toBe('content-type')
        expect(Value.length, Name).toBeLessThanOrEqual(255)
      }
    }
  })

  test('a regular expression has at most 200 characters, few branches, and nothing that AWS WAF does not know', () => {
    const expressions = expressionsIn(Rules)
    expect(expressions.length).toBeGreaterThan(15)
    for (const one of expressions) {
      expect(one.length, one).toBeLessThanOrEqual(200)
      expect(one.split('|').length, one).toBeLessThanOrEqual(10)
      // Back references, groups that capture, and assertions about what is around.
      expect(one).not.toMatch(/\((?!\?:)|\\[1-9KCR]|[*+?]\+/)
    }
  })
})

describe('the rest of the firewall', () => {
  test('has no managed rule that refuses a body for its size or for its links', () => {
    const counted = Rules.flatMap(({ Statement }) =>
      'ManagedRuleGroupStatement' in Statement ? (Statement.ManagedRuleGroupStatement.RuleActionOverrides ?? []) : [],
    )
    expect(counted.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([
        'SizeRestrictions_BODY',
        'CrossSiteScripting_BODY',
        'GenericRFI_BODY',
        'GenericLFI_BODY',
      ]),
    )
    for (const { ActionToUse } of counted) expect(ActionToUse).toEqual({ Count: {} })
  })

  test('I47: keeps no samples of requests', () => {
    for (const { SampledRequestsEnabled } of [VisibilityConfig, ...Rules.map((rule) => rule.VisibilityConfig)])
      expect(SampledRequestsEnabled).toBe(false)
  })

  test('its limits are those that docs/runbook.md states', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
    const stated = [...runbook.matchAll(/^\| `([a-z-]+)` \| ([\d,]+) \|/gm)].map(([, name, number]) => [
      name,
      Number(number?.replace(',', '')),
    ])
    expect(Object.fromEntries(stated)).toEqual(requestLimits)
    expect(stated).toHaveLength(pathClasses.length)
  })
})
