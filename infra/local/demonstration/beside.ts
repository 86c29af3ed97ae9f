import { generateKeyPairSync, sign } from 'node:crypto'
import { createSecretReader, kmsClient } from '@sijil/aws'
import {
  type Certificate,
  encodeMultikey,
  fromOpenBadge,
  parseProfile,
  prepareCredential,
  sealCredential,
  statusPurposes,
} from '@sijil/credentials'
import { verifyIndependently } from '@sijil/credentials/independent'
import { type Commit, type CommitReader, type CommitStore, streams } from '@sijil/registry'
import type { IssueInput } from '@sijil/registry/certificates'
import { issueCertificate, noQuota } from '@sijil/registry/issuance'
import { entityAt, keysFor, type TrustEvent, trustOf } from '@sijil/registry/trust'
import { clock } from '../../../functions/clock.ts'
import { FROM } from './bodies.ts'
import type { LocalParts } from './entities.ts'

/** Makes certificates that the public API refuses: of an earlier time, out of scope, unrecorded, altered, or of an unknown issuer. */

export async function issueAt(
  moment: Date,
  { issuer, input, key }: { issuer: string; input: IssueInput; key: string },
  baseUrl: string,
  { store, boxes, signer, random, patience }: Pick<LocalParts, 'store' | 'boxes' | 'signer' | 'random' | 'patience'>,
): Promise<{ link: string; document: object }> {
  const secrets = createSecretReader({
    kms: kmsClient(),
    keyId: process.env.SECRETS_KEY_ID ?? '',
    now: clock,
  })
  const deps = {
    store,
    boxes,
    signer,
    secrets,
    sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
    policy: { demonstration: true },
    baseUrl,
    verifyIndependently,
    now: moment,
    random,
    patience,
    quota: noQuota,
  }
  const issued = await issueCertificate({ issuer, subject: issuer, idempotencyKey: key, input }, deps)
  if ('waits' in issued) throw new Error('the demonstration replaces more certificates than one person may')
  return { link: issued.link, document: issued.verifiableCredential }
}

/** A store in which the body seems to have permission for everything, to issue and record a certificate out of scope. */
export function unbounded(store: CommitStore, body: string): CommitStore {
  const stream = streams.trust(body)
  const read: CommitReader['read'] = async <E>(asked: typeof stream) => {
    const commits = await store.read<E>(asked)
    if (asked !== stream) return commits
    const event: TrustEvent = { type: 'established', grant: 'unbounded', right: 'issue', law: 'none', scope: {} }
    const last = commits.at(-1) as Commit<E>
    return [...commits, { ...last, number: last.number + 1, events: [event as E], effectiveAt: FROM }]
  }
  return {
    read,
    latest: (asked) => store.latest(asked),
    list: (index, page) => store.list(index, page),
    append: (commit) => store.append(commit),
    claim: (...claim) => store.claim(...claim),
  }
}

/** Signs a certificate with the body's own key, without recording it in the registry. */
export async function signUnrecorded(
  issuer: string,
  like: object,
  { store, signer }: Pick<LocalParts, 'store' | 'signer'>,
): Promise<object> {
  const entity = entityAt(issuer, await trustOf(store)(issuer), clock().toISOString())
  const key = entity && keysFor(entity, 'certificates')[0]
  if (key === undefined) throw new Error(`no key of ${issuer}`)
  const document = parseProfile(like)
  const certificate: Certificate = {
    ...fromOpenBadge(document),
    id: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
    certificateNumber: 'DEMO-UNRECORDED-1',
  }
  const prepared = prepareCredential(certificate, {
    created: document.proof.created,
    verificationMethod: `${certificate.issuer.id}#${key.kid}`,
  })
  return JSON.parse(sealCredential(prepared, await signer.sign(key, issuer, 'certificates', prepared.bytes)))
}

/** Signs as a body that no authority here has listed. */
export function signByStranger(like: object): object {
  const document = parseProfile(like)
  const did = 'did:web:builders.example'
  const certificate: Certificate = {
    ...fromOpenBadge(document),
    id: 'urn:uuid:7be0f5c1-64a3-4c0f-8f0e-0d6a0d0c5b22',
    issuer: { id: did, name: 'Example Builders Training Institute (demonstration)', url: 'https://builders.example' },
    status: statusPurposes.map((purpose) => ({
      purpose,
      list: `https://builders.example/status/${purpose}`,
      index: 7,
    })),
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const prepared = prepareCredential(certificate, {
    created: document.proof.created,
    verificationMethod: `${did}#${encodeMultikey({ algorithm: 'Ed25519', bytes: raw })}`,
  })
  return JSON.parse(sealCredential(prepared, sign(null, prepared.bytes, privateKey)))
}

/** Changes one letter of the name after signing. */
export function alter(document: object): object {
  const text = JSON.stringify(document)
  const altered = text.replace('RODEL MANALO', 'RODEL MARALO')
  if (altered === text) throw new Error('nothing was altered')
  return JSON.parse(altered)
}
