import type { Qualification } from '@sijil/qualifications'
import type { CatalogueCommits } from '../catalogue/events.ts'
import { findOwner } from '../catalogue/owner.ts'
import type { QualificationHistory } from '../catalogue/qualification-at.ts'
import { baselineCatalogue, baselineOf, type CatalogueReader, unknownHistory } from '../catalogue/reader.ts'
import { streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustReader } from '../trust/reader.ts'

/** A list that counts here: its copied trust, and the states for which it may speak. */
export interface CountingList {
  trust: TrustReader
  states: readonly string[]
}

const ADDRESS = /^(https?:\/\/[^\s/?#@]{1,200})\/qualifications\/([a-z0-9.-]{1,105})$/

/** The registry and the id that the address of a qualification names. Undefined: it is no such address. */
export function partsOfAddress(address: string): { registry: string; id: string } | undefined {
  const [, registry, id] = ADDRESS.exec(address) ?? []
  return registry === undefined || id === undefined ? undefined : { registry, id }
}

/**
 * What is known here about a qualification of another registry, under its whole address. The baseline is shared, so its record answers.
 * Of one that its owner recorded there, only the state of that owner is known, from the copied list: it has no field, no occupation, no
 * level and no units here, so a limit by one of these does not cover it. A list says nothing about states for which it may not speak.
 */
export async function remoteQualification(
  address: string,
  id: string,
  { trust, states }: CountingList,
  catalogue: CatalogueReader,
): Promise<QualificationHistory> {
  const owner = findOwner(id)
  const record = owner === undefined ? await baselineOf(catalogue)(id) : await ownedBy(owner, address, trust)
  if (record === undefined || (record.state !== null && !states.includes(record.state))) return unknownHistory(address)
  const { frameworks } = owner === undefined ? await baselineCatalogue(catalogue)(id) : {}
  return { id: address, commits: stated({ ...record, id: address }), ...(frameworks && { frameworks }) }
}

async function ownedBy(owner: string, address: string, trust: TrustReader): Promise<Qualification | undefined> {
  const entity = entityAt(owner, await trust(owner), EVERYTHING)
  if (entity === undefined || entity.sandbox) return undefined
  const { state, stateName } = entity.identity
  return {
    id: address,
    state,
    ...(stateName && { stateName }),
    kind: 'skills-certificate',
    title: address,
    description: '',
    field: '',
    units: [],
    edition: '',
    body: null,
    validity: 'none',
    recordedOn: entity.registeredFrom.slice(0, 10),
    sources: [],
    confidence: 'low',
  }
}

/** One record that answers at every moment. It is made for the question, and is written nowhere. */
const stated = (record: Qualification): CatalogueCommits => [
  {
    stream: streams.qualification(record.id),
    number: 0,
    events: [{ type: 'baseline-stated', baseline: 0, readOn: record.recordedOn, record, always: true }],
    actor: 'system:list',
    effectiveAt: `${record.recordedOn}T00:00:00.000Z`,
    recordedAt: `${record.recordedOn}T00:00:00.000Z`,
  },
]

/** Qualifications of this registry by their ids, and those of accepted registries by their addresses. */
export const withRemote =
  (own: CatalogueReader, foreign: (address: string) => Promise<QualificationHistory>): CatalogueReader =>
  (id) =>
    id.includes('/') ? foreign(id) : own(id)
