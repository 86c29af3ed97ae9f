import { type Answer, type Caller, route } from '@sijil/http'
import type { ProposedChange } from '@sijil/registry/decisions'
import { acceptListInput, suspendListInput } from './decision-inputs.ts'
import type { DecideDeps } from './officer-verbs.ts'
import { proposedChanges } from './proposed-changes.ts'

interface Parts {
  verbs: Pick<DecideDeps, 'suspendList' | 'importList'>
  propose: (authority: string, subject: string, change: ProposedChange) => Promise<Answer>
}

type Authority = { authority: string }

/** Lists of other registries. Two officers accept a list, one officer can suspend it, and a bundle is imported exactly as it was signed. */
export const acceptedListAnswers = ({ verbs, propose }: Parts) => ({
  'POST /authorities/{authority}/lists': route<Authority, Caller, typeof acceptListInput._output>({
    input: acceptListInput,
    answer: ({ params: { authority }, caller: { subject }, input }) =>
      propose(authority, subject, proposedChanges['accept-list']({}, input)),
  }),
  'POST /authorities/{authority}/lists/suspend': route<Authority, Caller, typeof suspendListInput._output>({
    input: suspendListInput,
    async answer({ params: { authority }, caller: { subject }, input: { registry, basis } }) {
      await verbs.suspendList({ authority, subject }, { registry, basis })
      return { status: 200, body: { registry, state: 'suspended' } }
    },
  }),
  'POST /authorities/{authority}/lists/bundles': route<Authority, Caller>({
    body: 'list',
    answer: async ({ params: { authority }, caller: { subject }, input }) => ({
      status: 200,
      body: await verbs.importList({ authority, subject }, input),
    }),
  }),
})
