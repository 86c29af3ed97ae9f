import { isDid } from '@sijil/credentials'
import { type Commit, type CommitReader, isOwnerId, type StreamId, streams } from '../stream.ts'
import { isWhole, type TrustEvent, type TrustHistory } from '../trust/events.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { hostOf } from './accepted-lists.ts'
import type { SeenTree } from './open-bundle.ts'

/** How far a list was copied. It is written last, so that a reader of this event finds every entry before it. */
export interface RegistryImported extends SeenTree {
  type: 'list-taken'
  madeAt: string
  validUntil: string
  policy: TrustPolicy
}

/** A body that the other registry knows under a DID of its own. */
export interface DidListed {
  type: 'did-listed'
  id: string
}

export type ListHead = RegistryImported & { takenAt: string }

/** The last completed copy of this registry's list. `undefined` if none was copied. */
export async function headOf(registry: string, reader: CommitReader): Promise<ListHead | undefined> {
  const last = await reader.latest<RegistryImported>(streams.remoteHead(hostOf(registry)))
  const [taken] = last?.events ?? []
  return taken && last && { ...taken, takenAt: last.recordedAt }
}

/** The id under which the copied list knows a body by its own DID. */
export async function idInList(registry: string, did: string, reader: CommitReader): Promise<string | undefined> {
  if (!isDid(did)) return undefined
  const [first] = await reader.read<DidListed>(streams.remoteDid(hostOf(registry), did))
  return first?.events[0]?.id
}

/** The copied history of one entity. Empty if it has gaps. */
export async function historyOf(registry: string, id: string, reader: CommitReader): Promise<TrustHistory> {
  if (!isOwnerId(id)) return []
  const commits: Commit<TrustEvent>[] = await reader.read<TrustEvent>(streams.remoteTrust(hostOf(registry), id))
  return isWhole(commits) ? commits.map((commit) => ({ ...commit, stream: `${id}/trust` as StreamId })) : []
}

/** Whose names a commit of the index `LISTED#` holds: its own copy, or what was indexed beside it. */
export function idOfListed(host: string, stream: StreamId): string {
  const beside = streams.remoteNames(host, '')
  return stream.slice((stream.startsWith(beside) ? beside : streams.remoteTrust(host, '')).length)
}
