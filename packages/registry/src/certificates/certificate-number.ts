import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { readRecord } from './read-record.ts'
import type { CertificateRecord } from './record.ts'

/** Claims of numbers for certificates of one qualification. */
export const awardsIndex = (issuer: string, qualification: string) => `AWARDS#${issuer}/${qualification}` as const

export interface NumberClaimed {
  type: 'number-claimed'
  uuid: string
}

interface Claim {
  issuer: string
  /** Keyed hash of the number. */
  tag: string
  /** Keyed hash of the skeleton of the number, if that differs. */
  look?: string | undefined
  uuid: string
  /** The certificate that this one supersedes. Its number may be used again for this one. */
  replaces?: string
  /** The certificate that this new award follows. It keeps its number. */
  renews?: string
  /** Of the certificate, for the list of a body by qualification. */
  qualification?: string
}

/** The tag of a replacement. Only one certificate can hold it, so only one can replace `replaced`. */
const placeTag = (replaced: string) => `place-of-${replaced}`

/** The same for a new award: only one certificate that is not revoked follows `renewed`. */
const renewalTag = (renewed: string) => `renewal-of-${renewed}`

/** True for an abandoned, revoked or superseded certificate: its number may be used again. */
const isFree = (record: CertificateRecord | undefined): boolean =>
  record?.state === 'burned' || record?.state === 'revoked'

/**
 * Throws `conflict` with the certificate that holds the number or one that looks like it, or `in-progress` if that certificate is not
 * issued yet.
 */
export async function requireFreeNumber(claim: Claim, { reader }: { reader: CommitReader }): Promise<void> {
  for (const tag of tagsOf(claim)) await requireFreeTag(tag, claim, reader)
}

const tagsOf = ({ renews, tag, look }: Claim): string[] => [
  ...(renews === undefined ? [] : [renewalTag(renews)]),
  tag,
  ...(look === undefined ? [] : [look]),
]

/** Checks every certificate that ever claimed the tag: after an abandoned replacement, the replaced certificate is still in force. */
async function requireFreeTag(tag: string, claim: Claim, reader: CommitReader): Promise<Commit<NumberClaimed>[]> {
  const claims = await reader.read<NumberClaimed>(streams.number(claim.issuer, tag))
  const holders = new Set(claims.flatMap(({ events }) => events.map(({ uuid }) => uuid)))
  for (const holder of holders) {
    if (holder === claim.uuid || holder === claim.replaces) continue
    const record = await readRecord(claim.issuer, holder, reader)
    if (isFree(record)) continue
    const place = placeIn(tag, claim)
    if (record?.state === 'reserved') throw inTheMaking(place)
    if (place !== undefined) throw placeTaken(holder, place)
    throw record !== undefined && record.reservation.number.tag !== claim.tag ? looksLike(holder) : inUse(holder)
  }
  return claims
}

/** The member of the request that asks for this place. Undefined: the tag is that of a number. */
const placeIn = (tag: string, { replaces, renews }: Claim): Place | undefined =>
  replaces !== undefined && tag === placeTag(replaces)
    ? 'replaces'
    : renews !== undefined && tag === renewalTag(renews)
      ? 'renews'
      : undefined
type Place = 'replaces' | 'renews'

/** The other certificate cannot be revoked or replaced yet. Its own request ends it, or the sweeper does. */
function inTheMaking(place: Place | undefined): RegistryError {
  const what = place && `that certificate is being ${place === 'replaces' ? 'replaced' : 'renewed'}`
  const message = `${what ?? 'this certificate number, or one that looks like it, is being issued'} by a request with another key: repeat that request, or wait; an unfinished request is abandoned within ten minutes`
  const pointer = `/${place ?? 'certificateNumber'}`
  return new RegistryError('in-progress', message, { faults: [{ pointer, detail: 'is being issued' }] })
}

const placeTaken = (holder: string, place: Place) =>
  new RegistryError('conflict', `urn:uuid:${holder} ${place} that certificate already`, {
    reason: place === 'renews' ? 'renewed-already' : 'replaced-already',
    faults: [{ pointer: `/${place}`, detail: `in use by urn:uuid:${holder}` }],
  })

const inUse = (holder: string) =>
  new RegistryError(
    'conflict',
    `this certificate number is in use by urn:uuid:${holder}; revoke that one first, or name it in "replaces"`,
    { faults: [{ pointer: '/certificateNumber', detail: `in use by urn:uuid:${holder}`, reason: 'number-in-use' }] },
  )

const looksLike = (holder: string) =>
  new RegistryError(
    'conflict',
    `this certificate number looks like that of urn:uuid:${holder}; choose another number, or revoke that one first`,
    {
      faults: [
        {
          pointer: '/certificateNumber',
          detail: `looks like that of urn:uuid:${holder}`,
          reason: 'number-looks-alike',
        },
      ],
    },
  )

/** Claims the replacement, the number and its skeleton, in this order. One certificate holds each of them at a time. */
export async function claimNumbers(claim: Claim, deps: { store: CommitStore; now: Date }): Promise<void> {
  if (claim.replaces !== undefined) await claimTag(placeTag(claim.replaces), claim, deps)
  for (const tag of tagsOf(claim)) await claimTag(tag, claim, deps)
}

/** Claims a tag for one certificate in force. Claiming again for the same certificate changes nothing. */
async function claimTag(tag: string, claim: Claim, { store, now }: { store: CommitStore; now: Date }): Promise<void> {
  const claims = await requireFreeTag(tag, claim, store)
  if (claims.at(-1)?.events[0]?.uuid === claim.uuid) return
  const event: NumberClaimed = { type: 'number-claimed', uuid: claim.uuid }
  // Each certificate claims its number once, so this index has it once. It holds abandoned ones too.
  const index =
    claim.qualification !== undefined && tag === claim.tag ? awardsIndex(claim.issuer, claim.qualification) : undefined
  await store.append(
    nextCommit(streams.number(claim.issuer, tag), claims, {
      events: [event],
      actor: 'system:issue',
      now,
      ...(index && { index }),
    }),
  )
}
