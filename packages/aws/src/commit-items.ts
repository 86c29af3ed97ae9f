import { type Commit, type IndexKey, RegistryError, type StreamId } from '@sijil/registry'
import { keys, parsePlace } from './keys.ts'

/** A commit as it is stored. Names are short: every kilobyte that an item begins is paid for, twice where it is indexed. */
export interface CommitItem {
  pk: string
  sk: string
  /** Events. */
  ev: readonly unknown[]
  /** Actor. */
  by: string
  /** `recordedAt`. */
  at: string
  /** `effectiveAt`, where it differs. */
  ef?: string
  /** `proposal`. */
  pr?: string
  /** In whose name: `by` of the commit. */
  au?: string
  ik?: string
  is?: string
  /** Tells the writer's own write from another's, should the answer be lost. */
  w: Uint8Array
}

export function itemOf<E>(commit: Commit<E>, mark: Uint8Array): CommitItem {
  const { stream, number, events, actor, effectiveAt, recordedAt, index, proposal, by } = commit
  return {
    ...keys.commit(stream, number),
    ev: events,
    by: actor,
    at: recordedAt,
    ...(effectiveAt !== recordedAt && { ef: effectiveAt }),
    ...(proposal !== undefined && { pr: proposal }),
    ...(by !== undefined && { au: by }),
    ...(index !== undefined && keys.indexed(index, recordedAt, stream, number)),
    w: mark,
  }
}

/** Only `itemOf` writes such items, so the shape of the events is the one that was appended. */
export function commitOf<E>(item: CommitItem): Commit<E> {
  const stream = item.pk.slice('STREAM#'.length) as StreamId
  const number = Number(item.sk.slice('COMMIT#'.length))
  // Found at another moment than it says, whoever follows the index would overlook it.
  if (item.ik !== undefined && item.is !== keys.indexed(item.ik as IndexKey, item.at, stream, number).is)
    throw new RegistryError('internal', 'a record stands at another place of its index')
  return {
    stream,
    number,
    events: item.ev as readonly E[],
    actor: item.by,
    effectiveAt: item.ef ?? item.at,
    recordedAt: item.at,
    ...(item.pr !== undefined && { proposal: item.pr }),
    ...(item.au !== undefined && { by: item.au }),
    ...(item.ik !== undefined && { index: item.ik as IndexKey }),
  }
}

/** A cursor is the place of the last commit seen; it grants nothing, for a page is always read within one index. */
export const cursorOf = (item: CommitItem): string => Buffer.from(item.is ?? '').toString('base64url')

export function placeAfter(cursor: string, index: IndexKey, range: { from: string; to: string }) {
  const place = parsePlace(Buffer.from(cursor, 'base64url').toString())
  if (place === undefined || place.is < range.from || place.is > range.to) {
    throw new RegistryError('no-such-page', 'This page does not exist.', {
      faults: [{ pointer: '/page', detail: 'must be the "next" of an answer to the same question' }],
    })
  }
  return { ...place, ik: index }
}
