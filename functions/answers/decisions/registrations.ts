import { route } from '@sijil/http'
import {
  contactInput,
  memberInput,
  registerBodyInput,
  registerInput,
  removeMemberInput,
  succeedInput,
} from '../decision-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about who is registered, who succeeds an entity, what its contact is, and who its members are. */
export const registrationDecisions = ({ propose, chance }: Deciders) =>
  ({
    'POST /authorities/{authority}/authorities': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['register-authority']({}, input)),
    }),
    'POST /authorities/{authority}/bodies': route({
      input: registerBodyInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['register-body']({}, input)),
    }),
    'POST /authorities/{authority}/centres': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['register-centre']({}, input)),
    }),
    'POST /authorities/{authority}/successions': route({
      input: succeedInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.succeed({}, input, chance())),
    }),
    'POST /authorities/{authority}/contacts': route({
      input: contactInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['change-contact']({}, input, chance())),
    }),
    'POST /authorities/{authority}/members': route({
      input: memberInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['add-member']({ authority }, input)),
    }),
    // The body names the member, because no address may contain a subject.
    'POST /authorities/{authority}/members/remove': route({
      input: removeMemberInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['remove-member']({ authority }, input)),
    }),
  }) satisfies Partial<Decisions>
