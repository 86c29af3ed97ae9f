import { expect, test } from 'vitest'
import { answersOf } from './issuer-answers.ts'

const body = { grants: [] }
const allGood = { best: 'authorised', found: ['authorised'] } as const
const mixed = { best: 'authorised', found: ['authorised', 'suspended'] } as const
const ended = { best: 'suspended', found: ['suspended'] } as const
const hasRecord = true

test('a chosen qualification that is allowed gets a full yes', () => {
  const answers = answersOf(body, allGood, { asked: { standing: 'authorised' }, hasRecord })
  expect(answers).toEqual({ real: 'yes', may: 'yes', scope: 'yes', standing: 'yes' })
})

test('if one accreditation is suspended, the status is in part, and the other answers are about the chosen qualification', () => {
  const good = answersOf(body, mixed, { asked: { standing: 'authorised' }, hasRecord })
  expect(good).toEqual({ real: 'yes', may: 'yes', scope: 'yes', standing: 'in-part' })
  const bad = answersOf(body, mixed, { asked: { standing: 'suspended' }, hasRecord })
  expect(bad).toEqual({ real: 'yes', may: 'in-part', scope: 'no', standing: 'in-part' })
  const covered = { grants: [{ in: 'force' }, { in: 'suspension' }] }
  expect(answersOf(covered, allGood, { asked: { standing: 'authorised' }, hasRecord }).standing).toBe('in-part')
})

test('a scope that is limited to centres is allowed in part; without a right in force there is no yes', () => {
  const atSites = answersOf(body, allGood, { asked: { standing: 'authorised', sites: ['hall'] }, hasRecord })
  expect(atSites.scope).toBe('in-part')
  const none = answersOf(body, ended, { asked: { standing: 'suspended' }, hasRecord })
  expect(none).toEqual({ real: 'yes', may: 'no', scope: 'no', standing: 'no' })
})

test('for a day before the record begins the answer is neither yes nor no', () => {
  const before = answersOf(body, { best: 'unknown', found: [] }, { asked: { standing: 'unknown' }, hasRecord: false })
  expect(new Set(Object.values(before))).toEqual(new Set(['not-known']))
})

test('a right for other qualifications only is not a yes for the chosen qualification', () => {
  const outside = answersOf(body, allGood, { asked: { standing: 'not-for-this' }, hasRecord })
  expect(outside).toEqual({ real: 'yes', may: 'in-part', scope: 'no', standing: 'not-known' })
})

test('a qualification that is not on record has no answer; a demonstration and a sandbox are never real bodies', () => {
  const isUnknown = true
  const nothing = answersOf(body, allGood, { asked: undefined, hasRecord, isUnknown })
  expect(nothing).toEqual({ real: 'yes', may: 'not-known', scope: 'not-known', standing: 'not-known' })
  for (const unreal of ['demonstration', 'sandbox'] as const)
    for (const isOnRecord of [true, false]) {
      const answers = answersOf({ ...body, unreal }, allGood, { asked: undefined, hasRecord: isOnRecord })
      expect(answers.real).toBe('no')
    }
})
