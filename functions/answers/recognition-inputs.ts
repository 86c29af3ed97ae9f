import { registrationActivities } from '@sijil/credentials'
import { day, must, text } from '@sijil/http/pieces'
import { appealStates, entitlementKinds, recognitionResults, singleEndReasons } from '@sijil/registry/recognition'
import * as z from 'zod'
import { approveInput, basis, decision, publicAddress } from './decision-inputs.ts'

const qualification = z
  .string()
  .max(300)
  .regex(
    /^(?:[a-z0-9.-]{1,105}|https?:\/\/[^\s/?#@]{1,200}\/qualifications\/[a-z0-9.-]{1,105})$/,
    must('not-an-id', 'must be the id of a qualification, or its address in another registry'),
  )
  .meta({ description: 'Id of a qualification of another state. For one of another registry: its address.' })
const issuer = z
  .string()
  .max(300)
  .regex(/^(?:[a-z0-9-]{1,64}|did:[a-z0-9]+:[\w.:%-]{1,250})$/, must('not-an-id', 'must be the id of a body, or a DID'))

/** What is decided, about a class of certificates or about one. */
const terms = {
  result: z.enum(recognitionResults),
  units: z.array(text(64)).min(1).max(76).optional().meta({
    description: 'Codes of the units that are recognised. Required for a part. Absent: the whole qualification.',
  }),
  measures: z.array(text(300)).min(1).max(20).optional().meta({ description: 'The steps before it counts.' }),
  conditions: text(500).optional(),
  until: day.optional().meta({ description: 'Last day of the recognition. Required for one for a time.' }),
  entitles: z
    .array(
      z.strictObject({
        kind: z.enum(entitlementKinds),
        text: text(300),
        source: publicAddress(500).meta({ description: 'Where the rule is published.' }),
        readOn: day,
      }),
    )
    .max(10)
    .optional()
    .meta({ description: 'What it leads to under published rules of your state.' }),
  appeal: text(500).meta({ description: 'How, and until when, the decision can be appealed.' }),
  basis,
  reason: decision.reason,
}

export const recogniseInput = z
  .strictObject({
    qualification,
    edition: text(200).meta({ description: 'As certificates name it.' }),
    issuers: z.array(issuer).min(1).max(100).meta({ description: 'Whose certificates are covered: ids, or DIDs.' }),
    award: z.strictObject({ from: day, until: day }).meta({ description: 'First and last day of award.' }),
    issuedUntil: day.meta({
      description: 'Last day on which a certificate may have been issued by our record, whatever day it states.',
    }),
    ...terms,
    jointly: z.array(text(64)).min(1).max(9).optional().meta({
      description:
        'Ids of authorities that decide it together with you. It counts from the last join, and ends for all when one leaves.',
    }),
    effectiveFrom: decision.effectiveFrom,
  })
  .meta({ description: 'Your state is that of your record, so no member names it.' })
export const joinRecognitionInput = z.strictObject({
  hash: text(100).meta({ description: 'The hash of the text, as GET /decisions shows it.' }),
  effectiveFrom: decision.effectiveFrom,
})
export const endRecognitionInput = z.strictObject({
  basis,
  reason: decision.reason,
  effectiveFrom: decision.effectiveFrom,
})
export const appealInput = z.strictObject({ state: z.enum(appealStates), note: text(500) })

const link = z.string().max(500).meta({
  description: 'The link of the certificate, or the 26 characters at its end. It stands in no record.',
})
export const singleInput = z
  .strictObject({
    link,
    ...terms,
    registration: z
      .strictObject({
        activity: z.enum(registrationActivities),
        scope: text(300).meta({ description: 'What the holder may do.' }),
        place: text(200).meta({ description: 'Where, as an institution or an area.' }),
        supervisor: text(200).optional().meta({
          description:
            'Who supervises. Only officers of your authority can read it; the signed document says that there is one.',
        }),
        from: day.optional().meta({ description: 'First day. Absent: the day of the approval.' }),
        isRenewable: z.boolean().optional(),
      })
      .optional()
      .meta({
        description:
          'Only with the result "temporary": registers the holder for a time, until the last day. A title alone permits no practice.',
      }),
    showRefusal: z.boolean().optional().meta({
      description: 'Only of a refusal: whether those who hold the link see it. Absent: only its holder gets it.',
    }),
  })
  .meta({ description: 'No text may name the holder.' })
export const approveSingleInput = approveInput.extend({
  link: link.optional().meta({
    description: 'Required for the decision itself: the second officer looks at the same certificate.',
  }),
})
export const endSingleInput = z.strictObject({ reason: z.enum(singleEndReasons) })
export const appealSingleInput = z.strictObject({ state: z.enum(appealStates) })
