import { parseInput } from '@sijil/http'
import type { AspectName, Comparison, PinnedEdition } from '@sijil/qualifications'
import type { AskedField } from '@sijil/views/desk'
import type { TypedFields } from '@sijil/web'
import type { $ZodType } from 'zod/v4/core'
import { comparisonInput, joinVersionInput, leaveVersionInput } from '../comparison-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Body, DeskAction } from './desk-action.ts'
import { draftText, UNIT_ROWS } from './unit-rows.ts'

/** An edition is chosen as `{qualification} {edition}`. The id of a qualification has no space. */
export function editionIn(value: unknown): PinnedEdition {
  const text = String(value ?? '')
  const at = text.indexOf(' ')
  return { qualification: text.slice(0, Math.max(at, 0)), edition: text.slice(at + 1) }
}
const editionValue = ({ qualification, edition }: PinnedEdition): string => `${qualification} ${edition}`

/** `id`, or `id registry` for an authority that joins in another registry. */
export function partyOf(line: string): { authority: string; registry?: string } {
  const [authority = '', registry] = line.split(/\s+/)
  return { authority, ...(registry !== undefined && { registry }) }
}

/** The rows and aspects of a form stand under `comparison`, as in the change. The body of the API has them at its top. */
const inComparison = (pointer: string): string =>
  /^\/(?:from|to|rows|aspects)\b/.test(pointer) ? `/comparison${pointer}` : pointer

type Version = { id: unknown; version: number }

const proposal =
  (versionOf: (body: Body) => Version): DeskAction['make'] =>
  ({ authority }, body, chance, { here }) => {
    const { comparison, parties = [], effectiveFrom } = body
    const { from, to, rows = [], aspects: stated = {} } = (comparison ?? {}) as Body
    const input = parseInput(comparisonInput, {
      ...versionOf(body),
      from: editionIn(from),
      to: editionIn(to),
      rows,
      aspects: stated,
      parties: (parties as readonly string[]).map(partyOf),
      ...(effectiveFrom !== undefined && { effectiveFrom }),
    })
    return proposedChanges['propose-comparison']({ authority, here }, input, chance)
  }

/** A version of `{id} {number}`, and with its text `{id} {number} {hash} {kind}`. */
export const versionIn = (value: unknown) => {
  const [id = '', version = '', hash = '', kind = ''] = String(value).split(' ')
  return { id, version, hash, kind }
}

/** An action about a version that the form names with the hash of the text that its page shows. */
const ofVersion =
  <Input>(
    field: 'joinable' | 'joined',
    schema: $ZodType<Input>,
    change: (
      named: { id: string; version: string; kind: string },
      input: Input,
      chance: { now: Date },
    ) => ReturnType<DeskAction['make']>,
  ): DeskAction['make'] =>
  (_, { [field]: value, ...body }, chance) => {
    const { hash, ...named } = versionIn(value)
    return change(named, parseInput(schema, { ...body, hash }), chance)
  }

const fields = [
  'comparison.search?',
  'comparison.from',
  'comparison.to',
  'parties?',
  'comparison.rows?',
  'comparison.aspects.assessment.result?',
  'comparison.aspects.assessment.note?',
  'comparison.aspects.certification.result?',
  'comparison.aspects.certification.note?',
  'comparison.aspects.grades.result?',
  'comparison.aspects.grades.note?',
  'comparison.aspects.validity.result?',
  'comparison.aspects.validity.note?',
  'effectiveFrom?',
] as const satisfies readonly AskedField[]

const group = 'comparisons'

/** What an authority does about comparisons. */
export const comparisonActions = {
  'propose-comparison': {
    group,
    fields: ['comparisonId', ...fields],
    pointers: inComparison,
    make: proposal(({ comparisonId }) => ({ id: comparisonId, version: 1 })),
  },
  'revise-comparison': {
    group,
    first: 'revised',
    fields,
    pointers: inComparison,
    make: proposal(({ revised }) => {
      const { id, version } = versionIn(revised)
      return { id: id.slice(id.indexOf('.') + 1), version: Number(version) + 1 }
    }),
  },
  'join-version': {
    group,
    fields: ['joinable', 'effectiveFrom?'],
    make: ofVersion('joinable', joinVersionInput, proposedChanges['join-version']),
  },
  'leave-version': {
    group,
    fields: ['joined', 'effectiveFrom?', 'basis', 'reason'],
    make: ofVersion('joined', leaveVersionInput, proposedChanges['leave-version']),
  },
} as const satisfies Readonly<Record<string, DeskAction>>

/** A version as an officer would type it: the next one begins with all that the last one says. */
export function typedComparison(
  { from, to, rows, aspects: stated }: Omit<Comparison, 'catalogueAt'>,
  others: readonly string[],
): TypedFields {
  const ofAspects = (Object.keys(stated) as AspectName[]).flatMap((name) => {
    const { result = '', note = '' } = stated[name] ?? {}
    const at = `comparison.aspects.${name}`
    return [[`${at}.result`, result] as const, ...(note === '' ? [] : [[`${at}.note`, note] as const])]
  })
  return {
    'comparison.from': editionValue(from),
    'comparison.to': editionValue(to),
    ...(others.length > 0 && { parties: others.join('\n') }),
    [UNIT_ROWS]: draftText(rows.map(({ note = '', ...row }) => ({ ...row, note }))),
    ...Object.fromEntries(ofAspects),
  }
}
