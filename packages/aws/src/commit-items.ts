import { type Commit, type IndexKey, RegistryError, type StreamId } from '@sijil/registry'
import { keys, parsePlace } from './keys.ts'

/** A commit as it is stored. Names are short, because every started kilobyte of an item is charged, twice if it is indexed. */
export interface CommitItem {
  pk: string
  sk: string
  /** Events. */
  ev: readonly unknown[]
  /** Actor. */
  by: string
  /** `recordedAt`. */
  at: string
  /** `effectiveAt`, if it differs from `recordedAt`. */
  ef?: string
  /** `proposal`. */
  pr?: string
  /** `by` of the commit: the authority or body in whose name it was made. */
  au?: string
  ik?: string
  is?: string
  /** Random bytes by which a writer recognizes its own write after the answer was lost. */
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

/** Only `itemOf` writes these items, so the events have the type that was appended. */
export function commitOf<E>(item: CommitItem): Commit<E> {
  const stream = item.pk.slice('STREAM#'.length) as StreamId
  const number = Number(item.sk.slice('COMMIT#'.length))
  // With another index key, a reader who follows the index by time would miss this commit.
  if (item.ik !== undefined && item.is !== keys.indexed(item.ik as IndexKey, item.at, stream, number).is)
    throw new RegistryError('internal', 'the index key of a record does not match the record')
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

/** A cursor is the index key of the last commit of a page. It grants nothing, because a page is always read within one index. */
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
