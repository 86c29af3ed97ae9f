import { route } from '@sijil/http'
import { memberInput, registerBodyInput, registerInput, removeMemberInput, succeedInput } from '../decision-inputs.ts'
import { startOf } from '../officer-verbs.ts'
import { strict } from '../strict.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about who is registered, who succeeds an entity, and who its members are. */
export const registrationDecisions = ({ clock, propose }: Deciders) =>
  ({
    'POST /authorities/{authority}/authorities': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, { verb: 'register-authority', ...strict(input) }),
    }),
    'POST /authorities/{authority}/bodies': route({
      input: registerBodyInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, { verb: 'register-body', ...strict(input) }),
    }),
    'POST /authorities/{authority}/centres': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, { verb: 'register-centre', ...strict(input) }),
    }),
    'POST /authorities/{authority}/successions': route({
      input: succeedInput,
      answer({ params: { authority }, caller: { subject }, input }) {
        const { effectiveFrom, ...stated } = strict(input)
        const effectiveAt = startOf(effectiveFrom, clock())
        return propose(authority, subject, { verb: 'succeed', ...stated, effectiveAt })
      },
    }),
    'POST /authorities/{authority}/members': route({
      input: memberInput,
      answer: ({ params: { authority }, caller: { subject }, input: { owner = authority, ...member } }) =>
        propose(authority, subject, { verb: 'add-member', owner, ...member }),
    }),
    // The body names the member, because no address may contain a subject.
    'POST /authorities/{authority}/members/remove': route({
      input: removeMemberInput,
      answer: ({ params: { authority }, caller, input: { owner = authority, subject } }) =>
        propose(authority, caller.subject, { verb: 'remove-member', owner, subject }),
    }),
  }) satisfies Partial<Decisions>
