import { erasedConflict } from '../certificates/erased.ts'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { boxAddress, type IssuerSecret, issuerSecret, linkToken, openBox, sealBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { BoxStore, SecretReader } from '../ports.ts'
import { copyPlaces } from '../recognition/places.ts'
import { askForSecond } from '../status/ask-for-second.ts'
import { takeRoom } from '../status/brake.ts'
import {
  appendChange,
  type ChangeStatusDeps,
  requireReleased,
  type StatusChangeRequest,
} from '../status/change-status.ts'
import type { PendingAction } from '../status/pending-action.ts'
import { requireMember } from '../trust/members.ts'

export interface NewLink {
  link: string
  /** The number of the new link. The first link of a certificate has number 1. */
  number: number
}

export interface NewLinkDeps extends ChangeStatusDeps {
  boxes: BoxStore
  secrets: SecretReader
  random: (bytes: number) => Uint8Array
  baseUrl: string
}

/** The number of the link that a certificate has now. */
export const linkNumber = ({ generation }: Pick<ReleasedRecord, 'generation'>): number => generation + 1

/** The number of the link that a member may end. Throws `conflict` for an erased certificate. */
export async function presentLink(
  { issuer, uuid, actor }: StatusChangeRequest,
  { store }: Pick<NewLinkDeps, 'store'>,
): Promise<number> {
  await requireMember({ owner: issuer, subject: actor, role: 'issue' }, { reader: store })
  const record = await requireReleased(issuer, uuid, store)
  if (record.erased !== undefined) throw erasedConflict(record.erased)
  return linkNumber(record)
}

/**
 * Makes a new link and ends the present one. The answer is the only place that shows it. `ends` is the number of the link to end, so that
 * a request that is sent twice ends one link only. Ending a link takes a certificate out of reach, so the brake counts it (I72). The box of
 * the new link is written first: a crash before the commit leaves a box that no link opens. Throws `conflict`.
 */
export async function replaceLink(
  { ends, ...request }: StatusChangeRequest & { ends: number },
  deps: NewLinkDeps,
): Promise<NewLink | { waits: PendingAction }> {
  const { issuer, uuid, actor } = request
  const { store, now } = deps
  await requireMember({ owner: issuer, subject: actor, role: 'issue' }, { reader: store })
  return untilWon(async () => {
    const record = await requireReleased(issuer, uuid, store)
    if (record.erased !== undefined) throw erasedConflict(record.erased)
    if (linkNumber(record) !== ends) throw alreadyReplaced(record)
    const seen = record.commits.length
    let pending: string | undefined
    if (!(await takeRoom({ owner: issuer, effect: `${issuer}/${uuid}/${seen}`, actor }, { store, now }))) {
      const action = { kind: 'new-link', issuer, certificate: uuid } as const
      const waits = await askForSecond({ owner: issuer, action, seen, actor }, { store, now })
      if (waits.state !== 'approved' || waits.askedBy !== actor) return { waits }
      pending = waits.id
    }
    const secret = await issuerSecret(issuer, { reader: store, secrets: deps.secrets })
    const generation = record.generation + 1
    const token = await moveInto(generation, { issuer, record, secret }, deps)
    const event: CertificateEvent = { type: 'link-replaced', generation, ...(pending && { pending }) }
    await appendChange(request, record, event, { store, now })
    // A decision that was recorded beside the old box in the meantime. One that comes later finds that its link ended.
    await copyPlaces({ from: linkToken(secret, uuid, record.generation), to: token }, { ...deps, reader: store })
    return { link: `${deps.baseUrl}/v/${token}`, number: generation + 1 }
  }, deps.patience)
}

const alreadyReplaced = (record: ReleasedRecord) =>
  new RegistryError(
    'conflict',
    `this certificate has link number ${linkNumber(record)} now: look at it, and ask again if that one shall end`,
    { reason: 'link-replaced', faults: [{ pointer: '/number', detail: 'must be the number of the present link' }] },
  )

/** Copies the document into the box of the next link. Answers the token of that link. */
async function moveInto(
  generation: number,
  { issuer, record, secret }: { issuer: string; record: ReleasedRecord; secret: IssuerSecret },
  { store, boxes, random, now }: NewLinkDeps,
): Promise<string> {
  const { uuid } = record
  const { hash } = record.reservation
  const before = linkToken(secret, uuid, record.generation)
  const old = await boxes.find(boxAddress(before))
  const text = old?.owner === issuer ? openBox(before, old, hash) : undefined
  if (text === undefined) {
    // Another request ended this link, or erased the certificate, and its box is deleted already.
    const { commits } = await requireReleased(issuer, uuid, store)
    throw commits.length > record.commits.length
      ? new RegistryError('write-conflict', 'somebody else changed this certificate in the meantime')
      : new RegistryError('internal', 'the box of an issued certificate cannot be opened')
  }
  const token = linkToken(secret, uuid, generation)
  await copyPlaces({ from: before, to: token }, { reader: store, boxes, random, now })
  const box = await boxes.put(sealBox(token, { owner: issuer, uuid, hash, text, generation }, random))
  if (openBox(token, box, hash) !== text) throw new RegistryError('internal', 'the box of a new link cannot be opened')
  return token
}
