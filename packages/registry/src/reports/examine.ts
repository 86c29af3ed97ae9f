import { createHash } from 'node:crypto'
import { DocumentFault, isDid, isObject, issuerOfDid, readJson } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { openLink } from '../verification/open-link.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { VerifyDeps } from '../verification/verify-deps.ts'
import type { ReportedCertificate, ReportedVerdict } from './report.ts'

/** What a reporter hands in: the token of a link, the bytes of a file, or the origin of another site. */
export type HandedIn = { token: string } | { file: Uint8Array } | { site: string }

/** What the registry finds in it by itself. */
export interface Examined {
  thing: Omit<ReportedCertificate, 'certificate' | 'claims'>
  verdict: ReportedVerdict
  /** The DID that it names as its issuer. */
  issuer?: string
  /** The id of a body here, if the DID has the form of one. It may not be registered. */
  body?: string
  /** The id that it states, without `urn:uuid:`. */
  uuid?: string
}

/** Judges the thing as a verification would, and keeps nothing of its content but the names of issuer and certificate. */
export async function examine(handedIn: HandedIn, deps: VerifyDeps): Promise<Examined> {
  if ('site' in handedIn) {
    const thing = { kind: 'site', digest: digestOf('site', handedIn.site), site: handedIn.site } as const
    return { thing, verdict: 'not-read' }
  }
  if ('token' in handedIn) {
    const thing = { kind: 'link', digest: digestOf('link', handedIn.token) } as const
    const opened = await openLink(handedIn.token, deps)
    if (opened === undefined || 'why' in opened) return { thing, verdict: 'not-found' }
    return { thing, ...(await judge(opened.document, deps)) }
  }
  const thing = { kind: 'file', digest: digestOf('file', handedIn.file) } as const
  const document = parse(handedIn.file)
  return document === undefined ? { thing, verdict: 'not-read' } : { thing, ...(await judge(document, deps)) }
}

/** Tells the same thing from another one, and reveals nothing of it. */
export const digestOf = (kind: string, content: string | Uint8Array): string =>
  createHash('sha256').update(`report-fake\0${kind}\0`).update(content).digest('base64url')

/** The certificate in a file, which may also be an answer that contains one. Undefined for any other file, such as a photo. */
function parse(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const read: unknown = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const document = isObject(read) && 'verifiableCredential' in read ? read.verifiableCredential : read
    return isObject(document) ? (document as Record<string, unknown>) : undefined
  } catch (fault) {
    if (fault instanceof DocumentFault || fault instanceof TypeError) return undefined
    throw fault
  }
}

async function judge(document: object, deps: VerifyDeps): Promise<Omit<Examined, 'thing'>> {
  const { issuer: stated, id } = document as { issuer?: unknown; id?: unknown }
  const issuer = isObject(stated) ? (stated as { id?: unknown }).id : stated
  const body = isDid(issuer) ? issuerOfDid(issuer, deps.baseUrl) : undefined
  const uuid = typeof id === 'string' ? UUID.exec(id)?.[1] : undefined
  return {
    verdict: await verdictOn(document, deps),
    ...(isDid(issuer) && issuer.length <= MOST_LETTERS && { issuer }),
    ...(body !== undefined && { body }),
    ...(uuid !== undefined && { uuid }),
  }
}

const UUID = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
/** A longer DID is not kept: a stranger wrote it. */
const MOST_LETTERS = 200

async function verdictOn(document: object, deps: VerifyDeps): Promise<ReportedVerdict> {
  try {
    return (await verifyDocument(document, deps)).verdict
  } catch (error) {
    // The document itself is at fault, so no verifier would read it.
    if (error instanceof RegistryError && /^(?:document-too-complex|validation-failed)$/.test(error.code))
      return 'not-read'
    throw error
  }
}

/** The UUID, if the body has a record of such a certificate. An id that only the thing states is not kept. */
export async function knownCertificate(
  body: string,
  { body: named, uuid }: Examined,
  { reader }: Pick<VerifyDeps, 'reader'>,
): Promise<string | undefined> {
  if (uuid === undefined || named !== body) return undefined
  return (await readRecord(body, uuid, reader)) === undefined ? undefined : uuid
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The reference number of a report: 80 bits of the digest, so that the same thing has the same report. */
export const reportId = (digest: string): string =>
  Array.from(createHash('sha256').update(digest).digest().subarray(0, 16), (byte) => LETTERS[byte & 31]).join('')
