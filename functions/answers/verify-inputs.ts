import * as z from 'zod/mini'

// Apart from what issuing takes, and with zod/mini: schemas are made when a function starts, and verify is to start fast.

const challenge = z.optional(z.string().check(z.maxLength(1_000)))
const isGiven = (value: unknown) => value !== undefined

/** Nothing of a certificate or a link answers a challenge: one that was left aside in silence would be taken for checked. */
const ofPresentation = (member: 'challenge' | 'domain') =>
  z.refine<{ verifiablePresentation?: unknown; options?: { [K in typeof member]?: string | undefined } | undefined }>(
    ({ verifiablePresentation, options }) => isGiven(verifiablePresentation) || !isGiven(options?.[member]),
    { error: 'is for a presentation: nothing else answers it', path: ['options', member] },
  )

/** Whoever sends a document has what it says: there is nothing to ask for. */
const onlyOfLink = z.refine<{ link?: unknown; options?: { show?: unknown } | undefined }>(
  ({ link, options }) => isGiven(link) || !isGiven(options?.show),
  { error: 'is for a link: a document has the person in it', path: ['options', 'show'] },
)

export const verifyInput = z
  .strictObject({
    verifiableCredential: z.optional(z.unknown()),
    verifiablePresentation: z.optional(z.unknown()),
    link: z.optional(z.string().check(z.maxLength(500))),
    options: z.optional(
      z.strictObject({
        omit: z.optional(z.array(z.enum(['certificate', 'evidence']))),
        show: z.optional(
          z
            .array(z.enum(['person']))
            .check(z.describe('Of a link: without it no person, no free text and no number is told.')),
        ),
        challenge,
        domain: challenge,
      }),
    ),
  })
  .check(
    z.refine(
      ({ verifiableCredential, verifiablePresentation, link }) =>
        [verifiableCredential, verifiablePresentation, link].filter(isGiven).length === 1,
      { error: 'give exactly one of verifiableCredential, verifiablePresentation and link' },
    ),
    ofPresentation('challenge'),
    ofPresentation('domain'),
    onlyOfLink,
  )

/** VCALM ignores what it does not know. */
export const vcalmVerifyInput = z.looseObject({
  verifiableCredential: z.unknown(),
  // A credential's proof counts as an assertion only: whoever expects another purpose is told no (Data Integrity §4.4).
  options: z.optional(
    z.looseObject({ expectedProofPurpose: z.optional(z.literal('assertionMethod')), challenge, domain: challenge }),
  ),
})
export const vcalmPresentationInput = z.looseObject({
  verifiablePresentation: z.unknown(),
  options: z.optional(z.looseObject({ challenge, domain: challenge })),
})
