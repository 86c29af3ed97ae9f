import { changesOf } from '../certificates/set-entries.ts'
import { openPairs, parseListId } from '../certificates/status-pair.ts'
import type { Signer } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import { noSuchList, signList } from './status-list.ts'

interface PastListDeps {
  store: CommitReader
  signer: Signer
  baseUrl: string
  now: Date
}

/**
 * The list as it would have been published at a past moment, RFC 3339 UTC. Its entries are a pure function of the changes recorded by
 * then (Bitstring Status List v1.0 §3.1). It is signed now and not stored. Throws `not-found`.
 */
export async function pastStatusList(id: string, moment: string, deps: PastListDeps): Promise<{ text: string }> {
  const parsed = parseListId(id)
  const opened = parsed && (await openPairs(parsed.issuer, deps.store))
  const pair = opened?.find(({ events }) => events[0]?.pair === parsed?.pair)
  if (parsed === undefined || pair === undefined || pair.recordedAt > moment) throw noSuchList()
  const entries = await entriesAt(parsed, moment, deps.store)
  return signList(parsed, entries, { ...deps, asOf: moment })
}

/** Reads the index alone. It no longer lags for a past moment, and a public request must not read every certificate. */
async function entriesAt(
  { pair, purpose }: { pair: string; purpose: 'revocation' | 'suspension' },
  moment: string,
  reader: CommitReader,
): Promise<Set<number>> {
  const entries = new Set<number>()
  for await (const { events, recordedAt } of changesOf(pair, undefined, reader)) {
    if (recordedAt > moment) break
    for (const event of events) {
      if (!('index' in event)) continue
      const isRevocation = event.type === 'revoked' || event.type === 'burned'
      if (purpose === 'suspension' ? event.type === 'suspended' : isRevocation) entries.add(event.index)
      else if (purpose === 'suspension' && event.type === 'reinstated') entries.delete(event.index)
    }
  }
  return entries
}
