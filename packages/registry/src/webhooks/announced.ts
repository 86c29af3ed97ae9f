import type { CertificateEvent } from '../certificates/record.ts'
import { openPairs } from '../certificates/status-pair.ts'
import { type Commit, type CommitReader, type IndexKey, ownerOf } from '../stream.ts'
import { type Announced, eventIdOf } from './delivery.ts'
import type { EventKind } from './endpoint.ts'

/** The indexes that list what a body gets events about. Nothing is written when a certificate is issued. */
export async function indexesOf(
  owner: string,
  kinds: readonly EventKind[],
  reader: CommitReader,
): Promise<readonly IndexKey[]> {
  const lists: Record<EventKind, () => Promise<readonly IndexKey[]>> = {
    'certificate.issued': async () => [`CERTIFICATES#${owner}`],
    'certificate.status_changed': async () => {
      const pairs = (await openPairs(owner, reader)).flatMap(({ events }) => events)
      return pairs.map(({ pair }) => `STATUS#${pair}` as const)
    },
    'batch.finished': async () => [`FINISHED#${owner}`],
  }
  return (await Promise.all(kinds.map((kind) => lists[kind]()))).flat()
}

const kindOf: Readonly<Record<string, EventKind>> = {
  issued: 'certificate.issued',
  revoked: 'certificate.status_changed',
  suspended: 'certificate.status_changed',
  reinstated: 'certificate.status_changed',
  finished: 'batch.finished',
} satisfies Partial<Record<CertificateEvent['type'] | 'finished', EventKind>>

/** What a commit of these indexes announces. Undefined: nothing, as an abandoned reservation, whose certificate nobody was given. */
export function announcedBy(
  { stream, number, events, recordedAt: at }: Commit<{ type: string }>,
  owner: string,
): (Announced & { id: string }) | undefined {
  const kind = events.map(({ type }) => kindOf[type]).find((each) => each !== undefined)
  const subject = stream.split('/')[2]
  if (kind === undefined || subject === undefined || ownerOf(stream) !== owner) return undefined
  return { id: eventIdOf(kind, subject, number), kind, subject, at }
}
