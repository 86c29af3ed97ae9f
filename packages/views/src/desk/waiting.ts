import { isFreshSignIn, listActions } from '@sijil/registry/decisions'
import type { PendingAction } from '@sijil/registry/status'
import type { WaitingAction, WaitingValues } from '@sijil/web'
import { titlesToday } from './certificates.ts'
import { type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

/** Actions about certificates that wait for a second person of a body or an authority, newest first. */
export async function waitingView(
  { authority: owner, roles }: Office,
  { subject, signedInAt, ...place }: { subject: string; signedInAt: Date; limit: number; after?: string },
  deps: DeskDeps,
): Promise<{ values: WaitingValues; next?: string }> {
  const { actions, next } = await listActions({ owner: owner.id, subject, ...place }, deps)
  const mayApprove = !roles.includes('approve') ? 'role' : isFreshSignIn(signedInAt, deps.now) ? 'yes' : 'fresh'
  const values: WaitingValues = { owner: namedEntity(owner), actions: await shownActions(actions, deps), mayApprove }
  return { values, ...(next && { next }) }
}

/** The actions with the names of bodies and the titles of qualifications. */
export async function shownActions(actions: readonly PendingAction[], deps: DeskDeps): Promise<WaitingAction[]> {
  const names = new Map<string, WaitingAction['body']>()
  for (const { action } of actions)
    if (!names.has(action.issuer)) names.set(action.issuer, await namedOf(action.issuer, deps))
  const titleOf = titlesToday(deps)
  const titles = new Map<string, string>()
  for (const { action } of actions)
    if (action.kind === 'issue') titles.set(action.qualification, await titleOf(action.qualification))
  return actions.map(({ action, seen: _, commits: __, owner: ___, why: ____, ...rest }) => ({
    ...rest,
    kind: action.kind,
    body: names.get(action.issuer) ?? { id: action.issuer, name: action.issuer },
    certificate: action.certificate,
    ...('reason' in action && { reason: action.reason }),
    ...(action.kind === 'issue' && { act: action.act, title: titles.get(action.qualification) ?? '' }),
  }))
}
