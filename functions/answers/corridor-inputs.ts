import { day, identifier, text } from '@sijil/http/pieces'
import { type Artefact, artefacts, complianceDegrees, professions } from '@sijil/qualifications'
import * as z from 'zod'
import { source } from './catalogue-inputs.ts'
import { decision } from './decision-inputs.ts'

const artefact = z
  .enum(Object.keys(artefacts) as [Artefact, ...Artefact[]])
  .meta({ description: 'A document of the step, as its template names it.' })
const sha256 = text(200).meta({ description: 'SHA-256 of the file, 64 hex digits in small letters.' })
const openEvidence = z.strictObject({
  access: z.literal('public'),
  artefact,
  title: text(200),
  address: source,
  sha256,
})
const evidence = z
  .array(
    z.discriminatedUnion('access', [
      openEvidence,
      z.strictObject({ access: z.literal('hash-only'), artefact, title: text(200), sha256 }).meta({
        description: 'Only its kind and a hash with random bits become public. The parties read the rest.',
      }),
    ]),
  )
  .max(20)

const state = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .optional()
const isco = z
  .string()
  .regex(/^[0-9]{4}$/)
  .meta({ description: 'ISCO-08 unit group.' })
const track = z.strictObject({
  id: identifier,
  skillsArea: text(200),
  origin: state.meta({ description: 'State of a party. Absent: in every direction.' }),
  host: state,
  demand: z.array(openEvidence).max(20).meta({ description: 'Evidence that the country of destination asks for it.' }),
  occupations: z
    .array(
      z.strictObject({
        isco,
        descriptions: z
          .array(z.strictObject({ language: z.string().regex(/^[a-z]{2,3}$/), text: text(1_000) }))
          .max(12)
          .default([]),
        roles: z.array(text(200)).max(50).default([]).meta({ description: 'Roles and responsibilities.' }),
      }),
    )
    .max(50),
  areas: z
    .array(
      z.strictObject({
        area: text(200),
        occupations: z.array(isco).max(50),
        qualifications: z.array(text(105)).max(50).meta({ description: 'Ids of qualifications on record here.' }),
      }),
    )
    .max(50)
    .default([]),
})

export const corridorInput = z
  .strictObject({
    id: identifier.meta({ description: 'The name after the id of your authority: building for {authority}.building.' }),
    version: z.int().min(1).max(999).meta({ description: '1 for a new corridor, and then the next number.' }),
    parties: z.array(text(64)).min(1).max(9).meta({ description: 'The other authorities, all of this registry.' }),
    title: text(200),
    tracks: z.array(track).max(20),
    effectiveFrom: decision.effectiveFrom,
  })
  .meta({ description: 'The text that every party joins. A version that changes it is joined anew by all of them.' })

export const declareStepInput = z.strictObject({
  progress: z.enum(['under-way', 'done']),
  on: day.meta({
    description: 'The day of the work. Not before the corridor or the step before it, and not in the future.',
  }),
  part: text(500).meta({ description: 'For which part of the work you speak.' }),
  evidence: evidence.default([]),
})
export const joinStepInput = z.strictObject({
  hash: text(100).meta({ description: 'The hash of the declaration, as GET /corridors/{id}/{track} shows it.' }),
})
export const withdrawStepInput = z.strictObject({ basis: decision.basis })
export const attachEvidenceInput = z.strictObject({ evidence: evidence.min(1) })
export const planStepInput = z.strictObject({
  office: text(200).meta({ description: 'The office that does it. Only the parties read it.' }),
  due: day,
})

export const complianceInput = z
  .strictObject({
    arrangement: z.enum(professions).meta({ description: 'The arrangement whose work plan has the line.' }),
    line: text(20).meta({ description: 'The number of the action line in the plan.', examples: ['A.1.2'] }),
    title: text(300).meta({ description: 'The line as it is printed there. All states use the same words.' }),
    degree: z.enum(complianceDegrees),
    on: day.meta({ description: 'The day for which it is said. Not in the future.' }),
    evidence: z
      .array(openEvidence.omit({ access: true, artefact: true }))
      .max(20)
      .default([]),
  })
  .meta({
    description: 'How far your state has come with one action line. Only the root of a whole state declares it.',
  })

export const receivePortfolioInput = z
  .strictObject({
    manifest: text(200).meta({ description: 'SHA-256 of the manifest, 64 hex digits in small letters.' }),
    receivedOn: day.meta({ description: 'Not in the future, and not before the corridor.' }),
  })
  .meta({ description: 'The authority of the receiving state got a portfolio. It names no person, and sends no file.' })

export const levelRecordInput = z
  .strictObject({
    id: identifier.meta({ description: 'The name after the id of your authority: bricks for {authority}.bricks.' }),
    version: z.int().min(1).max(999).meta({ description: '1 for a new record, and then the next number.' }),
    party: text(64).meta({ description: 'Id of the authority of the other state.' }),
    corridor: text(105),
    track: text(64).meta({ description: 'Every step before 7b is done by all.' }),
    edition: z.strictObject({ qualification: text(105), edition: text(200) }).meta({
      description: 'Of a qualification of the track, and of one of both states. It is shown for the other one alone.',
    }),
    aqrf: z.int().min(1).max(8).meta({ description: 'Agreed by both states; not endorsed by the AQRF Committee.' }),
    hostLevel: z.int().min(1).max(20).optional().meta({ description: 'In the framework of the receiving state.' }),
    source: source.meta({ description: 'Where both states published it.' }),
    effectiveFrom: decision.effectiveFrom,
  })
  .meta({ description: 'The level that step 7b leaves behind. It is never signed into a certificate.' })

export const openGapsInput = z.strictObject({
  comparison: text(105).meta({ description: 'Id of a comparison that names you as a party.' }),
  version: z.int().min(1).max(999),
})
export const planGapInput = z.strictObject({
  action: text(500).meta({ description: 'What is done about it; public.' }),
  office: planStepInput.shape.office,
  due: day,
})
