import { day, text } from '@sijil/http/pieces'
import { duplicateReasons, maxLength } from '@sijil/registry/certificates'
import { logoLimits, MOST_ROWS, MOST_YEARS } from '@sijil/registry/decisions'
import { policyActs } from '@sijil/registry/trust'
import { eventKinds } from '@sijil/registry/webhooks'
import * as z from 'zod'

/** What a body decides about its own certificates. Two of its officers decide it. */

const effectiveFrom = day
  .optional()
  .meta({ description: 'The first day on which it counts. Absent, or today: it counts from this moment on.' })

/** Of an authority: `batchFrom` and the rest are about certificates, which a body issues. */
const decidedBy = z.enum(['one', 'two'], { error: 'must be one or two' }).meta({
  description: 'Of an authority alone: how many of its officers decide about one certificate of another state.',
})
export const decidersInput = z.strictObject({ decidedBy, effectiveFrom })

export const policyInput = z
  .strictObject({
    secondPerson: z
      .array(z.enum(policyActs))
      .max(policyActs.length)
      .default([])
      .meta({ description: 'Acts that a second member of the body must approve.' }),
    batchFrom: z
      .int()
      .min(1)
      .max(MOST_ROWS)
      .optional()
      .meta({ description: 'A batch of so many rows or more needs a second person. A body must state it.' }),
    retentionYears: z.int().min(1).max(MOST_YEARS).optional().meta({
      description:
        'Years from the day of issue for which the body keeps the content of a certificate. Absent: not stated.',
    }),
    numberPattern: text(60).optional().meta({
      description:
        'How the body numbers its certificates, such as TH-YYYY-00000: the one run of three to nine zeros counts, and YYYY or YY is the year in UTC. Absent: each number follows the last one of its qualification.',
    }),
    decidedBy: decidedBy.optional(),
    effectiveFrom,
  })
  .refine(({ batchFrom, decidedBy: deciders }) => batchFrom !== undefined || deciders !== undefined, {
    path: ['batchFrom'],
    error: 'is missing',
  })

export const signatoryInput = z.strictObject({
  signatory: z
    .strictObject({
      name: text(maxLength.name).meta({ description: 'Of an officer, in their public role. It is sealed at once.' }),
      title: text(maxLength.position).meta({ description: 'Their office. It is not sealed.' }),
    })
    .nullable()
    .meta({ description: 'null: nobody signs from then on.' }),
  effectiveFrom,
})

export const logoInput = z.strictObject({
  png: z
    .base64()
    .max(Math.ceil(logoLimits.bytes / 3) * 4)
    .nullable()
    .meta({
      description: 'A PNG without metadata, in base64. It is decoded and encoded anew. null: no logo from then on.',
    }),
  effectiveFrom,
})

export const webhookInput = z.strictObject({
  endpoint: z
    .strictObject({
      url: text(500).meta({
        description:
          'Address of a system of the body: https on port 443, at a host name whose addresses are all public. Other officers see it, so it holds no secret.',
        example: 'https://hooks.body.example/sijil',
      }),
      kinds: z
        .array(z.enum(eventKinds))
        .min(1)
        .max(eventKinds.length)
        .refine((kinds) => new Set(kinds).size === kinds.length, 'must name each kind once')
        .meta({ description: 'Kinds of events that it gets.' }),
    })
    .nullable()
    .meta({ description: 'null: nothing is sent from then on.' }),
  effectiveFrom,
})

/** The number of the copy that the page offered. A form of a page that was shown before another print is refused. */
export const printInput = z.strictObject({
  copy: z.coerce.number().int().min(1).max(1_000),
  reason: z.enum(duplicateReasons).optional(),
})
