import { createHash } from 'node:crypto'
import { DocumentFault, isObjectOrList } from '@sijil/credentials'
import { noSuchCertificate } from '../certificates/read-record.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { issuerSecret } from '../certificates/secrecy.ts'
import { claimStatusEntry, listUrl } from '../certificates/status-pair.ts'
import { RegistryError } from '../errors.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import { wholeSecond } from '../moments.ts'
import type { SecretReader, Signer } from '../ports.ts'
import { type ChangeStatusDeps, revocationIsFinal } from '../status/change-status.ts'
import { type CommitStore, type IndexKey, nextCommit, type StreamId, streams } from '../stream.ts'
import { noSuchIssuer, requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import type { VerifyDeps } from '../verification/verify-deps.ts'
import { requireSigningBody, type SigningBody } from './signing-body.ts'

/** Options of the sandbox. It signs any document for anybody, so no such document is ever valid. No production stage has a sandbox. */
export interface SandboxOptions {
  cryptosuite?: 'eddsa-rdfc-2022' | 'ecdsa-rdfc-2019'
  keyType?: 'P-256' | 'P-384'
  statusPurpose?: 'revocation' | 'suspension'
}

type SandboxEvent =
  /** `purpose` is that of its status entry. Absent from older events. */
  | { type: 'sandbox-signed'; digest: string; pair?: string; index?: number; purpose?: 'revocation' | 'suspension' }
  | CertificateEvent

interface SandboxDeps extends Pick<VerifyDeps, 'general' | 'policy' | 'baseUrl' | 'now'> {
  store: CommitStore
  signer: Signer
  secrets: SecretReader
  random: (bytes: number) => Uint8Array
  patience: Patience
}

/** A hash of the document's id names its stream, because such an id may be any text. */
function streamOf(issuer: string, credentialId: string): StreamId {
  const hex = createHash('sha256').update(credentialId).digest('hex')
  const uuid = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return streams.certificate(issuer, uuid)
}

export async function issueSandboxDocument(
  {
    issuer,
    subject,
    credential,
    options,
  }: { issuer: string; subject: string; credential: unknown; options: SandboxOptions },
  deps: SandboxDeps,
): Promise<object> {
  const { store, signer, now } = deps
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader: store })
  const body = await requireSigningBody(issuer, { trust: trustOf(store), now })
  if (!deps.policy.demonstration || !body.sandbox) throw noSuchIssuer()
  const { prepareSandboxDocument, sealSandboxDocument, examineCredential } = await deps.general()
  const key = sandboxKey(body, options)
  const id = credentialId(credential) ?? `urn:uuid:${randomUuid(deps.random)}`
  const stream = streamOf(issuer, id)
  const withStatus =
    options.statusPurpose === undefined ? undefined : await statusEntry(issuer, options.statusPurpose, deps)
  try {
    const prepared = await prepareSandboxDocument(
      options.statusPurpose === undefined || !isObjectOrList(credential) ? credential : { id, ...credential },
      {
        issuer: body.did,
        verificationMethod: `${body.did}#${key.kid}`,
        cryptosuite: options.cryptosuite ?? 'eddsa-rdfc-2022',
        algorithm: key.algorithm,
        created: wholeSecond(now),
        ...(withStatus && { statusEntry: withStatus.entry }),
      },
    )
    // Recorded before it is signed, like every document (I15).
    const event: SandboxEvent = {
      type: 'sandbox-signed',
      digest: Buffer.from(prepared.bytes).toString('base64url'),
      ...withStatus?.place,
      ...(options.statusPurpose && { purpose: options.statusPurpose }),
    }
    await record(stream, { events: [event], actor: subject, now }, deps)
    const sealed = sealSandboxDocument(prepared, await signer.sign(key, issuer, 'certificates', prepared.bytes))
    const { faults, proofs } = await examineCredential(sealed, {
      now,
      keyFor: (method) =>
        method === `${body.did}#${key.kid}`
          ? { controller: body.did, publicKeyMultibase: key.publicKeyMultibase }
          : undefined,
    })
    if (faults.length > 0 || proofs.some(({ outcome }) => outcome !== 'passed'))
      throw new RegistryError('internal', 'the signed document did not verify and was withheld')
    return sealed
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    throw new RegistryError('validation-failed', 'this document cannot be issued', {
      cause: fault,
      faults: [{ pointer: `/credential${fault.pointer}`, detail: fault.message }],
    })
  }
}

function sandboxKey(body: SigningBody, { cryptosuite = 'eddsa-rdfc-2022', keyType }: SandboxOptions) {
  if (cryptosuite === 'eddsa-rdfc-2022') {
    if (keyType === undefined) return body.currentKey()
    // The caller must not get another signature than the one asked for.
    throw new RegistryError('validation-failed', 'this cryptosuite has one kind of key', {
      faults: [
        {
          pointer: '/options/keyType',
          detail: 'is for ecdsa-rdfc-2019: name that cryptosuite as well, or leave it out',
        },
      ],
    })
  }
  const curve = keyType ?? 'P-256'
  const key = body.keys.findLast(({ algorithm }) => algorithm === curve)
  if (key === undefined) throw new RegistryError('validation-failed', `this issuer has no ${curve} key`)
  return key
}

/** Each document gets its own status entry, even if several have one id (I17). */
async function statusEntry(
  issuer: string,
  purpose: 'revocation' | 'suspension',
  { store, secrets, now, baseUrl, random }: SandboxDeps,
) {
  const secret = await issuerSecret(issuer, { reader: store, secrets })
  const place = await claimStatusEntry({ issuer, uuid: randomUuid(random) }, { store, secret, now })
  const list = listUrl(baseUrl, place.pair, purpose)
  return {
    place,
    entry: {
      id: `${list}#${place.index}`,
      type: 'BitstringStatusListEntry' as const,
      statusPurpose: purpose,
      statusListIndex: String(place.index),
      statusListCredential: list,
    },
  }
}

/** Sets the status of a sandbox document, as VCALM asks. Throws `not-found` and `validation-failed`. */
export async function setSandboxStatus(
  {
    issuer,
    subject,
    credentialId: id,
    purpose,
    set,
  }: { issuer: string; subject: string; credentialId: string; purpose: 'revocation' | 'suspension'; set: boolean },
  { store, patience, now }: ChangeStatusDeps,
): Promise<void> {
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: store })
  const stream = streamOf(issuer, id)
  const events = (await store.read<SandboxEvent>(stream)).flatMap((commit) => commit.events)
  const signed = events.filter((event) => event.type === 'sandbox-signed').filter(({ pair }) => pair !== undefined)
  if (signed.length === 0) throw noSuchCertificate()
  const entries = signed.filter((entry) => entry.purpose === undefined || entry.purpose === purpose)
  if (entries.length === 0)
    throw new RegistryError('validation-failed', 'this credential has no status of that purpose', {
      faults: [
        {
          pointer: '/credentialStatus/statusPurpose',
          detail: 'must be a purpose for which the credential has an entry',
        },
      ],
    })
  if (purpose === 'revocation' && !set) {
    if (events.some(({ type }) => type === 'revoked')) throw revocationIsFinal()
    return
  }
  const type = purpose === 'revocation' ? 'revoked' : set ? 'suspended' : 'reinstated'
  // Several documents may have that id. The request does not say which one it means, so all of them change.
  for (const [pair = '', ofPair = []] of Map.groupBy(entries, (entry) => entry.pair)) {
    const changes: SandboxEvent[] = ofPair.map(({ index = 0 }) =>
      type === 'reinstated' ? { type, pair, index } : { type, reason: 'unspecified', pair, index },
    )
    await record(stream, { events: changes, actor: subject, now, index: `STATUS#${pair}` }, { store, patience })
  }
}

/** Test suites send one id again and again, also in parallel. The change does not depend on earlier commits, so a lost race is retried. */
const record = (
  stream: StreamId,
  change: { events: SandboxEvent[]; actor: string; now: Date; index?: IndexKey },
  { store, patience }: Pick<SandboxDeps, 'store' | 'patience'>,
): Promise<void> =>
  untilWon(async () => store.append(nextCommit(stream, await store.read<SandboxEvent>(stream), change)), patience)

function credentialId(credential: unknown): string | undefined {
  return isObjectOrList(credential) && typeof credential.id === 'string' ? credential.id : undefined
}

function randomUuid(random: (bytes: number) => Uint8Array): string {
  const hex = Buffer.from(random(16)).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
