/** The encrypted content of a certificate. A copy of all boxes reveals nothing, because each key comes from the token of a link. */
export interface Box {
  /** Its address: HKDF(token, "find"), base64url. */
  find: string
  salt: Uint8Array
  nonce: Uint8Array
  sealed: Uint8Array
  /** The body and the certificate, so that verify can read the record. The UUID is in clear, the person is not. */
  owner: string
  uuid: string
  /** The generation of its link. Absent: the first. */
  generation?: number
}

export interface BoxReader {
  /** Strongly consistent. */
  find(find: string): Promise<Box | undefined>
}

export interface BoxStore extends BoxReader {
  /** Keeps the first box of a `find`, and returns the kept one. Durable once it returns. */
  put(box: Box): Promise<Box>
}

/** The only right to delete anything. One function has it. */
export interface BoxEraser {
  /** Deleting a box that does not exist is no error. Once it returns, the box is gone from everything but backups. */
  delete(find: string): Promise<void>
}

declare const artefactName: unique symbol
/** Path of a stored file. Its first part is its kind: rights and lifetimes are given to a kind. Made in `artefacts.ts`. */
export type ArtefactName = string & { readonly [artefactName]: true }

/** Files that follow from the commits. A commit names each with its digest before anybody is given it (docs/decisions/086). */
export interface ArtefactReader {
  /** Undefined if nothing of this name can be read. */
  read(name: ArtefactName): Promise<Uint8Array | undefined>
}

export interface ArtefactStore extends ArtefactReader {
  /**
   * Writes once. Durable once it returns. The same bytes may be put again. Throws `artefact-differs` if other bytes have this name, and
   * then writes nothing.
   */
  put(name: ArtefactName, bytes: Uint8Array): Promise<void>
}

/** The use of a key. Its KMS tag `purpose` has the same value. A body has keys for the first two, an authority for the third. */
export type KeyPurpose = 'certificates' | 'lists' | 'decisions'
/** The registry's own keys: no issuer has a key for checkpoints or statements. */
export type SigningPurpose = KeyPurpose | 'checkpoints' | 'statements'
export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'P-384'

/** One signing key of one issuer, as in its trust stream. */
export interface SigningKey<Purpose extends SigningPurpose = KeyPurpose> {
  /** The fragment of its DID URL, e.g. `certificates-1`. */
  kid: string
  purpose: Purpose
  algorithm: KeyAlgorithm
  /** Multikey, `z…` (CID 1.0 §2.2.2). */
  publicKeyMultibase: string
  /** The signer's name for the key. For KMS, its ARN. */
  keyRef: string
  /** Only for a key in the body's own account: a signature by it over `possessionText`, by which it agreed to sign for the body here. */
  lent?: { possession: string }
}

export interface Signer {
  /**
   * Signs `bytes`: 64 bytes for eddsa-rdfc-2022, otherwise the hash input of ECDSA. The limit is 4,096 bytes for Ed25519; ECDSA has none.
   * Returns IEEE P1363 for ECDSA. Refuses a key whose tags name another issuer or purpose, and a lent key that did not agree to them.
   * Throws `dependency-unavailable` if the key cannot be used now.
   */
  sign(key: SigningKey<SigningPurpose>, issuer: string, purpose: SigningPurpose, bytes: Uint8Array): Promise<Uint8Array>
}

/** Why a key is made, so that a repeated request finds the key that an interrupted one left behind. */
interface KeyRequest {
  /** The same for each repeat, and for no other key of this issuer. It becomes a tag, so it names no person. */
  name: string
  /** True if an earlier request of this name may have made the key already. Looking for it takes time. */
  isRepeated: boolean
}

export interface KeyMaker {
  /** Makes a key that cannot be exported, tagged with its issuer, its purpose and the request. Returns once the key can be found. */
  createKey(
    issuer: string,
    purpose: SigningPurpose,
    algorithm: KeyAlgorithm,
    request: KeyRequest,
  ): Promise<{ keyRef: string; publicKeyMultibase: string }>
  /** Why the signer could not use a key in a body's own account. Undefined: it could, if the owner of the account allows it. */
  cannotUse(keyRef: string): Promise<string | undefined>
}

/** Decrypts an issuer's 256-bit secret, which is stored only as ciphertext. The issuer is the encryption context. */
export interface SecretReader {
  decrypt(issuer: string, ciphertext: Uint8Array): Promise<Uint8Array>
}

export interface SecretMaker {
  createSecret(issuer: string): Promise<Uint8Array>
}

/** Encrypts a note that only the issuer's officers may read. Needs no right to decrypt. */
export interface NoteSealer {
  /** `note` has at most 2,000 characters, and 4,096 bytes of UTF-8. Returns base64. */
  seal(issuer: string, note: string): Promise<string>
}

export interface NoteOpener {
  open(issuer: string, sealed: string): Promise<string>
}

/**
 * A hint that rows of a batch can be issued. It holds ids and places only: everything else comes from the record (I61). `batches` makes and
 * reads it.
 */
export interface RangeMessage {
  version: 1
  owner: string
  batch: string
  piece: number
  /** Places in the piece. Both ends belong to it. */
  from: number
  to: number
}

/** The same for a part of a file that is made of an issued batch, or for the whole file if `part` is absent. `batch-files` makes and reads it. */
export interface FileMessage {
  version: 1
  owner: string
  batch: string
  request: number
  file: number
  part?: number
}

/** Events of one body whose delivery is due. `webhooks` makes and reads it. */
export interface DeliveryMessage {
  version: 1
  owner: string
  events: readonly string[]
}

/** How one attempt to deliver an event ended. A class of status codes, or why there was no answer. */
export const deliveryAnswers = [
  '2xx',
  '3xx',
  '4xx',
  '5xx',
  'too-slow',
  'no-connection',
  'not-a-public-address',
  'no-secret',
  'not-wanted',
] as const
export type DeliveryAnswer = (typeof deliveryAnswers)[number]

/** Addresses outside that bodies name for their webhooks. */
export interface ReceiverCheck {
  /** Why nothing may be sent there. It looks up the host. Undefined: it may be named. */
  refusal(url: string): Promise<string | undefined>
}

export interface EventSender {
  /**
   * One attempt, signed with each secret (Standard Webhooks). It never throws. It connects to public addresses only, follows no redirect,
   * and ends within some seconds. It reads no more of an answer than its status.
   */
  post(event: { url: string; id: string; body: string; secrets: readonly string[]; now: Date }): Promise<DeliveryAnswer>
  /**
   * True only if the system at this address says that it wants events of this registry. It connects as `post` does, and reads one header
   * of the answer.
   */
  isWantedAt(url: string): Promise<boolean>
}

/** A message may come late, twice, or not at all. Those that are missing are sent again from the record. */
export interface MessageQueue<Message> {
  /** Durable once it returns. `afterSeconds`: it does not come before. Throws `dependency-unavailable` if it may be lost. */
  send(messages: readonly Message[], afterSeconds?: number): Promise<void>
}
export type RangeQueue = MessageQueue<RangeMessage>

/** Where people load large files, and where they send them, without a function in between. An address is a secret, and ends by itself. */
export interface FileAddresses {
  /** `as`: the name under which a browser keeps the file. */
  load(name: ArtefactName, how: { as: string; now: Date; seconds: number }): Promise<string>
  /** A form for one object of this name, of at most so many bytes. The file is its last field, `file`. */
  receive(
    name: ArtefactName,
    /** `returnTo`: where a browser goes afterwards. */
    how: { mostBytes: number; returnTo?: string; now: Date; seconds: number },
  ): Promise<{ url: string; fields: Record<string, string> }>
}
