import type { CertificateEvent } from '../issuance/record.ts'
import type { Signer } from '../ports.ts'
import type { CommitReader, CommitStore, StreamId } from '../stream.ts'
import { changesOf, isSuspended, noSuchList, signList } from './status-list.ts'
import { openPairs, parseListId } from './status-pair.ts'

interface Publishing {
  store: CommitStore
  signer: Signer
  baseUrl: string
  now: Date
}

/**
 * The list as it would have been published at a past moment: the entries are a pure function of the changes that were recorded by then
 * (Bitstring Status List v1.0 §3.1). The signature is of today; nothing is kept.
 */
export async function pastStatusList(id: string, moment: string, needs: Publishing): Promise<{ text: string }> {
  const parsed = parseListId(id)
  const opened = parsed && (await openPairs(parsed.issuer, needs.store))
  const pair = opened?.find(({ events }) => events[0]?.pair === parsed?.pair)
  if (parsed === undefined || pair === undefined || pair.recordedAt > moment) throw noSuchList()
  const entries = await entriesAt(parsed, moment, needs.store)
  return signList(parsed, entries, moment, { ...needs, asOf: moment })
}

async function entriesAt(
  { pair, purpose }: { pair: string; purpose: 'revocation' | 'suspension' },
  moment: string,
  reader: CommitReader,
): Promise<Set<number>> {
  const entries = new Set<number>()
  const suspects = new Map<number, StreamId>()
  for await (const { events, stream, recordedAt } of changesOf(pair, undefined, reader)) {
    if (recordedAt > moment) break
    for (const event of events) {
      if (!('index' in event)) continue
      if (purpose === 'suspension') suspects.set(event.index, stream)
      else if (event.type === 'revoked' || event.type === 'burned') entries.add(event.index)
    }
  }
  for (const [index, stream] of suspects) {
    const known = (await reader.read<CertificateEvent>(stream)).filter(({ recordedAt }) => recordedAt <= moment)
    if (isSuspended(known)) entries.add(index)
  }
  return entries
}
