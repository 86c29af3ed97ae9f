import { type CorridorFault, evidenceFaults, type PublicEvidence } from './evidence.ts'
import { roadmap } from './roadmap.ts'

/** The text that the parties of a corridor join. Whatever changes it is a new version, which all of them join anew. */
export interface CorridorText {
  title: string
  /** One for each party, in their order: its state on the day of the proposal. */
  states: readonly PartyState[]
  tracks: readonly TrackText[]
}

export interface PartyState {
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Only of a fictional state. */
  stateName?: string
}

/** One skills area. It opens only with evidence that the country of destination asks for it. */
export interface TrackText {
  id: string
  skillsArea: string
  /** States of parties. Absent where they recognise in every direction. */
  origin?: string
  host?: string
  demand: readonly PublicEvidence[]
  occupations: readonly CorridorOccupation[]
  /** Functional area → occupations → qualifications. */
  areas: readonly { area: string; occupations: readonly string[]; qualifications: readonly string[] }[]
}

export interface CorridorOccupation {
  /** ISCO-08 unit group. */
  isco: string
  descriptions: readonly { language: string; text: string }[]
  /** Roles and responsibilities. */
  roles: readonly string[]
}

const MOST_TRACKS = 20
const [firstStep] = roadmap

/** Every fault of the text. It names places and rules, never a text. */
export function corridorFaults({ title, states, tracks }: CorridorText): CorridorFault[] {
  // Nothing else is looked at, so that a huge input costs nothing.
  if (tracks.length === 0 || tracks.length > MOST_TRACKS)
    return [{ pointer: '/tracks', detail: `must be 1 to ${MOST_TRACKS} tracks` }]
  const known = new Set(states.map(({ state }) => state))
  const faults: CorridorFault[] =
    known.size < 2 ? [{ pointer: '/parties', detail: 'must be authorities of two states or more' }] : []
  const ids = new Set<string>()
  for (const [at, track] of tracks.entries()) {
    if (ids.has(track.id)) faults.push({ pointer: `/tracks/${at}/id`, detail: 'must be the id of one track only' })
    ids.add(track.id)
    faults.push(...trackFaults(track, known, `/tracks/${at}`))
  }
  return [...faults, ...claimsIn('/title', title)]
}

function trackFaults(track: TrackText, states: ReadonlySet<string>, pointer: string): CorridorFault[] {
  const { origin, host, demand, occupations, areas, skillsArea } = track
  const faults: CorridorFault[] = claimsIn(`${pointer}/skillsArea`, skillsArea)
  const isDirected = origin !== undefined || host !== undefined
  const ends = [origin, host].every((state) => state !== undefined && states.has(state))
  if (isDirected && (!ends || origin === host))
    faults.push({ pointer: `${pointer}/host`, detail: 'must be two states of parties, origin and host, or neither' })
  if (demand.length === 0)
    faults.push({
      pointer: `${pointer}/demand`,
      detail: 'must be evidence of the demand in the country of destination',
    })
  for (const fault of evidenceFaults(demand, firstStep ?? { artefacts: [] }))
    faults.push({ ...fault, pointer: fault.pointer.replace('/evidence', `${pointer}/demand`) })
  const codes = new Set(occupations.map(({ isco }) => isco))
  if (codes.size === 0 || codes.size < occupations.length)
    faults.push({ pointer: `${pointer}/occupations`, detail: 'must be occupations by their ISCO-08 codes, each once' })
  for (const [at, { descriptions, roles }] of occupations.entries()) {
    const own = `${pointer}/occupations/${at}`
    if (new Set(descriptions.map(({ language }) => language)).size < descriptions.length)
      faults.push({ pointer: `${own}/descriptions`, detail: 'must be one text for each language' })
    for (const text of [...descriptions.map((one) => one.text), ...roles]) faults.push(...claimsIn(own, text))
  }
  for (const [at, { area, occupations: of }] of areas.entries()) {
    faults.push(...claimsIn(`${pointer}/areas/${at}/area`, area))
    if (of.some((code) => !codes.has(code)))
      faults.push({ pointer: `${pointer}/areas/${at}/occupations`, detail: 'must be occupations of this track' })
  }
  return faults
}

/** Only an arrangement may say so, in its own words, in the record of its pair. */
export const claimsIn = (pointer: string, text: string): CorridorFault[] =>
  /equivalen/i.test(text.normalize('NFKC')) ? [{ pointer, detail: 'must not say that anything is equivalent' }] : []
