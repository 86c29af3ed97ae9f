import type { Application, Recognition } from '@sijil/registry/recognition'
import { describe, expect, test } from 'vitest'
import { resultPage } from './index.ts'
import { textOf } from './test-text.ts'
import { aContext, aResult, aVerification, verifications } from './test-values.ts'

const decided = (change: Partial<Recognition> = {}): Recognition => ({
  kind: 'class',
  decision: 'd1',
  host: { id: 'demo-host', name: 'Lautan Labour Authority', state: 'XL', stateName: 'Fictional Lautan' },
  award: { from: '2024-01-01', until: '2026-12-31' },
  result: 'full',
  basis: 'Act 5',
  appeal: 'To the board',
  applies: 'now',
  from: '2024-06-01T00:00:00.000Z',
  recordedAt: '2024-05-20T08:00:00.000Z',
  ...change,
})
const page = (change: Partial<Recognition>, language: 'en' | 'th' = 'en') =>
  resultPage(aResult({ verification: { ...aVerification(), recognition: [decided(change)] } }), aContext({ language }))
const slipIn = (document: string) => /<article class="slip[\s\S]*?<\/article>/.exec(document)?.[0] ?? ''

describe('a decision of a host authority', () => {
  test('K007: never looks like a verdict: no seal, no tick, no colour, and its text is no markup', () => {
    const slip = slipIn(page({ conditions: '<b>Work</b> with a helper' }))
    expect(slip).toContain('&lt;b&gt;Work&lt;/b&gt;')
    expect(slip).not.toMatch(/class="(?:seal|tag|dot|st)\b|M5 12.5l4.5|\bvalid\b/i)
    const document = page({})
    expect(document.indexOf('id="decided"')).toBeGreaterThan(document.indexOf('id="levels"'))
    expect(textOf(document)).toContain('These decisions are no part of the check above.')
  })

  test.each([
    ['en', 'Only the registry that keeps its record can say'],
    ['th', 'ยังไม่ได้ตรวจสอบ'],
  ] as const)(
    'R-013: in %s one whose class was not checked to the end says so, and is not shown as recognised',
    (language, words) => {
      const notPerformed = { check: 'issued-until', reason: 'kept-elsewhere', registry: 'https://ph.example' } as const
      const document = page({ applies: 'open', notPerformed }, language)
      expect(textOf(document)).toContain(words)
      expect(slipIn(document)).toContain('class="slip off"')
      expect(page({}, language)).not.toContain(words)
    },
  )

  test.each<[Application, Partial<Recognition>, string]>([
    ['now', {}, 'Recognised in full'],
    ['future', {}, 'Not in force yet. It begins on 1 Jun 2024.'],
    ['ended', { endedFrom: '2025-02-01T00:00:00.000Z' }, 'Ended on 1 Feb 2025'],
    ['ended', { result: 'temporary', until: '2025-03-31' }, 'Ended on 31 Mar 2025'],
    ['was', {}, 'Was recognised. The certificate is in force no more.'],
    ['was', { result: 'refused', reason: 'Reserved by law' }, 'Was not recognised.'],
    ['open', {}, 'Not known today, because the check is not complete'],
  ])('says how it stands: %s %j', (applies, change, words) => {
    const slip = slipIn(page({ applies, ...change }))
    expect(textOf(slip)).toContain(words)
    expect(slip.includes('class="slip off"')).toBe(applies !== 'now')
  })

  test('R-020: names each result, what is left out, and that the right was lost', () => {
    const words = (change: Partial<Recognition>) => textOf(slipIn(page(change)))
    expect(words({ result: 'part', units: ['X-1'] })).toContain('Recognised in part: 1 of its units')
    expect(words({ result: 'part', units: ['X-1'] })).toContain('Units not recognised')
    expect(words({ result: 'temporary', until: '2030-01-31' })).toContain('for a time, until 31 Jan 2030')
    expect(words({ result: 'measures', measures: ['Unit 4', 'A test'] })).toContain('after further steps (2)')
    expect(words({ result: 'refused', reason: 'Reserved by law' })).toMatch(/Not recognised.*Reserved by law/)
    expect(words({ noLongerHeld: true })).toContain('does not hold the right to recognise any more')
    expect(textOf(slipIn(page({ result: 'refused' }, 'th')))).toContain('ไม่ยอมรับ')
  })

  test('R-016, R-124: the conditions of the host and what it leads to stand beside the result, with the rule and its day', () => {
    const entitles = [
      { kind: 'permit', text: 'Class 2', source: 'https://law.example/p', readOn: '2026-02-01' },
    ] as const
    const change = { conditions: 'With a local engineer', basis: 'Act 7, section 2', entitles: [...entitles] }
    const shown = slipIn(page(change))
    for (const words of ['With a local engineer', 'Act 7, section 2', 'Class 2', 'https://law.example/p', '1 Feb 2026'])
      expect(textOf(shown)).toContain(words)
    // Its address is text: a decision leads no reader to another site by a press.
    expect(shown).not.toContain('href=')
    expect(textOf(slipIn(page(change, 'th')))).toContain('With a local engineer')
  })

  test('a record that could not be read is neither', () => {
    const unread = resultPage(aResult({ verification: { ...aVerification(), recognitionUnread: true } }), aContext())
    expect(textOf(unread)).toContain('What host countries decided could not be read just now')
    expect(textOf(unread)).not.toContain('No decision of a host country is recorded')
  })

  test('no record is no refusal, and beside a certificate that never counted nothing stands', () => {
    expect(textOf(resultPage(aResult(), aContext()))).toContain('That is not a refusal. Ask the authority')
    const forged = verifications['Not valid: changed after signing']
    expect(resultPage(aResult({ verification: forged }), aContext())).not.toContain('id="decided"')
  })
})
