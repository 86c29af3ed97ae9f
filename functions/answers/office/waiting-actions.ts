import { type Answer, approvingSignIn, createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { approveAction, rejectAction } from '@sijil/registry/decisions'
import { requireMemberAt, requireOffice, waitingView } from '@sijil/views/desk'
import { type DeskKind, deskPathOf, type WaitingValues, waitingPage } from '@sijil/web'
import { rejectInput } from '../decision-inputs.ts'
import { type DeskRequest, deskContext, orReturned, seeOther } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { strict } from '../strict.ts'
import { type Form, inputOf, type OfficeParts } from './parts.ts'

interface Place {
  desk: DeskKind
  owner: string
}

/** Problems of an action that could be done when it was asked for, but no longer can. */
const notAnyMore = ['validation-failed', 'conflict', 'write-conflict', 'four-eyes-required', 'not-found'] as const

/** What waits for a second person, at the desk of bodies and at that of authorities, and the decision of that person. */
export const waitingActionAnswers = (parts: OfficeParts) => {
  const deps = () => ({ store: parts.store, policy: parts.policy, patience: parts.patience, now: parts.clock() })

  const shown = async (asked: DeskRequest, { desk, owner }: Place, more: Pick<WaitingValues, 'problem'> = {}) => {
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

  const decided = (asked: DeskRequest, place: Place, decide: () => Promise<unknown>): Promise<Answer> =>
    orReturned(
      async () => {
        await decide()
        return seeOther(deskPathOf(place.desk, place.owner, 'waiting'), asked)
      },
      (problem) => shown(asked, place, { problem }),
      { ...parts, wants: asked.wants, codes: notAnyMore },
    )
  const approve = (asked: DeskRequest, place: Place, id: string) =>
    decided(asked, place, () => {
      const signedInAt = approvingSignIn(asked.caller, parts.approving)
      return approveAction({ owner: place.owner, id, subject: asked.caller.subject, signedInAt }, deps())
    })
  const reject = (asked: DeskRequest, place: Place, id: string, form: Form) =>
    decided(asked, place, () =>
      rejectAction(
        { owner: place.owner, id, subject: asked.caller.subject, ...strict(inputOf(rejectInput, form)) },
        deps(),
      ),
    )

  const ofBody = ({ issuer }: { issuer: string }): Place => ({ desk: 'issuers', owner: issuer })
  const ofAuthority = ({ authority }: { authority: string }): Place => ({ desk: 'authorities', owner: authority })
  return {
    'GET /desk/issuers/{issuer}/waiting': route<{ issuer: string }, SignedIn>({
      answer: async (asked) => page(await shown(asked, ofBody(asked.params))),
    }),
    'POST /desk/issuers/{issuer}/waiting/{id}/approve': route<{ issuer: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => approve(asked, ofBody(asked.params), asked.params.id),
    }),
    'POST /desk/issuers/{issuer}/waiting/{id}/reject': route<{ issuer: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => reject(asked, ofBody(asked.params), asked.params.id, asked.input as Form),
    }),
    'GET /desk/authorities/{authority}/waiting': route<{ authority: string }, SignedIn>({
      answer: async (asked) => page(await shown(asked, ofAuthority(asked.params))),
    }),
    'POST /desk/authorities/{authority}/waiting/{id}/approve': route<{ authority: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => approve(asked, ofAuthority(asked.params), asked.params.id),
    }),
    'POST /desk/authorities/{authority}/waiting/{id}/reject': route<{ authority: string; id: string }, SignedIn>({
      body: 'form',
      answer: (asked) => reject(asked, ofAuthority(asked.params), asked.params.id, asked.input as Form),
    }),
  }
}
