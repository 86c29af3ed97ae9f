import { expect, test } from 'vitest'
import { aContext } from '../test-values.ts'
import { batchPage } from './batch-page.ts'
import type { BatchValues } from './batch-values.ts'

const values: BatchValues = {
  body: { id: 'demo-body', name: 'A Body' },
  id: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
  act: 'issue',
  state: 'running',
  submittedAt: '2026-03-02T12:00:00.000Z',
  submittedBy: 'clerk',
  counts: { submitted: 1_200, issued: 700, rejected: 20, pending: 480 },
  maySend: true,
  mayApprove: false,
  isOwn: true,
  approvedBy: 'officer',
  rejected: [],
  resultParts: 1,
}
const shown = (change: Partial<BatchValues>, language: 'en' | 'th' = 'en') =>
  batchPage(
    { ...values, ...change },
    { ...aContext(), language, officer: 'clerk', formToken: { name: 'form-token', of: () => 'x' } },
  )
const paceIn = (page: string) => /<p data-pace>([^<]*)</.exec(page)?.[1]

test('a running batch says its rate, the minutes that are left and how to look again, without a script', () => {
  const pace = { perMinute: 59.6, secondsLeft: 481 }
  const page = shown({ pace })
  expect(paceIn(page)).toBe('60 rows a minute. Minutes left: about 9.')
  expect(page).toMatch(/<progress max="1200" value="720"/)
  expect(page).toMatch(new RegExp(`<a class="tlink" href="[^"]*/batches/${values.id}"`))
  expect(paceIn(shown({ pace }, 'th'))).toMatch(/\p{Script=Thai}[\s\S]*60|60[\s\S]*\p{Script=Thai}/u)
  // No pace is shown that nobody knows.
  expect(paceIn(shown({}))).toBeUndefined()
})

test.each([
  ['key', 'No key of this body can sign now'],
  ['member', 'may no longer do this'],
  ['issuing-paused', 'paused issuing of a qualification'],
  ['upload-needed', ''],
] as const)('N004, F31: a batch that stopped by itself says why: %s', (paused, words) => {
  const page = shown({ state: 'paused', paused })
  const [, why = ''] = /<div class="call am">[\s\S]*?<p>([\s\S]*?)<\/p>/.exec(page) ?? []
  expect(why.length).toBeGreaterThan(10)
  expect(why).toContain(words)
  expect(shown({ state: 'paused', paused }, 'th')).not.toContain(why)
  expect(page).toMatch(/<summary>Resume/)
})

test.each([
  ['suspended', 'the body or its accreditation is suspended'],
  ['not-accredited', 'the body may not issue this'],
  ['out-of-scope', 'outside the scope'],
  ['not-awarded', 'not awarded any more on its day'],
] as const)('N003: a row that was stopped says why: %s', (code, words) => {
  const rejected = [{ line: 4_001, state: 'rejected', code } as const]
  expect(shown({ rejected })).toMatch(new RegExp(`4001[\\s\\S]*${words}`))
  expect(shown({ rejected }, 'th')).not.toContain(words)
})
