import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type CertificateEvent, type CertificateRecord, recordOf } from './record.ts'

interface NumberClaimed {
  type: 'number-claimed'
  uuid: string
}

interface Claim {
  issuer: string
  /** Keyed hash of the number. */
  tag: string
  uuid: string
  /** The certificate that this one supersedes may hand its number on. */
  replaces?: string
}

/** Two certificates cannot take the place of one: who replaces it holds a number of this name. */
const placeTag = (replaced: string) => `place-of-${replaced}`

export const readRecord = async (
  issuer: string,
  uuid: string,
  reader: CommitReader,
): Promise<CertificateRecord | undefined> =>
  recordOf(uuid, await reader.read<CertificateEvent>(streams.certificate(issuer, uuid)))

/** Burned, revoked or superseded: it holds its number no longer. */
const isFree = (record: CertificateRecord | undefined): boolean =>
  record?.state === 'burned' || record?.state === 'revoked'

/**
 * Throws `conflict`, naming the certificate that holds the number, or `in-progress` where that one is not there yet. Each that ever
 * claimed it is looked at: one that was to replace another and was burned leaves that other in force.
 */
export async function requireFreeNumber(
  claim: Claim,
  { reader }: { reader: CommitReader },
): Promise<Commit<NumberClaimed>[]> {
  const claims = await reader.read<NumberClaimed>(streams.number(claim.issuer, claim.tag))
  const holders = new Set(claims.flatMap(({ events }) => events.map(({ uuid }) => uuid)))
  for (const holder of holders) {
    if (holder === claim.uuid || holder === claim.replaces) continue
    const record = await readRecord(claim.issuer, holder, reader)
    if (isFree(record)) continue
    throw record?.state === 'reserved' ? inTheMaking(claim) : inUse(claim, holder)
  }
  return claims
}

const isOfPlace = ({ tag, replaces }: Claim): boolean => replaces !== undefined && tag === placeTag(replaces)

/** Nothing is there yet that could be revoked or replaced: its own request ends it, or the sweeper does. */
function inTheMaking(claim: Claim): RegistryError {
  const isPlace = isOfPlace(claim)
  const message = `${isPlace ? 'that certificate is being replaced' : 'this certificate number is being issued'} by a request with another key: repeat that one, or wait; what nobody finishes is given up after ten minutes at most`
  const pointer = isPlace ? '/replaces' : '/certificateNumber'
  return new RegistryError('in-progress', message, { faults: [{ pointer, detail: 'is being issued' }] })
}

function inUse(claim: Claim, holder: string): RegistryError {
  const isPlace = isOfPlace(claim)
  const message = isPlace
    ? `urn:uuid:${holder} replaces that certificate already`
    : `this certificate number is in use by urn:uuid:${holder}; revoke that one first, or name it in "replaces"`
  const pointer = isPlace ? '/replaces' : '/certificateNumber'
  return new RegistryError('conflict', message, { faults: [{ pointer, detail: `in use by urn:uuid:${holder}` }] })
}

/** The place of a replaced certificate, then the number: each held by one certificate at a time. */
export async function claimNumbers(claim: Claim, needs: { store: CommitStore; now: Date }): Promise<void> {
  if (claim.replaces !== undefined) await claimNumber({ ...claim, tag: placeTag(claim.replaces) }, needs)
  await claimNumber(claim, needs)
}

/** One number, one certificate in force. Claiming again for the same certificate changes nothing. */
async function claimNumber(claim: Claim, { store, now }: { store: CommitStore; now: Date }): Promise<void> {
  const claims = await requireFreeNumber(claim, { reader: store })
  if (claims.at(-1)?.events[0]?.uuid === claim.uuid) return
  const event: NumberClaimed = { type: 'number-claimed', uuid: claim.uuid }
  await store.append(
    nextCommit(streams.number(claim.issuer, claim.tag), claims, { events: [event], actor: 'system:issue', now }),
  )
}
