import { identifier, must, text } from '@sijil/http/pieces'
import * as z from 'zod'
import { source } from './catalogue-inputs.ts'
import { decision, publicAddress } from './decision-inputs.ts'

const { effectiveFrom } = decision
const fact = { text: text(300).meta({ description: 'One sentence without its full stop.' }), source }

export const describeBodyInput = z.strictObject({
  record: identifier.optional().meta({
    description:
      'The body of the baseline that this one is, after the root of its state assigned it. Absent: the own id.',
    examples: ['ph-tesda'],
  }),
  awards: z
    .array(
      z.strictObject({
        title: text(200),
        levels: z.array(z.int().min(1).max(10)).min(1).max(10).optional(),
        years: z.int().min(1).max(99).optional().meta({ description: 'How long such a certificate counts.' }),
      }),
    )
    .max(30)
    .default([])
    .meta({ description: 'What it awards.' }),
  mandate: z
    .strictObject({
      text: text(500).meta({ description: 'Its task.' }),
      law: text(300).optional(),
      dated: z
        .string()
        .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, {
          error: 'must be a day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY',
        })
        .optional()
        .meta({ description: 'When the law was signed or came into force.' }),
      source,
    })
    .optional(),
  practice: z
    .strictObject({
      assessment: text(500).meta({ description: 'How it assesses.' }),
      assessors: text(500).meta({ description: 'What is required of those who assess.' }),
      certificate: text(500).meta({ description: 'What its certificates state.' }),
      appeal: text(500).meta({ description: 'How a candidate appeals against a result.' }),
      source,
    })
    .optional()
    .meta({ description: 'How it assesses and certifies, in the same form for every body.' }),
  register: publicAddress(500).optional().meta({ description: 'The address of its public register.' }),
  note: text(500).optional(),
  source,
  effectiveFrom,
})

export const describeStateInput = z.strictObject({
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, must('not-a-choice', 'must be the code of a state, ISO 3166-1 alpha-2'))
    .meta({ description: 'The state of the authority.', examples: ['PH'] }),
  certificateLanguages: z
    .strictObject({
      codes: z
        .array(z.string().regex(/^[a-z]{2,3}$/, { error: 'must be the code of a language, like en' }))
        .min(1)
        .max(10),
      source,
    })
    .meta({ description: 'Of certificates, the usual language first.' }),
  standards: z
    .array(
      z.strictObject({
        ...fact,
        place: text(200).optional().meta({ description: 'Where the standards are published.' }),
      }),
    )
    .max(30)
    .default([]),
  assurance: z
    .array(z.strictObject(fact))
    .max(30)
    .default([])
    .meta({ description: 'Quality assurance of training and assessment.' }),
  effectiveFrom,
})
