import { type Answer, approvingSignIn, createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { approveAction, rejectAction } from '@sijil/registry/decisions'
import { requireMemberAt, requireOffice, waitingView } from '@sijil/views/desk'
import { type DeskKind, deskPathOf, type WaitingValues, waitingPage } from '@sijil/web'
import { rejectInput } from '../decision-inputs.ts'
import { type DeskRequest, deskContext, ofAuthority, ofBody, orReturned, seeOther } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { strict } from '../strict.ts'
import { type Form, inputOf, type OfficeParts } from './parts.ts'

/** A request at the desk of an authority or of a body. */
type Asked = DeskRequest & { desk: DeskKind; owner: string }

/** Problems of an action that could be done when it was asked for, but no longer can. */
const notAnyMore = ['validation-failed', 'conflict', 'write-conflict', 'four-eyes-required', 'not-found'] as const

/** What waits for a second person, at the desk of bodies and at that of authorities, and the decision of that person. */
export const waitingActionAnswers = (parts: OfficeParts) => {
  const deps = () => ({ store: parts.store, policy: parts.policy, patience: parts.patience, now: parts.clock() })

  const shown = async (asked: Asked, more: Pick<WaitingValues, 'problem'> = {}) => {
    const { desk, owner } = asked
    const { subject, signedInAt } = asked.caller
    const office =
      desk === 'issuers' ? await requireMemberAt(owner, subject, deps()) : await requireOffice(owner, subject, deps())
    const question = { index: `WAITING#${owner}` }
    const { values, next } = await waitingView(
      office,
      { subject, signedInAt, ...readPage(asked.query, question) },
      deps(),
    )
    const further = next && { next: createPageToken(next, question) }
    return waitingPage(
      { ...values, ...further, ...more },
      deskContext(asked, deskPathOf(desk, owner, 'waiting'), parts),
    )
  }

  const decided = (asked: Asked, decide: () => Promise<unknown>): Promise<Answer> =>
    orReturned(
      async () => {
        await decide()
        return seeOther(deskPathOf(asked.desk, asked.owner, 'waiting'), asked)
      },
      (problem) => shown(asked, { problem }),
      { ...parts, wants: asked.wants, codes: notAnyMore },
    )
  const approve = (asked: Asked, id: string) =>
    decided(asked, () => {
      const signedInAt = approvingSignIn(asked.caller, parts.approving)
      return approveAction({ owner: asked.owner, id, subject: asked.caller.subject, signedInAt }, deps())
    })
  const reject = (asked: Asked, id: string, form: Form) =>
    decided(asked, () =>
      rejectAction(
        { owner: asked.owner, id, subject: asked.caller.subject, ...strict(inputOf(rejectInput, form)) },
        deps(),
      ),
    )

  return {
    'GET /desk/issuers/{issuer}/waiting': route<{ issuer: string }, SignedIn>({
      answer: async (asked) => page(await shown(ofBody(asked))),
    }),
    'POST /desk/issuers/{issuer}/waiting/{id}/approve': route<{ issuer: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => approve(ofBody(asked), asked.params.id),
    }),
    'POST /desk/issuers/{issuer}/waiting/{id}/reject': route<{ issuer: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => reject(ofBody(asked), asked.params.id, asked.input as Form),
    }),
    'GET /desk/authorities/{authority}/waiting': route<{ authority: string }, SignedIn>({
      answer: async (asked) => page(await shown(ofAuthority(asked))),
    }),
    'POST /desk/authorities/{authority}/waiting/{id}/approve': route<{ authority: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => approve(ofAuthority(asked), asked.params.id),
    }),
    'POST /desk/authorities/{authority}/waiting/{id}/reject': route<{ authority: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => reject(ofAuthority(asked), asked.params.id, asked.input as Form),
    }),
  }
}
