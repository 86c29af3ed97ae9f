import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'

/** One portfolio of one track, by the SHA-256 of its manifest in hex. */
export interface ReceivedPortfolio {
  corridor: string
  track: string
  manifest: string
}

/** Two officers of the authority decided each event. It holds everything that is signed, so the same receipt can be made again. */
export type ReceiptEvent =
  /** `hash`: of the receipt. A later one has another key: that of the one before may not sign any more. */
  {
    type: 'portfolio-received'
    id: string
    authority: { id: string; name: string; url: string }
    receivedOn: string
    hash: string
    kid: string
    created: string
  }

const shapes: EventShapes<ReceiptEvent> = {
  'portfolio-received': ['id', 'authority', 'receivedOn', 'hash', 'kid', 'created'],
}

export type ReceiptCommits = readonly Commit<ReceiptEvent>[]
/** A receipt as it was recorded. */
export type RecordedReceipt = ReceiptEvent & { recordedAt: string }

/** Every receipt for one manifest, the newest last. Strongly consistent. Throws `UnknownEvent`. */
export async function readReceipts(
  of: ReceivedPortfolio,
  reader: Pick<CommitReader, 'read'>,
): Promise<{ commits: ReceiptCommits; receipts: readonly RecordedReceipt[] }> {
  const commits = await reader.read<ReceiptEvent>(streams.receipt(of.corridor, of.track, of.manifest))
  requireKnown(commits, shapes)
  const receipts = commits.flatMap(({ events, recordedAt }) => events.map((event) => ({ ...event, recordedAt })))
  return { commits, receipts }
}

export const addressOfReceipt = ({ corridor, track, manifest }: ReceivedPortfolio): string =>
  `/corridors/${corridor}/${track}/receipts/${manifest}`

/** What an address of a receipt names. Undefined: it is none of this registry. */
export function portfolioAt(address: string, baseUrl: string): ReceivedPortfolio | undefined {
  if (!address.startsWith(`${baseUrl}/`)) return undefined
  const [, corridor = '', track = '', manifest = ''] =
    /^\/corridors\/([a-z0-9.-]+)\/([a-z0-9-]+)\/receipts\/([0-9a-f]{64})$/.exec(address.slice(baseUrl.length)) ?? []
  return manifest === '' ? undefined : { corridor, track, manifest }
}
