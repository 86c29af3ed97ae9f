import * as z from 'zod/mini'

// Schemas are made when a function starts, and verify must start fast. So they use zod/mini, and the inputs of issuing are in another file.

const challenge = z.optional(z.string().check(z.maxLength(1_000)))
const isGiven = (value: unknown) => value !== undefined

/** A certificate or a link cannot answer a challenge. A challenge that is silently ignored would look checked, so it is refused. */
const ofPresentation = (member: 'challenge' | 'domain') =>
  z.refine<{ verifiablePresentation?: unknown; options?: { [K in typeof member]?: string | undefined } | undefined }>(
    ({ verifiablePresentation, options }) => isGiven(verifiablePresentation) || !isGiven(options?.[member]),
    { error: 'is only for a presentation: leave it out', path: ['options', member] },
  )

/** A caller who sends a document already has the person in it, so they cannot ask for the person. */
const onlyOfLink = z.refine<{ link?: unknown; options?: { show?: unknown } | undefined }>(
  ({ link, options }) => isGiven(link) || !isGiven(options?.show),
  { error: 'is only for a link: a document contains the person', path: ['options', 'show'] },
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
            .check(z.describe('Only for a link. Without it, the answer has no person, no free text and no number.')),
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

/** VCALM ignores unknown members. */
export const vcalmVerifyInput = z.looseObject({
  verifiableCredential: z.unknown(),
  // The proof of a credential only counts as an assertion. Another expected purpose is refused (Data Integrity §4.4).
  options: z.optional(
    z.looseObject({ expectedProofPurpose: z.optional(z.literal('assertionMethod')), challenge, domain: challenge }),
  ),
})
export const vcalmPresentationInput = z.looseObject({
  verifiablePresentation: z.unknown(),
  options: z.optional(z.looseObject({ challenge, domain: challenge })),
})
