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
  test('are there once each, in order, and not performed where nobody answered', () => {
    expect(allChecks([])).toEqual(checkNames.map((name) => notPerformed(name, 'depends-on-another-check')))
  })

  test('nothing takes a failure back, in whatever order the answers come', () => {
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

  test('an answer more never makes a verdict better, unless it is about a name that had none', () => {
    const rank = { valid: 0, indeterminate: 1, invalid: 2 }
    const full = checkNames.map((name) => passed(name))
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 20 }), anyCheck, (answers, more) => {
        const before = verdictOf(allChecks([...full, ...answers]))
        expect(rank[verdictOf(allChecks([...full, ...answers, more]))]).toBeGreaterThanOrEqual(rank[before])
      }),
    )
  })

  test('of two that are as bad the first one says why', () => {
    expect(allChecks([failed('status', 'revoked'), failed('status', 'suspended')])).toContainEqual(
      failed('status', 'revoked'),
    )
  })
})
