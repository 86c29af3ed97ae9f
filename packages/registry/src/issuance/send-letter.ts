import { readLetter } from '../certificates/letter.ts'
import type { Plan } from '../certificates/plan.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { isOwnerId, nextCommit, streams } from '../stream.ts'
import { successorOn } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { IssueDeps, IssueRequest } from './issue-deps.ts'
import { linkOf } from './reopen.ts'

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

interface Announced {
  request: IssueRequest
  record: CertificateRecord
  token: string
  /** The signed certificate. */
  text: string
}

/**
 * Puts the link of a letter of good standing into the list of the authority that it is for, once. The link is sealed for its officers,
 * and the record of the certificate does not say that it was sent. It comes before the release, so that no interruption leaves a letter
 * that was issued and not sent. Until the release it is not listed, and its link opens nothing.
 */
export async function announceLetter(
  { request: { issuer, subject: actor, input }, record, token, text }: Announced,
  { store, sealer, now, baseUrl }: Pick<IssueDeps, 'store' | 'sealer' | 'now' | 'baseUrl'>,
): Promise<void> {
  const { validUntil: until } = JSON.parse(text) as { validUntil?: string }
  const { recipient } = input
  if (recipient === undefined || until === undefined) return
  if ((await readLetter({ authority: recipient, id: record.uuid }, store)) !== undefined) return
  const { qualification } = record.reservation
  const sealed = await sealer.seal(recipient, linkOf(baseUrl, token))
  const stream = streams.letter(recipient, record.uuid)
  const events = [{ type: 'arrived' as const, from: issuer, qualification, until, sealed }]
  await store.append({ ...nextCommit(stream, [], { events, actor, now, index: `LETTERS#${recipient}` }), by: issuer })
}
