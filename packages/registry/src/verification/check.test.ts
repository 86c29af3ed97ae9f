import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allChecks, failed, notPerformed, passed } from './check.ts'
import { type Check, checkNames, reasons, verdictOf } from './verification.ts'

const anyName = fc.constantFrom(...checkNames)
const anyReason = fc.constantFrom(...reasons)
const anyCheck: fc.Arbitrary<Check> = fc.oneof(
  anyName.map((name) => passed(name)),
  fc.tuple(anyName, anyReason).map(([name, reason]) => failed(name, reason)),
  fc.tuple(anyName, anyReason).map(([name, reason]) => notPerformed(name, reason)),
)

describe('all checks', () => {
  test('are present once each, in order, and not performed if there is no answer', () => {
    expect(allChecks([])).toEqual(checkNames.map((name) => notPerformed(name, 'depends-on-another-check')))
  })

  test('no answer takes a failure back, in any order of answers', () => {
    fc.assert(
      fc.property(
        fc.array(anyCheck, { maxLength: 20 }),
        anyName,
        anyReason,
        fc.nat(20),
        (answers, name, reason, at) => {
          const checks = allChecks(answers.toSpliced(at, 0, failed(name, reason)))
          expect(checks.find((check) => check.name === name)?.outcome).toBe('failed')
          expect(verdictOf(checks)).toBe('invalid')
        },
      ),
    )
  })

  test('a further answer never improves a verdict, unless its check had no answer', () => {
    const rank = { valid: 0, indeterminate: 1, invalid: 2 }
    const full = checkNames.map((name) => passed(name))
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 20 }), anyCheck, (answers, more) => {
        const before = verdictOf(allChecks([...full, ...answers]))
        expect(rank[verdictOf(allChecks([...full, ...answers, more]))]).toBeGreaterThanOrEqual(rank[before])
      }),
    )
  })

  test('of two equally bad answers the first gives the reason', () => {
    expect(allChecks([failed('status', 'revoked'), failed('status', 'suspended')])).toContainEqual(
      failed('status', 'revoked'),
    )
  })
})
