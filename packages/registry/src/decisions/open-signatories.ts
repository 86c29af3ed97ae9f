import type { NoteOpener } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireAnyRole } from '../trust/members.ts'
import { signatoryHistory } from '../trust/signatory.ts'
import { listProposals } from './proposals.ts'

export interface SignatoryOpened {
  type: 'signatory-opened'
}

/** Names that one opening shows. Each takes a call of the key store. */
const MOST_NAMES = 20
const LOOK_THROUGH = 50

/**
 * The names of the signatories of a body, for its own members, by their sealed texts: the newest on record, and those that wait for a
 * second officer. The opening is recorded first, so that nobody reads a name without a trace.
 */
export async function openSignatories(
  { body, subject, id }: { body: string; subject: string; id: string },
  { store, opener, now }: { store: CommitStore; opener: NoteOpener; now: Date },
): Promise<ReadonlyMap<string, string>> {
  await requireAnyRole({ owner: body, subject }, { reader: store })
  const event: SignatoryOpened = { type: 'signatory-opened' }
  const change = { events: [event], actor: subject, now, index: `OPENINGS#${body}` as const }
  await store.append(nextCommit(streams.signatoryOpening(body, id), [], change))
  const { proposals } = await listProposals({ authority: body, limit: LOOK_THROUGH }, { reader: store, now })
  const waiting = proposals.flatMap(({ state, change: { verb, ...rest } }) =>
    state === 'open' && verb === 'set-signatory' && 'signatory' in rest && rest.signatory
      ? [rest.signatory.sealed]
      : [],
  )
  const recorded = (await signatoryHistory(body, store)).flatMap(({ events }) =>
    events.flatMap(({ signatory }) => signatory?.sealed ?? []),
  )
  const sealed = [...waiting, ...recorded.reverse()].slice(0, MOST_NAMES)
  return new Map(await Promise.all(sealed.map(async (text) => [text, await opener.open(body, text)] as const)))
}
