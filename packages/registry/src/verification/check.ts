import { type Check, type CheckName, checkNames, type Reason } from './verification.ts'

type Evidence = Check['evidence']

export const passed = (name: CheckName, evidence?: Evidence): Check => ({
  name,
  outcome: 'passed',
  ...(evidence && { evidence }),
})

export const failed = (name: CheckName, reason: Reason, evidence?: Evidence): Check => ({
  name,
  outcome: 'failed',
  reason,
  ...(evidence && { evidence }),
})

/** The question could not be asked, so it stays open. */
export const notPerformed = (name: CheckName, reason: Reason, evidence?: Evidence): Check => ({
  name,
  outcome: 'not_performed',
  reason,
  ...(evidence && { evidence }),
})

const severity = { passed: 0, not_performed: 1, failed: 2 } as const satisfies Record<Check['outcome'], number>

/**
 * One check for each name, in the order of `checkNames`. If several answers have one name, the worst counts, so a later answer never
 * takes a failure back. If two are equally bad, the first counts. A name without an answer is not performed.
 */
export const allChecks = (answers: readonly Check[]): Check[] =>
  checkNames.map(
    (name) =>
      answers
        .filter((answer) => answer.name === name)
        .reduce<Check | undefined>(
          (worst, answer) =>
            worst === undefined || severity[answer.outcome] > severity[worst.outcome] ? answer : worst,
          undefined,
        ) ?? notPerformed(name, 'depends-on-another-check'),
  )
