import { route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { findDecided } from '@sijil/registry/recognition'
import { requireOfficer } from '@sijil/registry/trust'
import { proposedChanges } from '../proposed-changes.ts'
import { appealInput, endRecognitionInput, joinRecognitionInput, recogniseInput } from '../recognition-inputs.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** What an authority decides about classes of certificates of other states. Two of its officers decide it. */
export const recognitionDecisions = ({ deps, propose, chance }: Deciders) => {
  // Only a member of the authority learns whether there is such a decision (I36).
  const decided = async (owner: string, subject: string, decision: string) => {
    await requireOfficer({ owner, subject }, { reader: deps().store })
    const recognised = await findDecided(decision, deps().store)
    if (recognised === undefined)
      throw new RegistryError('not-found', 'you made no such decision', { reason: 'not-below' })
    return { recognised, decision }
  }
  return {
    'POST /authorities/{authority}/decisions': route({
      input: recogniseInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['recognise-class']({}, input, chance())),
    }),
    'POST /authorities/{authority}/decisions/{id}/join': route({
      input: joinRecognitionInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(
          authority,
          subject,
          proposedChanges['join-recognition'](await decided(authority, subject, id), input, chance()),
        ),
    }),
    'POST /authorities/{authority}/decisions/{id}/end': route({
      input: endRecognitionInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(
          authority,
          subject,
          proposedChanges['end-recognition'](await decided(authority, subject, id), input, chance()),
        ),
    }),
    'POST /authorities/{authority}/decisions/{id}/appeal': route({
      input: appealInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(
          authority,
          subject,
          proposedChanges['record-appeal'](await decided(authority, subject, id), input, chance()),
        ),
    }),
  } satisfies Partial<Decisions>
}
