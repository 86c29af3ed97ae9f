import { expect, test } from 'vitest'
import { allChecks, passed } from './check.ts'
import { conclude } from './conclude.ts'
import { type Check, type CheckName, checkNames, verdictOf } from './verification.ts'

const outcomes = ['passed', 'failed', 'not_performed'] as const
type Outcome = (typeof outcomes)[number]
const aCheck = (name: CheckName, outcome: Outcome): Check =>
  outcome === 'passed' ? { name, outcome } : { name, outcome, reason: 'depends-on-another-check' }
const allPassed = checkNames.map((name) => aCheck(name, 'passed'))

/** Every combination of outcomes, one outcome for each check. */
function combinations(length: number): Outcome[][] {
  if (length === 0) return [[]]
  return combinations(length - 1).flatMap((rest) => outcomes.map((outcome) => [outcome, ...rest]))
}

test('I1: in every combination the verdict is invalid with a failed check, else indeterminate with one not performed, else valid', () => {
  const all = combinations(checkNames.length)
  expect(all).toHaveLength(3 ** checkNames.length)
  const wrong = all.filter((combination) => {
    const expected = combination.includes('failed')
      ? 'invalid'
      : combination.includes('not_performed')
        ? 'indeterminate'
        : 'valid'
    return verdictOf(checkNames.map((name, place) => aCheck(name, combination[place] as Outcome))) !== expected
  })
  expect(wrong).toEqual([])
})

test.each(checkNames)('I1: a list without %s is never valid, in any order', (missing) => {
  const rest = allPassed.filter(({ name }) => name !== missing)
  expect(verdictOf(rest)).toBe('indeterminate')
  expect(verdictOf(rest.toReversed())).toBe('indeterminate')
  expect(verdictOf([...rest, ...rest])).toBe('indeterminate')
})

test('I1: an empty list of checks is not valid', () => {
  expect(verdictOf([])).toBe('indeterminate')
})

test.each(checkNames)('I1: a second answer to %s that did not pass counts, before or after the first', (name) => {
  for (const [outcome, verdict] of [
    ['failed', 'invalid'],
    ['not_performed', 'indeterminate'],
  ] as const) {
    expect(verdictOf([...allPassed, aCheck(name, outcome)])).toBe(verdict)
    expect(verdictOf([aCheck(name, outcome), ...allPassed])).toBe(verdict)
  }
})

test('a check without an answer is on the list as not performed', () => {
  expect(allChecks([]).map(({ name }) => name)).toEqual(checkNames)
  const answers = checkNames.map((name) => passed(name))
  for (const name of checkNames)
    expect(verdictOf(allChecks(answers.filter((answer) => answer.name !== name)))).toBe('indeterminate')
  expect(verdictOf(allChecks(answers))).toBe('valid')
})

test('the sentence about an unlisted issuer contradicts no check', () => {
  const sentenceOf = (names: readonly CheckName[]) => {
    const deps = { baseUrl: 'https://registry.example', now: new Date('2026-03-02T12:00:00Z') }
    const answers = names.map((name) => passed(name))
    return conclude(answers, {}, deps).issuer.today.sentence
  }
  expect(sentenceOf(['proof', 'issuer-key'])).toMatch(/The signature is valid, but no authority/)
  for (const names of [['proof'], ['issuer-key'], []] as const)
    expect(sentenceOf(names)).toMatch(/could not be established/)
})
