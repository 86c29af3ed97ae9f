import { expect, test } from 'vitest'
import { recogniseInput } from './recognition-inputs.ts'

const right = {
  qualification: 'ph-masonry-nc2',
  edition: '2026',
  issuers: ['ph-tesda'],
  award: { from: '2026-01-01', until: '2026-12-31' },
  issuedUntil: '2027-01-31',
  result: 'full',
  basis: 'Skills Act, section 12',
  appeal: 'To the Skills Board, within 30 days.',
}
const pointersOf = (change: object): string[] =>
  recogniseInput.safeParse({ ...right, ...change }).error?.issues.map(({ path }) => path.join('/')) ?? []

test.each(['basis', 'conditions', 'appeal', 'reason'])(
  'K007: %s is bounded plain text in one line, so nothing of it looks like another row',
  (name) => {
    const wrong = ['Two\nVerdict: yes', 'Two\tcells', 'turned \u202e text', 'hidden\u200b word', 'x'.repeat(10_240), '']
    for (const text of wrong)
      expect([text.slice(0, 20), pointersOf({ [name]: text })]).toEqual([text.slice(0, 20), [name]])
    // Pages show markup and addresses as text.
    for (const text of ['<b>no markup</b>', 'See https://law.example/12'])
      expect(pointersOf({ [name]: text })).toEqual([])
  },
)

test('K007: what a decision leads to is as bounded, and names a published rule', () => {
  const entitled = { kind: 'wage', text: 'Class 2', source: 'https://law.example/w', readOn: '2026-02-01' }
  const of = (change: object) => pointersOf({ entitles: [{ ...entitled, ...change }] })
  expect(of({})).toEqual([])
  expect(of({ text: 'Class 2\nVerdict: yes' })).toEqual(['entitles/0/text'])
  for (const source of ['javascript:alert(1)', 'data:text/html,x', 'a law'])
    expect(new Set(of({ source }))).toEqual(new Set(['entitles/0/source']))
})

test('K001, K003: no member names a host, a place or a state, and no class is open', () => {
  for (const member of ['host', 'place', 'places', 'state', 'hosts'])
    expect([member, recogniseInput.safeParse({ ...right, [member]: 'XB' }).success]).toEqual([member, false])
  for (const [name, value] of Object.entries({ issuers: [], award: undefined, issuedUntil: undefined, edition: '' }))
    expect([name, pointersOf({ [name]: value })]).toEqual([name, [name]])
  expect(pointersOf({ issuers: ['*'] })).toEqual(['issuers/0'])
})
