import { day, identifier, must, text } from '@sijil/http/pieces'
import { kinds, MOST_UNITS, schemes } from '@sijil/qualifications'
import * as z from 'zod'
import { basis, decision, localText, publicAddress } from './decision-inputs.ts'

const local = z
  .string()
  .regex(
    /^(?:[a-z0-9-]{1,64}\.)?[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    must('not-an-id', 'must be 1 to 40 letters a to z, digits and hyphens, without a hyphen at either end'),
  )
const editionId = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,18}[A-Za-z0-9])?$/,
    must('not-an-id', 'must be 1 to 20 letters, digits and hyphens'),
  )
  .meta({ description: 'Unique within the qualification. Certificates name it.', examples: ['2024'] })
export const source = publicAddress(500).meta({ description: 'Where it is published, for everybody to read.' })
const chosen = {
  title: text(200).meta({ description: 'As the scheme writes it, in English.' }),
  url: publicAddress(300),
  assignedBy: text(200).meta({ description: 'Who chose this code for the qualification.' }),
}
const fourDigits = ({ scheme, version }: { scheme: string; version: string }) =>
  z.strictObject({
    scheme: z.literal(scheme).default(scheme),
    version: z.literal(version).default(version),
    code: z.string().regex(/^[0-9]{4}$/, must('not-a-number', `must be a code of ${scheme} with 4 digits`)),
    ...chosen,
  })
/** An ESCO code is that of the ISCO-08 unit group, and a number for each step below it. New versions appear, so the owner names one. */
const esco = z.strictObject({
  scheme: z.literal(schemes.escoOccupation.scheme).default(schemes.escoOccupation.scheme),
  version: z
    .string()
    .regex(/^[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}$/, must('not-a-number', 'must be a version of ESCO, like 1.2.0'))
    .meta({ examples: ['1.2.0'] }),
  code: z
    .string()
    .regex(
      /^[0-9]{4}(?:\.[0-9]{1,3}){1,6}$/,
      must('not-a-number', 'must be the code of an occupation of ESCO, like 7112.1'),
    )
    .meta({ examples: ['7112.1'] }),
  ...chosen,
})
const term = (most: number) => z.int().min(1).max(most).optional()

const edition = z
  .strictObject({
    id: editionId,
    from: day.meta({ description: 'First day of award.' }),
    until: day.optional().meta({ description: 'Last day of award. Absent: no end is known.' }),
    supersedes: editionId.optional(),
    level: z
      .strictObject({ framework: z.string().min(1).max(105), national: z.int().min(1).max(10) })
      .optional()
      .meta({ description: 'The national level that the owner claims. It is shown as unconfirmed.' }),
    units: z
      .array(z.strictObject({ code: text(64), title: text(200) }))
      .max(MOST_UNITS, must('too-many', `must be at most ${MOST_UNITS}: one certificate names all of them`))
      .meta({ description: 'All units, in the order of the standard.' }),
    validity: z
      .union([z.literal('none'), z.strictObject({ years: term(50), months: term(600) })])
      .meta({ description: 'How long a certificate is valid, counted from the award.' }),
    assessment: text(500).optional().meta({ description: 'How it is assessed.' }),
    limits: text(500).optional().meta({ description: 'What the edition does not cover.' }),
    source,
  })
  .meta({ id: 'Edition' })

const statement = {
  kind: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]).default('skills-certificate'),
  title: text(200).meta({ description: 'In English.' }),
  localTitles: z.array(localText).max(5).optional(),
  description: text(300).meta({
    description: 'One plain sentence about what the holder was found able to do.',
    examples: ['Found able to cook plain food for groups.'],
  }),
  code: text(64).optional().meta({ description: 'The national code.' }),
  codeScheme: text(200).optional(),
  occupation: fourDigits(schemes.occupation).optional(),
  escoOccupation: esco.optional().meta({ description: 'The occupation in ESCO.' }),
  field: text(200).meta({ description: 'The field of study, in words.' }),
  fieldOfEducation: fourDigits(schemes.fieldOfEducation).optional(),
  requiredByLaw: z
    .strictObject({
      law: text(300).meta({ description: 'The citation: one sentence without its full stop.' }),
      source: publicAddress(500).meta({ description: 'The page on which the law is published.' }),
    })
    .optional()
    .meta({ description: 'Only where a law of its state demands this certificate for the work itself.' }),
  source,
}
const { effectiveFrom } = decision

export const stateQualificationInput = z.strictObject({
  id: local.meta({
    description:
      'The part of the id after the owner. The whole id is `{issuer}.{id}`. To restate it, give the same id. For a record that was assigned to you, or that you have from a predecessor, give its whole id.',
  }),
  ...statement,
  edition: edition.optional().meta({ description: 'Required when the qualification is new.' }),
  effectiveFrom,
})
export const stateEditionInput = z.strictObject({ edition, effectiveFrom })
export const assignRecordInput = z.strictObject({
  kind: z.enum(['qualification', 'framework', 'body']),
  record: z
    .string()
    .min(1)
    .max(64)
    .meta({
      description: 'A record that this registry read from public sources, of your state.',
      examples: ['ph-masonry-nc2'],
    }),
  owner: identifier.meta({ description: 'The body or authority that states it from then on.' }),
  basis,
  reason: decision.reason,
  effectiveFrom,
})
export const retireQualificationInput = z.strictObject({ basis, reason: decision.reason, effectiveFrom })
