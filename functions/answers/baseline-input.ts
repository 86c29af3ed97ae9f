import { parseInput } from '@sijil/http'
import { day, text } from '@sijil/http/pieces'
import {
  type Baseline,
  isReservedId,
  kinds,
  nationalFrameworks,
  professions,
  states,
  stepIds,
} from '@sijil/qualifications'
import * as z from 'zod'
import { strict } from './strict.ts'

const line = text(2_000)
const sources = z.array(line).min(1)
const confidence = z.enum(['low', 'medium-low', 'medium', 'medium-high', 'high'])
const state = z.enum(states.map(({ iso2 }) => iso2))
const local = z.strictObject({ text: line, language: z.string().regex(/^[a-z]{2,3}$/) })
const aqrf = z.int().min(1).max(8)
const level = z.int().min(1).max(10)
const dated = z.string().regex(/^\d{4}(?:-\d{2}){0,2}$/)
const sourced = { sources, confidence }
const assigned = { scheme: line.optional(), version: line.optional(), title: line, url: z.url(), assignedBy: line }
const code = { ...assigned, code: z.string().regex(/^\d{4}$/) }
const reserved = z.string().refine(isReservedId, { error: 'must begin with the code of a state, or with asean' })
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)

const qualification = z.strictObject({
  id: reserved,
  state: state.nullable(),
  kind: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  title: line,
  localTitle: local.optional(),
  localTitleConfidence: confidence.optional(),
  description: line,
  framework: line.optional(),
  level: level.optional(),
  levelConfidence: confidence.optional(),
  formerLevels: z.array(z.strictObject({ framework: line, level, until: day })).optional(),
  occupation: z.strictObject(code).optional(),
  escoOccupation: z.strictObject({ ...assigned, scheme: line, version: line, code: line }).optional(),
  furtherOccupations: z.array(z.string().regex(/^\d{4}$/)).optional(),
  field: line,
  fieldOfEducation: z.strictObject({ ...code, confidence }).optional(),
  units: z.array(z.strictObject({ code: line, title: line })),
  unitsEdition: line.optional(),
  edition: line,
  supersededOn: day.optional(),
  code: line.optional(),
  codeScheme: line.optional(),
  body: id.nullable(),
  validity: z.union([
    z.literal('none'),
    z.strictObject({ years: z.int().positive().optional(), months: z.int().positive().optional() }),
  ]),
  note: line.optional(),
  recordedOn: day,
  ...sourced,
})

/** No table and no level here says who confirmed it: only an authority confirms, by its own statement. */
const table = z.strictObject({
  version: line,
  date: day,
  rows: z.array(
    z.strictObject({
      national: level,
      aqrf: aqrf.nullable(),
      candidates: z.array(aqrf).optional(),
      note: line.optional(),
    }),
  ),
  ...sourced,
})

const framework = z.strictObject({
  id: z.enum(nationalFrameworks.map((each) => each.id)),
  state,
  stateName: line,
  name: line,
  localName: local.optional(),
  levels: level.nullable(),
  titles: z.record(z.string().regex(/^\d{1,2}$/), z.array(line).min(1)),
  titlesConfidence: confidence,
  titlesWithoutLevel: z.array(line).optional(),
  authority: line,
  law: line.optional(),
  referencing: z.strictObject({
    status: z.enum(['endorsed', 'not-endorsed', 'unclear']),
    endorsedOn: dated.optional(),
    endorsedBetween: z.strictObject({ from: day, to: day }).optional(),
    meeting: line.optional(),
    edition: line.optional(),
    report: line,
    dateConfidence: confidence.optional(),
    ...sourced,
  }),
  table: table.optional(),
  note: line.optional(),
  sources,
})

const roles = [
  'skills-certifier',
  'trade-certifier',
  'tvet-awarding',
  'professional-regulator',
  'regulator',
  'nqf-authority',
  'regional-register',
] as const

const body = z.strictObject({
  id,
  state: state.nullable(),
  name: line,
  localName: local.optional(),
  acronym: line.optional(),
  domain: line.optional(),
  role: z.enum(roles),
  awards: z.array(
    z.strictObject({ title: line, levels: z.array(level).optional(), years: z.int().positive().optional() }),
  ),
  arrangements: z.array(z.enum(professions)).optional(),
  mandate: z.strictObject({ text: line, law: line.optional(), dated: dated.optional(), ...sourced }).optional(),
  contact: z.strictObject({ office: line, sources }).optional(),
  register: line.optional(),
  note: line.optional(),
  ...sourced,
})

const arrangement = z.strictObject({
  id: z.enum(professions),
  name: line,
  signed: z.strictObject({ on: dated, ...sourced }),
  title: line.optional(),
  register: line.optional(),
  regulators: z.strictObject({ names: z.partialRecord(state, line), ...sourced }).optional(),
})

const fact = { text: line, body: id.optional(), ...sourced }
const stateRecord = z.strictObject({
  state,
  certificateLanguages: z.strictObject({ codes: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1), ...sourced }),
  standards: z.array(z.strictObject({ ...fact, place: line.optional() })),
  assurance: z.array(z.strictObject(fact)),
})

/** Nothing here says that a state declared it: only its officers declare, each time anew. */
const known = z.discriminatedUnion('progress', [
  z.strictObject({ step: z.enum(stepIds), progress: z.literal('nothing') }),
  z.strictObject({
    step: z.enum(stepIds),
    progress: z.enum(['done', 'under-way']),
    basis: z.enum(['reported', 'inferred']),
    by: state.optional(),
  }),
])
const updates = z.array(
  z.strictObject({
    from: dated,
    until: dated.optional(),
    approximate: z.literal(true).optional(),
    text: line,
    ...sourced,
  }),
)
const isco = z.string().regex(/^\d{4}$/)
const track = z.strictObject({
  id,
  states: z.array(state).min(2),
  origin: state.optional(),
  host: state.optional(),
  skillsArea: line,
  occupations: z.array(isco),
  areas: z.array(z.strictObject({ area: line, occupations: z.array(isco), qualifications: z.array(id) })).optional(),
  pairs: z.array(
    z.strictObject({
      from: id,
      to: z.array(id),
      progress: z.enum(['under-way', 'compared', 'reported-comparable']),
      on: dated.optional(),
      confidence,
    }),
  ),
  reportedOn: day,
  steps: z.array(known).length(stepIds.length),
  activities: z
    .array(z.strictObject({ activity: z.int().min(1).max(13), progress: z.enum(['done', 'planned']) }))
    .optional(),
  updates,
  ...sourced,
})
const corridor = z.strictObject({
  id,
  kind: z.enum(['roadmap', 'guiding-principles']),
  states: z.array(state).min(2),
  reportedOn: day,
  note: line,
  tracks: z.array(track),
  updates,
  ...sourced,
})

const isUnique = (records: readonly { id: string }[]) => new Set(records.map((each) => each.id)).size === records.length
const unique = <T extends { id: string }>(record: z.ZodType<T>) =>
  z.array(record).refine(isUnique, { error: 'must name each record once' })

const baselineInput = z.strictObject({
  version: z.int().positive(),
  readOn: day,
  qualifications: unique(qualification),
  frameworks: unique(framework),
  bodies: unique(body),
  arrangements: unique(arrangement),
  states: z.array(stateRecord),
  corridors: unique(corridor).optional(),
})

/** Reads the file of a baseline. Throws `validation-failed` with each fault, so that nothing of a faulty file is loaded. */
export function parseBaseline(value: unknown): Baseline {
  const baseline = strict(parseInput(baselineInput, value))
  return baseline as Baseline
}
