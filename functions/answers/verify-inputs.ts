import * as z from 'zod'

// Apart from what issuing takes: schemas are made when a function starts, and verify is to start fast.

const challenge = z.string().max(1_000)

export const verifyInput = z
  .strictObject({
    verifiableCredential: z.unknown().optional(),
    verifiablePresentation: z.unknown().optional(),
    link: z.string().max(500).optional(),
    options: z
      .strictObject({
        omit: z.array(z.enum(['certificate', 'evidence'])).optional(),
        challenge: challenge.optional(),
        domain: challenge.optional(),
      })
      .optional(),
  })
  .refine(
    (input) =>
      [input.verifiableCredential, input.verifiablePresentation, input.link].filter((given) => given !== undefined)
        .length === 1,
    {
      error: 'give exactly one of verifiableCredential, verifiablePresentation and link',
    },
  )

/** VCALM ignores what it does not know. */
export const vcalmVerifyInput = z.looseObject({
  verifiableCredential: z.unknown(),
  // A credential's proof counts as an assertion only: whoever expects another purpose is told no (Data Integrity §4.4).
  options: z.looseObject({ expectedProofPurpose: z.literal('assertionMethod').optional() }).optional(),
})
export const vcalmPresentationInput = z.looseObject({
  verifiablePresentation: z.unknown(),
  options: z.looseObject({ challenge: challenge.optional(), domain: challenge.optional() }).optional(),
})
