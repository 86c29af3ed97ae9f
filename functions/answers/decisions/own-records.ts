import { route } from '@sijil/http'
import { nothingInput } from '../decision-inputs.ts'
import { logoInput, policyInput, signatoryInput, webhookInput } from '../own-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** What a body decides about its own certificates: its policy, who signs for it, and its logo. Two of its own officers decide it. */
export const ownDecisions = ({ verbs, propose, proposed, chance }: Deciders) =>
  ({
    'POST /issuers/{issuer}/policy': route({
      input: policyInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) =>
        propose(issuer, subject, proposedChanges['set-policy']({ issuer }, input, chance())),
    }),
    'POST /issuers/{issuer}/signatory': route({
      input: signatoryInput,
      answer: async ({ params: { issuer }, caller: { subject }, input }) =>
        proposed(await verbs.proposeSignatory(issuer, subject, input)),
    }),
    'POST /issuers/{issuer}/logo': route({
      body: 'list',
      input: logoInput,
      answer: async ({ params: { issuer }, caller: { subject }, input: { png, effectiveFrom } }) =>
        proposed(
          await verbs.proposeLogo(issuer, subject, {
            png: png === null ? null : Buffer.from(png, 'base64'),
            effectiveFrom,
          }),
        ),
    }),
    'POST /issuers/{issuer}/webhooks': route({
      input: webhookInput,
      answer: async ({ params: { issuer }, caller: { subject }, input }) =>
        proposed(await verbs.proposeWebhook(issuer, subject, input)),
    }),
    'POST /issuers/{issuer}/webhooks/secret': route({
      input: nothingInput,
      answer: async ({ params: { issuer }, caller: { subject } }) => ({
        status: 201,
        body: await verbs.makeWebhookSecret(issuer, subject),
      }),
    }),
    'POST /issuers/{issuer}/webhooks/{id}/replay': route({
      input: nothingInput,
      async answer({ params: { issuer, id }, caller: { subject } }) {
        await verbs.replayEvents(issuer, subject, id)
        return { status: 202, body: { asked: true } }
      },
    }),
  }) satisfies Partial<Decisions>
