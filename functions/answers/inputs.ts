import { erasureReasons, givenUuid, holdReasons, revocationReasons, suspensionReasons } from '@sijil/credentials'
import { day, identifier, text } from '@sijil/http/pieces'
import { assessmentMethodValues, assessmentRouteValues, methodInputs, routeInputs } from '@sijil/qualifications'
import { maxLength } from '@sijil/registry/certificates'
import * as z from 'zod'

/** Takes a UUID with or without `urn:uuid:`, and gives it without, as in paths. */
export const uuid = z
  .string()
  .regex(givenUuid, { error: 'must be a UUID in small letters, with or without urn:uuid:' })
  .transform((value) => value.slice(-36))
  .meta({ description: 'UUID of a certificate.', override: { type: 'string' } })

const language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, { error: 'must be a language tag (BCP 47), like en or th' })
const validFor = day.refine((value) => value >= '1950-01-01' && value <= '2999-12-31', {
  error: 'must lie between 1950 and 2999',
})

export const issueInput = z
  .strictObject({
    qualification: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}(?:\.[a-z0-9-]{1,40})?$/, {
      error: 'must be the id of a qualification, like ph-masonry-nc2',
    }),
    edition: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Absent: the edition in which awards of the day of assessment are made.' }),
    holder: z.strictObject({
      name: text(maxLength.name).meta({
        description:
          'The whole name as printed, in Latin script if the document has one. A name of one word is allowed.',
      }),
      nativeName: text(maxLength.name).optional(),
      birthDate: day.refine((value) => value >= '1900-01-01', { error: 'must lie after 1900' }).optional(),
    }),
    certificateNumber: text(maxLength.certificateNumber),
    registerNumber: text(maxLength.registerNumber).optional(),
    assessedOn: validFor.optional(),
    awardedOn: validFor
      .optional()
      .meta({ description: 'Give assessedOn, awardedOn or both. Validity counts from the award.' }),
    route: z
      .enum(routeInputs, { error: `must be one of ${assessmentRouteValues.join(', ')}` })
      .optional()
      .meta({ description: 'The route by which the person was assessed: a value, or its text.' }),
    otherRoute: text(maxLength.otherRoute)
      .optional()
      .meta({ description: 'Only if route is other. A page shows it together with the name, and never before.' }),
    method: z
      .enum(methodInputs, { error: `must be one of ${assessmentMethodValues.join(', ')}` })
      .optional()
      .meta({ description: 'How the person was assessed: a value, or its text.' }),
    otherMethod: text(maxLength.otherMethod)
      .optional()
      .meta({ description: 'Only if method is other. A page shows it together with the name, and never before.' }),
    assessor: text(maxLength.assessor).optional().meta({ description: 'A reference, never a name.' }),
    centre: z
      .strictObject({ id: identifier, name: text(maxLength.name).optional() })
      .optional()
      .meta({ description: 'A registered assessment centre. The certificate gets its name from the register.' }),
    units: z.array(z.string().max(64)).min(1).max(64).optional(),
    limits: text(maxLength.limits).optional().meta({
      description:
        'Limits of scope, without the name of the holder. A page shows them together with the name, and never before.',
    }),
    signatory: z.strictObject({ name: text(maxLength.name), position: text(maxLength.position) }).optional(),
    validUntil: validFor.optional(),
    language: language.optional(),
    recipient: identifier.optional().meta({
      description:
        'Id of the authority that a certificate of good standing is for. Its officers find the link at their desk. It is not signed.',
    }),
    replaces: uuid.optional(),
    renews: uuid.optional(),
  })
  .meta({
    id: 'Certificate',
    description: 'What a body states about one certificate. The server sets everything else.',
  })

const { qualification: _, replaces: __, renews: ___, ...changeable } = issueInput.shape
/** Members that a correction or a renewal changes. `null` removes one, as in a JSON Merge Patch (RFC 7396). */
export const changesInput = z
  .strictObject({
    ...(Object.fromEntries(
      Object.entries(changeable).map(([name, schema]) => [name, (schema as z.ZodType).nullable().optional()]),
    ) as { [Name in keyof typeof changeable]: z.ZodOptional<z.ZodNullable<(typeof changeable)[Name]>> }),
  })
  .meta({
    id: 'CertificateChanges',
    description:
      'What changes in a certificate that is corrected or renewed. Other members stay. null removes a member.',
  })

const note = text(2_000).optional().meta({ description: 'For the officers of the body; never public.' })

export const revokeInput = z.strictObject({ reason: z.enum(revocationReasons), successor: uuid.optional(), note })
export const suspendInput = z.strictObject({ reason: z.enum(suspensionReasons), note })
export const reinstateInput = z.strictObject({ reason: z.enum(suspensionReasons).optional(), note })

export const eraseInput = z.strictObject({ reason: z.enum(erasureReasons) })
export const holdInput = z.strictObject({ reason: z.enum(holdReasons) })
/** The fields of the press at the desk. Its order was checked before, and is no field. */
export const newLinkForm = z.object({ number: z.coerce.number().int().min(1) })
export const newLinkInput = z.strictObject({
  number: z.int().min(1).max(1_000_000).meta({
    description:
      'The number of the link that ends, as the record of the certificate names it. A request that is sent twice ends one link.',
  }),
})

export const vcalmIssueInput = z.looseObject({
  credential: z.record(z.string(), z.unknown()),
  options: z
    .looseObject({
      cryptosuite: z.enum(['eddsa-rdfc-2022', 'ecdsa-rdfc-2019']).optional(),
      keyType: z.enum(['P-256', 'P-384']).optional(),
      statusPurpose: z.enum(['revocation', 'suspension']).optional(),
      format: z.never({ error: 'is not supported yet: leave it out' }).optional(),
    })
    .optional(),
})
export const vcalmStatusInput = z.looseObject({
  credentialId: z.string().max(500),
  credentialStatus: z.looseObject({
    type: z.literal('BitstringStatusListEntry').optional(),
    statusPurpose: z.enum(['revocation', 'suspension']),
  }),
  // Required, because a revocation is final: a missing member must not cause one.
  status: z.boolean(),
})
