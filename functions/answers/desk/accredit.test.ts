import { RegistryError } from '@sijil/registry'
import { describe, expect, test } from 'vitest'
import { accreditationFrom } from './accredit.ts'
import { changeOf, suspensionOf } from './reason-input.ts'

const reason = { basis: ' B.E. 2569/1 ', why: 'Reviewed' }
const aForm = (change: Record<string, unknown> = {}) => ({
  grantee: 'demo-th-dsd',
  right: 'issue',
  'qualification:th-brick-1': 'yes',
  'qualification:th-belec-1': 'yes',
  ...reason,
  ...change,
})
const faultsOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof RegistryError) return [error.code, ...error.faults.map(({ pointer }) => pointer)]
    throw error
  }
  return []
}

test('a form is turned into the body that the API takes', () => {
  expect(
    accreditationFrom(aForm({ from: '2026-01-01', until: '2027-12-31', pilot: 'yes', power: 'yes' }), 'TH'),
  ).toEqual({
    grantee: 'demo-th-dsd',
    right: 'issue',
    scope: { qualifications: ['th-brick-1', 'th-belec-1'], places: ['TH'] },
    until: '2027-12-31T23:59:59Z',
    pilot: true,
    mayChangeStatus: true,
    basis: 'B.E. 2569/1',
    reason: 'Reviewed',
    effectiveFrom: '2026-01-01',
  })
})

test('an authority of all of ASEAN limits no place, and a whole framework is named by its id', () => {
  expect(accreditationFrom(aForm({ framework: 'TQF' }), 'ASEAN').scope).toEqual({
    qualifications: { framework: 'TQF' },
  })
})

test('an accreditation without a qualification is refused, because it would allow nothing', () => {
  const form = { grantee: 'demo-th-dsd', right: 'issue', ...reason }
  expect(faultsOf(() => accreditationFrom(form, 'TH'))).toEqual(['validation-failed', '/qualifications'])
})

test('R-081: an accreditation is limited to the assessment centres that were chosen', () => {
  expect(
    accreditationFrom(aForm({ 'site:demo-th-centre-1': 'yes', 'site:demo-th-centre-2': 'yes' }), 'TH').scope,
  ).toEqual({
    qualifications: ['th-brick-1', 'th-belec-1'],
    places: ['TH'],
    sites: ['demo-th-centre-1', 'demo-th-centre-2'],
  })
})

describe('an accreditation is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['without a grantee', { grantee: undefined }, '/grantee'],
    ['for a grantee with an invalid id', { grantee: '../x' }, '/grantee'],
    ['for a centre with an invalid id', { 'site:../x': 'yes' }, '/scope/sites/0'],
    ['with an unknown right', { right: 'everything' }, '/right'],
    ['without a legal basis', { basis: undefined }, '/basis'],
    ['with a reason of spaces', { why: '   ' }, '/why'],
    ['with a character that reverses the direction of text', { why: 'ok \u202e' }, '/why'],
    ['with a day that does not exist', { from: '2026-02-30' }, '/from'],
    ['with an end that is not a day', { until: 'soon' }, '/until'],
    ['with a field that the form does not have', { jointly: 'demo-my-mqa' }, '/jointly'],
  ])('%s', (_, change, pointer) => {
    expect(faultsOf(() => accreditationFrom(aForm(change), 'TH'))).toEqual(['validation-failed', pointer])
  })
})

test('a suspension and a change take a basis and a reason, and refuse other fields', () => {
  expect(suspensionOf(reason)).toEqual({ basis: 'B.E. 2569/1', reason: 'Reviewed' })
  expect(changeOf({ ...reason, from: '2026-03-01' })).toEqual({
    basis: 'B.E. 2569/1',
    reason: 'Reviewed',
    effectiveFrom: '2026-03-01',
  })
  expect(faultsOf(() => suspensionOf({ ...reason, from: '2020-01-01' }))).toEqual(['validation-failed', '/from'])
  expect(faultsOf(() => changeOf({ basis: 'x' }))).toEqual(['validation-failed', '/why'])
  expect(faultsOf(() => suspensionOf({ basis: 'x'.repeat(201), why: 'y' }))).toEqual(['validation-failed', '/basis'])
})
