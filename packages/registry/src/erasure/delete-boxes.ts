import type { LinkEnded } from '../certificates/ended-link.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { boxAddress, type IssuerSecret, issuerSecret, linkToken, placeAddress } from '../certificates/secrecy.ts'
import { INDEX_LAG_MS, LAST_READ_MS, MINUTE_MS } from '../clocks.ts'
import { isLostRace } from '../lost-race.ts'
import type { BoxEraser, SecretReader } from '../ports.ts'
import { PLACES } from '../recognition/places.ts'
import { readSlice } from '../slice.ts'
import { type Commit, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'

/**
 * Each ended link is looked at when it is that old. A request that began before the end may write its box again within its half minute, and
 * an index may show a commit late, so one look is not enough.
 */
const AGES = [0, 2 * MINUTE_MS, INDEX_LAG_MS, LAST_READ_MS]
const MOST = 500
/** Commits are read again so far back, because a request states the moment at which it began. */
const OVERLAP_MS = MINUTE_MS
/** A run begins another slice only if it has this long for it. */
const SLICE_MS = 30_000

interface BoxesDeleted {
  type: 'boxes-deleted'
  /** The boxes of every link that ended before it are deleted. */
  readTo: string
}

export interface DeleteBoxesDeps {
  store: CommitStore
  boxes: BoxEraser
  secrets: SecretReader
  now: Date
  /** Milliseconds until the process is stopped. Absent: nothing stops it. */
  remaining?: () => number
  /** By hand: reads again from this moment. Needed before a restored table of boxes is used. */
  since?: Date
}

export interface BoxesGone {
  /** Erased certificates, and certificates with ended links, whose boxes were deleted. */
  certificates: number
  /** Only by hand: there is more. Call again with this as `since`. */
  next?: string
}

/**
 * Deletes the boxes of erased certificates and of ended links, and answers for how many certificates. From the commit on, no link opens
 * them. So this may run at any time and any number of times, and a crash between the commit and the deletion loses nothing. Progress is
 * recorded after the work. If a certificate cannot be finished, this throws, and the next run looks at the same ones again.
 */
export async function deleteBoxes({ since, ...deps }: DeleteBoxesDeps): Promise<BoxesGone> {
  const { remaining = () => Number.POSITIVE_INFINITY } = deps
  const finished = new Set<StreamId>()
  let from = since
  for (let isWhole = false; !isWhole; ) {
    const slice = await deleteSlice(from, deps)
    for (const stream of slice.streams) finished.add(stream)
    // By hand, the next slice begins where this one ended. The recorded progress is further on.
    from = from && slice.to
    isWhole = slice.isWhole
    if (!isWhole && remaining() < SLICE_MS)
      return { certificates: finished.size, ...(from && { next: from.toISOString() }) }
  }
  return { certificates: finished.size }
}

async function deleteSlice(asked: Date | undefined, deps: Omit<DeleteBoxesDeps, 'since'>) {
  const { store, now } = deps
  const last = await store.latest<BoxesDeleted>(streams.erasureCursor())
  const readTo = last?.events[0]?.readTo
  const { commits, to, isWhole } = await readSlice<CertificateEvent>(store, {
    indexes: () => ['ENDED-LINKS'],
    from: asked ?? new Date(readTo ?? 0),
    until: now,
    ages: asked === undefined && readTo !== undefined ? AGES : [0],
    most: MOST,
    overlap: OVERLAP_MS,
  })
  const due = [...new Set(commits.map(({ stream }) => stream))]
  const secretOf = secretsOfRun(deps)
  for (const stream of due) await deleteOf(stream, secretOf, deps)
  if (readTo === undefined || to.toISOString() > readTo) await record(to, last, deps)
  return { streams: due, to, isWhole }
}

/** Each issuer's secret is decrypted once a run. */
function secretsOfRun({ store, secrets }: Pick<DeleteBoxesDeps, 'store' | 'secrets'>) {
  const read = new Map<string, Promise<IssuerSecret>>()
  return (issuer: string) => {
    const secret = read.get(issuer) ?? issuerSecret(issuer, { reader: store, secrets })
    read.set(issuer, secret)
    return secret
  }
}

/** If another run recorded its progress meanwhile, that one counts. */
async function record(
  to: Date,
  last: Commit<BoxesDeleted> | undefined,
  { store, now }: Pick<DeleteBoxesDeps, 'store' | 'now'>,
) {
  const event: BoxesDeleted = { type: 'boxes-deleted', readTo: to.toISOString() }
  const change = { events: [event], actor: 'system:erase', now }
  await unlessLost(store.append(nextCommit(streams.erasureCursor(), last ? [last] : [], change)))
}

/** The index only says where to look. The stream of the certificate, read consistently, says which of its links ended. */
async function deleteOf(
  stream: StreamId,
  secretOf: (issuer: string) => Promise<IssuerSecret>,
  { store, boxes, now }: Pick<DeleteBoxesDeps, 'store' | 'boxes' | 'now'>,
): Promise<void> {
  const [owner = '', , uuid = ''] = stream.split('/')
  const record = await readRecord(owner, uuid, store)
  if (record === undefined || !('generation' in record)) return
  const secret = await secretOf(owner)
  // A request for a new link that lost against the erasure may have written the box of the next generation. Nobody was given its link.
  const unused = record.erased === undefined ? [] : [record.generation + 1]
  const ended = Array.from(
    { length: record.generation + (record.erased === undefined ? 0 : 1) },
    (_, generation) => generation,
  )
  for (const generation of [...ended, ...unused]) {
    const token = linkToken(secret, uuid, generation)
    const address = boxAddress(token)
    // Before the deletion, so that the link never looks like one that did not exist.
    if (ended.includes(generation)) {
      const event: LinkEnded = { type: 'link-ended', owner, uuid }
      await unlessLost(
        store.append(nextCommit(streams.endedLink(address), [], { events: [event], actor: 'system:erase', now })),
      )
    }
    await boxes.delete(address)
    // What host authorities decided about the certificate goes with it. This function cannot see which places were used.
    await Promise.all(Array.from({ length: PLACES }, (_, place) => boxes.delete(placeAddress(token, place))))
  }
}

const unlessLost = (write: Promise<void>): Promise<void> =>
  write.catch((error: unknown) => {
    if (!isLostRace(error)) throw error
  })
