import { describe, expect, test } from 'vitest'
import { aContext } from '../test-values.ts'
import { type AccreditationValues, accreditationPage } from './accreditation-page.ts'

const values: AccreditationValues = {
  authority: { id: 'demo-other', name: 'Other Authority' },
  grantee: { id: 'demo-body', name: 'A Body' },
  grant: { id: 'demo-body.joint', right: 'issue', from: '2026-01-01T00:00:00.000Z', terms: { places: ['PH'] } },
  state: 'force',
  basis: 'decision 1',
  affected: { count: 3, ended: 3 },
  others: [],
  repeats: [],
  mayPropose: true,
}
const shown = (change: Partial<AccreditationValues> = {}) =>
  accreditationPage(
    { ...values, ...change },
    { ...aContext(), officer: 'officer', formToken: { name: 'form-token', of: () => 'x' } },
  )
/** The suspension is a form of this page. Everything else is proposed on a page of its own. */
const actionsOf = (page: string) =>
  [
    ...page.matchAll(
      /action="[^"]*\/accreditations\/[^"]*\/(\w+)"|href="[^"]*\/actions\/(\w+)\?accreditation=demo-body\.joint"/g,
    ),
  ].map(([, form, link]) => form ?? link)

test('the page shows the terms that another authority decided, and the way to grant them as well', () => {
  const page = shown({ awaited: { qualifications: ['Masonry NC II'] } })
  expect(actionsOf(page)).toEqual(['join', 'suspend', 'confirm', 'amend', 'withdraw'])
  expect(page).toContain('Another authority decided these terms')
  expect(page).toContain('Masonry NC II')
})

test('if nothing waits, the page has no such way; an officer who may not propose gets none at all', () => {
  expect(actionsOf(shown())).toEqual(['suspend', 'confirm', 'amend', 'withdraw'])
  expect(actionsOf(shown({ state: 'suspension' }))).toEqual(['lift', 'confirm', 'amend', 'withdraw'])
  expect(actionsOf(shown({ awaited: {}, mayPropose: false }))).toEqual([])
})

test('before a suspension, the page says that the state of each certificate stays, and not that all of them are valid', () => {
  expect(shown()).toContain('Their own status does not change. Those that are valid stay valid')
  expect(shown()).not.toContain('They stay valid')
})

test('if another accreditation goes on, the page does not promise that the suspension stops the body', () => {
  const page = shown({ goesOn: true })
  expect(page).toContain('Another accreditation goes on')
  expect(page).not.toContain('stay so. New ones cannot be issued.')
  expect(shown()).not.toContain('Another accreditation goes on')
  expect(shown({ state: 'suspension' })).toContain('They show a notice where no other accreditation covers them')
})

test('for a right to assess, the page says that nobody counted the certificates, and not that there are none', () => {
  const page = shown({ affected: 'assessed', grant: { ...values.grant, right: 'assess' } })
  expect(page).toContain('<span data-affected>Certificates that rest on an assessment')
  expect(page).not.toContain('No certificate that counts')
})

test('the basis of the terms differs from that of the suspension, and a future withdrawal shows its day', () => {
  const page = shown({ state: 'suspension', stateBasis: 'decision 7', withdrawnFrom: '2026-09-01T00:00:00.000Z' })
  expect(page).toMatch(/Legal basis and reason<\/dt><dd><bdi>decision 1</)
  expect(page).toMatch(/Basis and reason of its present status<\/dt><dd><bdi>decision 7</)
  expect(page).toContain('withdrawn from 1 Sep 2026, 00:00 (UTC+0) on')
})

test('the heading names the qualifications, or only the first of many', () => {
  const heading = (qualifications: string[]) =>
    /<h1>(.*?)<\/h1>/
      .exec(shown({ grant: { ...values.grant, terms: { qualifications } } }))?.[1]
      ?.replace(/<[^>]+>/g, '')
  expect(heading(['A', 'B'])).toBe('Accreditation of A Body: A, B')
  expect(heading(['Masonry'])).toBe('Accreditation of A Body: Masonry')
  expect(heading(['A', 'B', 'C', 'D', 'E'])).toBe('Accreditation of A Body: A and 4 more')
})

const other = { ...values.grant, id: 'demo-body.again', state: 'force' } as const

test('an accreditation that another one repeats is shown with it', () => {
  expect(shown()).not.toContain('data-repeats')
  const page = shown({ repeats: [other] })
  expect(page).toContain('Another accreditation covers the same')
  expect(page).toContain('/desk/authorities/demo-other/accreditations/demo-body.again"')
})

describe('suspending', () => {
  const all = /name="all" value="yes"( checked)?/
  const more = { others: [other], affectedWithAll: { count: 5, ended: 5 } }

  test('offers every other accreditation by name, and all of them are chosen at first', () => {
    const page = shown(more)
    expect(all.exec(page)?.[1]).toBe(' checked')
    expect(page.slice(page.indexOf('data-others'))).toContain('demo-body.again')
    expect(shown()).not.toMatch(all)
  })

  test('keeps the choice of an officer whose form came back', () => {
    const returned = { verb: 'suspend', problem: { code: 'validation-failed' } } as const
    expect(all.exec(shown({ ...more, returned: { ...returned, typed: {} } }))?.[1]).toBeUndefined()
    expect(all.exec(shown({ ...more, returned: { ...returned, typed: { all: 'yes' } } }))?.[1]).toBe(' checked')
  })
})
