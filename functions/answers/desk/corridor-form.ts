import { parseInput } from '@sijil/http'
import type { CorridorText } from '@sijil/qualifications'
import type { TypedFields } from '@sijil/web'
import { corridorInput, levelRecordInput, openGapsInput } from '../corridor-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { versionIn } from './comparison-form.ts'
import { chosenTrack } from './corridor-actions.ts'
import type { Body, DeskAction, Present } from './desk-action.ts'
import { cellsIn } from './pasted-rows.ts'

type OccupationRow = Readonly<Record<'isco' | 'language' | 'text' | 'roles', string | undefined>>

/** Rows of one code are one occupation: each row can add a description in another language. */
const byCode = (rows: unknown): Map<string, OccupationRow[]> =>
  Map.groupBy((rows ?? []) as readonly OccupationRow[], ({ isco }) => isco ?? '')

const occupationsIn = (rows: unknown) =>
  [...byCode(rows)].map(([isco, own]) => ({
    isco,
    descriptions: own.flatMap(({ language, text }) =>
      language === undefined && text === undefined ? [] : { language, text },
    ),
    roles: own.flatMap(({ roles }) => cellsIn(roles)),
  }))

/** One track as a form has it. */
function trackIn({ demand = [], occupations, areas = [], ...rest }: Body): Body {
  return {
    ...rest,
    demand: (demand as readonly Body[]).map((one) => ({ ...one, access: 'public', artefact: 'demand-evidence' })),
    occupations: occupationsIn(occupations),
    areas: (areas as readonly Body[]).map(({ area, occupations: of, qualifications }) => ({
      area,
      occupations: cellsIn(of),
      qualifications: cellsIn(qualifications),
    })),
  }
}

const tracksBefore = ({ corridor }: Present) => corridor?.content.tracks ?? []

/** The fields of a track stand under `track`. In the text it is the last one. */
function ofTrack(pointer: string, { track }: Body, present: Present): string {
  const text = pointer.replace(/^\/corridor/, '')
  const own = `/tracks/${tracksBefore(present).length}`
  if (text === own || text.startsWith(`${own}/`)) {
    const [, list, at, ...rest] = text.slice(own.length).split('/')
    if (list !== 'occupations' || at === undefined) return `/track${text.slice(own.length)}`
    const rows = ((track as Body | undefined)?.occupations ?? []) as readonly OccupationRow[]
    const [first] = [...byCode(rows).values()][Number(at)] ?? []
    return ['/track/occupations', first === undefined ? at : rows.indexOf(first), ...rest].join('/')
  }
  return text === '/title' ? '/corridor/title' : pointer
}

const proposal =
  (versionOf: (body: Body) => { id: unknown; version: number }): DeskAction['make'] =>
  ({ authority }, body, chance, present) => {
    const { corridor, track, effectiveFrom } = body
    const input = parseInput(corridorInput, {
      ...versionOf(body),
      ...(corridor as Body),
      tracks: [...tracksBefore(present), ...(track === undefined ? [] : [trackIn(track as Body)])],
      ...(effectiveFrom !== undefined && { effectiveFrom }),
    })
    return proposedChanges['propose-corridor']({ authority, here: present.here }, input, chance)
  }

const group = 'corridors'

/** The text of a corridor, which all parties join. A form adds one track to it. */
export const corridorTextActions = {
  'propose-corridor': {
    group,
    fields: [
      'corridorId',
      'corridor.title',
      'corridor.parties',
      'track.id',
      'track.skillsArea',
      'track.origin?',
      'track.host?',
      'track.demand',
      'track.occupations',
      'track.areas?',
      'effectiveFrom?',
    ],
    pointers: ofTrack,
    make: proposal(({ corridorId }) => ({ id: corridorId, version: 1 })),
  },
  'revise-corridor': {
    group,
    first: 'revisedCorridor',
    fields: [
      'corridor.title',
      'corridor.parties',
      'track.id?',
      'track.skillsArea?',
      'track.origin?',
      'track.host?',
      'track.demand?',
      'track.occupations?',
      'track.areas?',
      'effectiveFrom?',
    ],
    pointers: ofTrack,
    make: proposal(({ revisedCorridor }) => {
      const { id, version } = versionIn(revisedCorridor)
      return { id: id.slice(id.indexOf('.') + 1), version: Number(version) + 1 }
    }),
  },
  'open-gaps': {
    group,
    fields: ['ownTrack', 'ofComparison'],
    make: (_, { ownTrack, ofComparison }) => {
      const { id: comparison, version } = versionIn(ofComparison)
      const input = parseInput(openGapsInput, { comparison, version: Number(version) })
      return proposedChanges['open-gaps'](chosenTrack(ownTrack), input)
    },
  },
  'propose-level-record': {
    group,
    fields: [
      'levelId',
      'levelVersion',
      'ownTrack',
      'otherParty',
      'standard',
      'ofEdition',
      'aqrf',
      'hostLevel?',
      'source',
      'effectiveFrom?',
    ],
    make: ({ authority }, body, chance, { here }) => {
      const { levelId: id, levelVersion: version, ownTrack, otherParty: party, standard, ofEdition, ...rest } = body
      const { id: corridor, track } = chosenTrack(ownTrack)
      const edition = { qualification: standard, edition: ofEdition }
      const input = parseInput(levelRecordInput, { ...rest, id, version, party, corridor, track, edition })
      return proposedChanges['propose-level-record']({ authority, here }, input, chance)
    },
  },
} satisfies Record<string, DeskAction>

/** The next version begins with the title and the parties of the last one. Its tracks stay in the text. */
export const typedCorridor = ({ title }: CorridorText, others: readonly string[]): TypedFields => ({
  'corridor.title': title,
  'corridor.parties': others.join('\n'),
})
