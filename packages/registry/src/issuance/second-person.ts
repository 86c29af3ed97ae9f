import type { IssueInput } from '../certificates/issue-input.ts'
import type { Plan } from '../certificates/plan.ts'
import { askForSecond } from '../status/ask-for-second.ts'
import type { BrakedAction, IssuingAct, PendingAction } from '../status/pending-action.ts'
import { asksForSecond } from '../trust/body-policy.ts'
import type { Attempt } from './attempt.ts'
import type { IssueDeps, IssueRequest } from './issue-deps.ts'
import { requireReplaceable, roomToReplace } from './replace.ts'

/**
 * Asks, before anything is reserved, whether the policy of the body or the brake (I72) wants a second person. Answers the action that
 * waits. What two people approved by the policy takes no place of the brake. After the approval the same request continues.
 */
export async function waitsForSecond(
  { issuer, subject: actor, hasSecond = false }: Pick<IssueRequest, 'issuer' | 'subject' | 'hasSecond'>,
  plan: Plan,
  attempt: Pick<Attempt, 'uuid' | 'tag'>,
  deps: Pick<IssueDeps, 'store' | 'now'>,
): Promise<PendingAction | undefined> {
  const { replaces } = plan.input
  const act = actOf(plan.input)
  if (hasSecond || !(await isAsked(issuer, act, deps))) return roomToReplace({ issuer, replaces, actor }, deps)
  const former = replaces === undefined ? undefined : await requireReplaceable(issuer, replaces, deps)
  const action: BrakedAction = {
    kind: 'issue',
    act,
    issuer,
    certificate: attempt.uuid,
    qualification: plan.qualification.id,
    request: attempt.tag,
    ...(replaces !== undefined && { replaces }),
  }
  const waits = await askForSecond({ owner: issuer, action, seen: former?.commits.length ?? 0, actor }, deps)
  return waits.state === 'approved' ? undefined : waits
}

const actOf = ({ replaces, renews }: IssueInput): IssuingAct =>
  replaces !== undefined ? 'correct' : renews !== undefined ? 'renew' : 'issue'

/** A certificate that takes the place of another may as well renew it, so either act in the policy asks for a second person. */
async function isAsked(body: string, act: IssuingAct, deps: Pick<IssueDeps, 'store' | 'now'>): Promise<boolean> {
  const acts: readonly IssuingAct[] = act === 'correct' ? ['correct', 'renew'] : [act]
  for (const one of acts) if (await asksForSecond({ body, act: one }, deps)) return true
  return false
}
