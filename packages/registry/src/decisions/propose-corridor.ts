import { type CorridorText, claimsIn, corridorFaults } from '@sijil/qualifications'
import { type Corridor, corridorAt } from '../corridors/corridor-at.ts'
import { CORRIDOR, listCorridors, readCorridor } from '../corridors/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { type Party, proposedText } from '../joint/events.ts'
import { isSameParty } from '../joint/joint-at.ts'
import { loadLooks } from '../likeness/skeleton.ts'
import type { Entity } from '../trust/entity.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { verdictFaults } from './verdict-words.ts'

/** What an authority states of a corridor. The states of the parties follow from their records. */
export type CorridorProposal = Omit<CorridorText, 'states'>

interface Proposed {
  id: string
  number: number
  parties: readonly Party[]
  /** Of the parties, in their order. Every one is an authority of this registry. */
  entities: readonly Entity[]
}

/** The text of a version, once nothing speaks against it. Throws `validation-failed` with every fault, and `conflict` (Z004). */
export async function corridorText(
  proposal: CorridorProposal,
  { id, number, parties, entities }: Proposed,
  deps: CarryOutDeps,
): Promise<CorridorText> {
  const text: CorridorText = {
    ...proposal,
    states: entities.map(({ identity: { state, stateName } }) => ({ state, ...(stateName && { stateName }) })),
  }
  const faults: Fault[] = [...corridorFaults(text), ...textFaults(text)].map(({ pointer, ...fault }) => ({
    ...fault,
    pointer: pointer === '/parties' ? pointer : `/corridor${pointer}`,
  }))
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the corridor cannot be proposed as described', { faults })
  const moment = deps.now.toISOString()
  const before = corridorAt(await readCorridor(id, deps.store), { effective: moment, recorded: moment })
  if (number > 1) requireKept(before, text, parties)
  await requireOwnName(id, text.title, deps)
  return text
}

/**
 * Nobody removes a party or a track: a party leaves by its own officers, and what was declared of a track stays on record. A version that
 * ended for all binds nobody.
 */
function requireKept(before: Corridor | undefined, { tracks }: CorridorText, parties: readonly Party[]): void {
  const inForce = before?.state === 'open' ? before.current?.text : undefined
  if (inForce === undefined) return
  if (inForce.parties.some((party) => !parties.some((one) => isSameParty(one, party))))
    throw new RegistryError('conflict', 'a party of this corridor is missing: it leaves by its own officers')
  if (inForce.content.tracks.some(({ id }) => !tracks.some((one) => one.id === id)))
    throw new RegistryError('conflict', 'a track of this corridor is missing: what was declared of it stays')
}

/** Two corridors that look alike would be taken for one, and one of them lacks a party. */
async function requireOwnName(id: string, title: string, { store }: CarryOutDeps): Promise<void> {
  const looksOf = await loadLooks()
  const looks = looksOf(title)
  for (const versions of await listCorridors(store))
    for (const commits of versions) {
      const other = proposedText(commits)
      if (other === undefined || other.id === id) continue
      if ([...looksOf(other.content.title)].some((look) => looks.has(look)))
        throw new RegistryError('conflict', 'another corridor has a name that looks the same: choose another one')
    }
}

/** Everybody reads these texts beside the names of the parties (Q015). */
const textFaults = ({ title, tracks }: CorridorText): Fault[] => [
  ...verdictFaults('/title', title),
  ...tracks.flatMap(({ skillsArea, demand, occupations, areas }, at) => [
    ...verdictFaults(`/tracks/${at}/skillsArea`, skillsArea),
    ...demand.flatMap(({ title: of }, place) => [
      ...verdictFaults(`/tracks/${at}/demand/${place}/title`, of),
      ...claimsIn(`/tracks/${at}/demand/${place}/title`, of),
    ]),
    ...occupations.flatMap(({ descriptions, roles }, place) =>
      [...descriptions.map((one) => one.text), ...roles].flatMap((text) =>
        verdictFaults(`/tracks/${at}/occupations/${place}`, text),
      ),
    ),
    ...areas.flatMap(({ area }, place) => verdictFaults(`/tracks/${at}/areas/${place}/area`, area)),
  ]),
]

export const isCorridor = ({ kind }: { kind: string }): boolean => kind === CORRIDOR
