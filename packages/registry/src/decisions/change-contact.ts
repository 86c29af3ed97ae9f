import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { contactLink, contactOn } from '../trust/contact.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { type Grounds, statedGrounds, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/**
 * Replaces the contact of an entity from a moment on. `null`: it has none from then on. Throws `validation-failed` for a text that is
 * no contact, and `conflict` if nothing would change.
 */
export async function changeContact(
  request: { id: string; contact: string | null; effectiveAt: string; actor: string } & Partial<Grounds>,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { id, contact, effectiveAt, actor } = request
  // Proposals of this verb are checked at the edge as well. A link must never depend on that alone.
  if (contact !== null && contactLink(contact) === undefined)
    throw new RegistryError('validation-failed', 'this is not a contact', {
      faults: [
        {
          pointer: '/contact',
          detail: 'must be one email address, phone number or address with https',
          reason: 'not-a-contact',
        },
      ],
    })
  const history = await trustOf(store)(id)
  const entity = entityAt(id, history, EVERYTHING)
  if (entity === undefined) throw new RegistryError('not-found', 'no such body or authority')
  if ((contactOn(entity, effectiveAt) ?? null) === contact)
    throw new RegistryError('conflict', 'this is its contact on that day already', { reason: 'same-contact' })
  const event: TrustEvent = { type: 'contact-changed', contact, ...statedGrounds(request) }
  await store.append(
    nextCommit(streams.trust(id), history, { events: [event], actor, now, effectiveAt, index: 'TRUST' }),
  )
}
