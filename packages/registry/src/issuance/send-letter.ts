import { readLetter } from '../certificates/letter.ts'
import type { Plan } from '../certificates/plan.ts'
import type { ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import type { NoteSealer } from '../ports.ts'
import { type CommitStore, isOwnerId, nextCommit, streams } from '../stream.ts'
import { successorOn } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustReader } from '../trust/reader.ts'

/** Throws `validation-failed` unless the recipient of a letter is another authority of this registry that still acts. */
export async function requireRecipient(
  { input: { recipient } }: Plan,
  { issuer, trust, now }: { issuer: string; trust: TrustReader; now: Date },
): Promise<void> {
  if (recipient === undefined) return
  const fault = (detail: string) =>
    new RegistryError('validation-failed', 'the letter cannot be sent there', {
      faults: [{ pointer: '/recipient', detail }],
    })
  const at = now.toISOString()
  const entity = isOwnerId(recipient) ? entityAt(recipient, await trust(recipient), at) : undefined
  if (entity?.kind !== 'authority') throw fault('no authority of this registry has this id')
  if (recipient === issuer) throw fault('must be another authority')
  const successor = successorOn(entity, at)
  if (successor !== undefined) throw fault(`this authority was succeeded by ${successor.id}: name that one`)
}

interface Sending {
  issuer: string
  record: ReleasedRecord
  recipient: string
  link: string
  validUntil: string
  subject: string
}

/**
 * Puts the link of a letter of good standing into the list of the authority that it is for, once. The link is sealed for its officers,
 * and the record of the certificate does not say that it was sent.
 */
export async function sendLetter(
  { issuer, record, recipient, link, validUntil: until, subject: actor }: Sending,
  { store, sealer, now }: { store: CommitStore; sealer: NoteSealer; now: Date },
): Promise<void> {
  if ((await readLetter({ authority: recipient, id: record.uuid }, store)) !== undefined) return
  const { qualification } = record.reservation
  const sealed = await sealer.seal(recipient, link)
  const stream = streams.letter(recipient, record.uuid)
  const events = [{ type: 'arrived' as const, from: issuer, qualification, until, sealed }]
  await store.append({ ...nextCommit(stream, [], { events, actor, now, index: `LETTERS#${recipient}` }), by: issuer })
}
