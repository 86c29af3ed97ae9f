import { expect, test } from 'vitest'
import { aContext } from '../test-values.ts'
import { type AccreditationValues, accreditationPage } from './accreditation-page.ts'

const values: AccreditationValues = {
  authority: { id: 'demo-other', name: 'Other Authority' },
  grantee: { id: 'demo-body', name: 'A Body' },
  grant: { id: 'demo-body.joint', right: 'issue', from: '2026-01-01T00:00:00.000Z', terms: { places: ['PH'] } },
  state: 'force',
  basis: 'decision 1',
  affected: { count: 3 },
  mayPropose: true,
}
const shown = (change: Partial<AccreditationValues> = {}) =>
  accreditationPage(
    { ...values, ...change },
    { ...aContext(), officer: 'officer', formToken: { name: 'form-token', value: 'x' } },
  )
const actionsOf = (page: string) =>
  [...page.matchAll(/action="[^"]*\/accreditations\/[^"]*\/(\w+)"/g)].map(([, verb]) => verb)

test('what another authority decided is shown with its terms, and a form to grant it as well', () => {
  const page = shown({ awaited: { qualifications: ['Masonry NC II'] } })
  expect(actionsOf(page)).toEqual(['join', 'suspend', 'withdraw'])
  expect(page).toContain('Another authority decided these terms')
  expect(page).toContain('Masonry NC II')
})

test('where nothing waits there is no such form, and whoever may not propose has none at all', () => {
  expect(actionsOf(shown())).toEqual(['suspend', 'withdraw'])
  expect(actionsOf(shown({ state: 'suspension' }))).toEqual(['lift', 'withdraw'])
  expect(actionsOf(shown({ awaited: {}, mayPropose: false }))).toEqual([])
})

test('before a suspension it is said that the own state of each certificate stays, and not that all of them are valid', () => {
  expect(shown()).toContain('Their own state does not change: those that are valid stay valid')
  expect(shown()).not.toContain('They stay valid')
})
