import {
  type Answer,
  type Answers,
  approvingSignIn,
  createPageToken,
  readPage,
  route,
  type SignInPolicy,
} from '@sijil/http'
import type { CommitStore, Patience } from '@sijil/registry'
import { approveAction, approveActions, listActions, rejectAction } from '@sijil/registry/decisions'
import type { PendingAction } from '@sijil/registry/status'
import type { TrustPolicy } from '@sijil/registry/trust'
import type { RouteRowOf } from '../routes.ts'
import { nothingInput, rejectInput, releaseInput } from './decision-inputs.ts'

interface WaitingParts {
  store: CommitStore
  patience: Patience
  policy: TrustPolicy
  clock: () => Date
  /** The sign-ins that suffice to approve. */
  approving: SignInPolicy
}

/** Actions that wait for a second person, and the decision of that person. */
export const waitingAnswers = ({ clock, approving, ...parts }: WaitingParts) => {
  const deps = () => ({ ...parts, now: clock() })
  return {
    'GET /issuers/{issuer}/proposals': route({
      knows: ['limit', 'page', 'askedBy'],
      async answer({ params: { issuer: owner }, caller: { subject }, query }) {
        const { askedBy } = query
        const question = { index: `WAITING#${owner}`, ...(askedBy && { filters: { askedBy } }) }
        const asked = { owner, subject, ...(askedBy && { askedBy }), ...readPage(query, question) }
        const { waitingBy, actions, next } = await listActions(asked, deps())
        return {
          status: 200,
          body: {
            ...(waitingBy && { waitingBy }),
            proposals: actions.map(shownAction),
            ...(next && { next: createPageToken(next, question) }),
          },
        }
      },
    }),
    'POST /issuers/{issuer}/proposals/approve': route({
      input: releaseInput,
      async answer({ params: { issuer: owner }, caller, input: { ids } }) {
        const signedInAt = approvingSignIn(caller, approving)
        const released = await approveActions({ owner, ids, subject: caller.subject, signedInAt }, deps())
        return { status: 200, body: { proposals: released.map(shownReleased) } }
      },
    }),
    'POST /issuers/{issuer}/proposals/{id}/approve': route({
      input: nothingInput,
      async answer({ params: { issuer: owner, id }, caller }) {
        const signedInAt = approvingSignIn(caller, approving)
        const action = await approveAction({ owner, id, subject: caller.subject, signedInAt }, deps())
        return { status: 200, body: shownAction(action) }
      },
    }),
    'POST /issuers/{issuer}/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { issuer: owner, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: shownAction(await rejectAction({ owner, id, subject, ...(why && { why }) }, deps())),
      }),
    }),
  } satisfies Partial<Answers<RouteRowOf<'status'>[]>>
}

/** Answers 202: nothing was changed yet. `location` is the list of waiting actions. */
export const waiting = (action: PendingAction): Answer => ({
  status: 202,
  logged: { code: 'action-waits', owner: action.owner },
  headers: { location: `/issuers/${action.owner}/proposals` },
  body: shownAction(action),
})

const shownReleased = (released: Awaited<ReturnType<typeof approveActions>>[number]) =>
  'refused' in released
    ? { id: released.id, refused: released.refused.code, detail: released.refused.message }
    : shownAction(released)

/** An action as members see it. Its note is left out: only readers of the record of the certificate see notes. */
function shownAction({ action, commits: _, seen: __, ...rest }: PendingAction) {
  const { kind, issuer, certificate } = action
  return {
    ...rest,
    kind,
    issuer,
    certificate: `urn:uuid:${certificate}`,
    ...('reason' in action && { reason: action.reason }),
    ...(kind === 'issue' && { act: action.act, qualification: action.qualification }),
    ...('successor' in action && action.successor && { successor: `urn:uuid:${action.successor}` }),
  }
}
