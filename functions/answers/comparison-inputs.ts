import { identifier, text } from '@sijil/http/pieces'
import { comparisonResults } from '@sijil/qualifications'
import * as z from 'zod'
import { decision } from './decision-inputs.ts'

const edition = z.strictObject({
  qualification: text(105).meta({ description: 'Id of a qualification on record here.' }),
  edition: text(200),
})
const parties = z
  .array(z.strictObject({ registry: text(259).optional(), authority: text(64) }))
  .max(9)
  .default([])
const aspect = z.strictObject({ result: z.enum(comparisonResults), note: text(500).optional() }).optional()

export const comparisonInput = z
  .strictObject({
    id: identifier.meta({ description: 'The name after the id of your authority: bricks for {authority}.bricks.' }),
    version: z.int().min(1).max(999).meta({ description: '1 for a new comparison, and then the next number.' }),
    parties: parties.meta({
      description: 'The other authorities that can join. `registry`: its host name. Absent: this registry.',
    }),
    from: edition.meta({ description: 'What a holder has.' }),
    to: edition.meta({ description: 'What the host asks for. One of both is of your state.' }),
    rows: z
      .array(
        z.strictObject({
          unit: text(64).meta({ description: 'Code of a unit of the host. One without a row is not compared.' }),
          result: z.enum(comparisonResults),
          by: z.array(text(64)).max(10).default([]).meta({ description: 'Units of the holder that come closest.' }),
          note: text(500).optional().meta({ description: 'What is missing. Required for partial and gap.' }),
        }),
      )
      .max(100),
    aspects: z
      .strictObject({ assessment: aspect, grades: aspect, validity: aspect, certification: aspect })
      .default({}),
    effectiveFrom: decision.effectiveFrom,
  })
  .meta({ description: 'What is said of the whole is counted from the rows, so no member states it.' })

export const skillSetInput = z
  .strictObject({
    id: identifier.meta({ description: 'The name after the id of your authority: bricks for {authority}.bricks.' }),
    version: z.int().min(1).max(999).meta({ description: '1 for a new set, and then the next number.' }),
    parties: parties.meta({
      description: 'The other authorities that can join. `registry`: its host name. Absent: this registry.',
    }),
    name: text(200),
    units: z
      .array(
        z.strictObject({
          code: text(64),
          title: text(300),
          accepts: z
            .array(z.strictObject({ ...edition.shape, unit: text(64) }))
            .max(20)
            .default([])
            .meta({ description: 'Units of national standards that the parties accept for it.' }),
        }),
      )
      .min(1)
      .max(100),
    effectiveFrom: decision.effectiveFrom,
  })
  .meta({ description: 'A named set of units that all parties accept. A version is frozen by its hash.' })

const hash = text(100).meta({
  description:
    'The hash of the version, as GET /comparisons/{id}/{version}, GET /skill-sets/{id}/{version} or the page of the track shows it.',
})
export const joinVersionInput = z.strictObject({ hash, effectiveFrom: decision.effectiveFrom })
export const leaveVersionInput = z.strictObject({ hash, ...decision })
