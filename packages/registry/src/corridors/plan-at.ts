import type { StepId } from '@sijil/qualifications'
import { type PlanCommits, requireKnownPlan } from './events.ts'

/** Who does a step until when, with every day that was planned before. */
export interface StepPlan {
  step: StepId
  owner: string
  due: string
  overdue: boolean
  history: readonly { owner: string; due: string; by: string; recordedAt: string }[]
}

/** The plans of the steps that are not done. For the parties alone. */
export function plansAt(
  commits: PlanCommits,
  { today, done }: { today: string; done: ReadonlySet<StepId> },
): readonly StepPlan[] {
  requireKnownPlan(commits)
  const planned = commits.flatMap(({ events, recordedAt }) =>
    events.flatMap((event) => (event.type === 'step-planned' ? { ...event, recordedAt } : [])),
  )
  return [...Map.groupBy(planned, ({ step }) => step)].flatMap(([step, own]) => {
    const last = own.at(-1)
    if (last === undefined) return []
    const history = own.map(({ owner, due, declaredBy, recordedAt }) => ({ owner, due, by: declaredBy.id, recordedAt }))
    return { step, owner: last.owner, due: last.due, overdue: !done.has(step) && last.due < today, history }
  })
}
