import { day, must, text } from '@sijil/http/pieces'
import * as z from 'zod'
import { source } from './catalogue-inputs.ts'
import { basis, decision, localText, publicAddress } from './decision-inputs.ts'

const local = z
  .string()
  .regex(
    /^(?:[A-Z0-9-]{2,20}|(?:[a-z0-9-]{1,64}\.)?[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)$/,
    must('not-an-id', 'must be 1 to 40 letters a to z, digits and hyphens, without a hyphen at either end'),
  )
  .meta({
    description:
      'The part of the id after the authority. The whole id is `{authority}.{id}`. To restate it, give the same id. For a record that was assigned to you, or that you have from a predecessor, give its whole id.',
  })
const recordId = (example: string) =>
  z
    .string()
    .regex(
      /^(?:[a-z0-9-]{1,64}\.[a-z0-9-]{1,40}|[A-Za-z0-9-]{1,64})$/,
      must('not-an-id', `must be the whole id of a record, like board.cookery-2 or ${example}`),
    )
    .meta({ examples: [example] })
const { effectiveFrom } = decision
const editionId = z.string().min(1).max(20)

export const stateFrameworkInput = z.strictObject({
  id: local,
  name: text(200).meta({ description: 'In English.' }),
  acronym: text(20).meta({ description: 'The short name that stands before a level.', examples: ['SQF'] }),
  localName: localText.optional(),
  levels: z.int().min(1).max(10),
  levelTitles: z.array(text(100)).max(10).default([]).meta({ description: 'The name of each level, in order.' }),
  descriptors: z
    .array(text(1_000))
    .max(10)
    .optional()
    .meta({ description: 'What a holder knows and can do at each level, in order.' }),
  edition: text(100)
    .optional()
    .meta({ description: 'The name of this edition of the framework. A level says which one it is of.' }),
  law: text(300).optional(),
  source,
  effectiveFrom: day.meta({ description: 'The day from which the framework, or this change of it, is in force.' }),
})
export const stateReferencingInput = z.strictObject({
  status: z.enum(['proposed', 'endorsed', 'superseded']),
  endorsedOn: day.optional().meta({ description: 'The day on which the AQRF Committee endorsed it.' }),
  meeting: text(200).optional(),
  edition: text(100).optional().meta({ description: 'The edition of the national framework that was referenced.' }),
  report: text(300).meta({ description: 'The citation: one sentence without its full stop.' }),
  source,
  effectiveFrom,
})
const row = z.strictObject({
  national: z.int().min(1).max(10),
  aqrf: z.int().min(1).max(8).nullable().meta({ description: 'The AQRF level. Null: not known.' }),
  note: text(300).optional(),
})
export const confirmLevelsInput = z
  .strictObject({ version: text(20), rows: z.array(row).min(1).max(10), source, effectiveFrom })
  .meta({ description: 'One row for each national level, in order.' })
const placement = { qualification: recordId('ph-masonry-nc2'), edition: editionId, framework: recordId('PQF') }
export const placeEditionInput = z.strictObject({
  ...placement,
  level: z.int().min(1).max(10),
  source: publicAddress(500).meta({ description: 'The page of the register that shows it.' }),
  effectiveFrom,
})
export const endPlacementInput = z.strictObject({ ...placement, basis, reason: decision.reason, effectiveFrom })
