/** What a certificate says about a person, sealed. Whoever owned every box could open none: each key comes from a link's token. */
export interface Box {
  /** Where it is found: HKDF(token, "find"), base64url. */
  find: string
  salt: Uint8Array
  nonce: Uint8Array
  sealed: Uint8Array
  /** Which body and certificate it belongs to, so that verify can read the record. The UUID is in clear, the person is not. */
  owner: string
  uuid: string
}

export interface BoxReader {
  /** Strongly consistent. */
  find(find: string): Promise<Box | undefined>
}

export interface BoxStore extends BoxReader {
  /** Keeps the first box of a `find`, and answers the one that is kept. Durable once it returns. */
  put(box: Box): Promise<Box>
}

/** What a key may sign; the KMS tag `purpose` says the same. */
export type KeyPurpose = 'certificates' | 'lists'
/** No issuer has a key for checkpoints or for statements: these are the registry's own. */
export type SigningPurpose = KeyPurpose | 'checkpoints' | 'statements'
export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'P-384'

/** One signing key of one issuer, as its trust stream records it. */
export interface SigningKey<Purpose extends SigningPurpose = KeyPurpose> {
  /** The fragment of its DID URL, e.g. `certificates-1`. */
  kid: string
  purpose: Purpose
  algorithm: KeyAlgorithm
  /** Multikey, `z…` (CID 1.0 §2.2.2). */
  publicKeyMultibase: string
  /** What the signer knows it by; for KMS the key's ARN. */
  keyRef: string
  /** Kept by its body in an account of its own: by this signature (`possessionText`) the key itself agreed to sign for it here. */
  lent?: { possession: string }
}

export interface Signer {
  /**
   * Signs `bytes` (64 for eddsa-rdfc-2022, the hash input of ECDSA otherwise). Ed25519 takes at most 4,096 bytes, ECDSA any number. Refuses a key whose tags name another issuer or
   * purpose, or that is lent and did not agree to either. ECDSA signatures come as IEEE P1363. Throws `dependency-unavailable` when the key cannot be used now.
   */
  sign(key: SigningKey<SigningPurpose>, issuer: string, purpose: SigningPurpose, bytes: Uint8Array): Promise<Uint8Array>
}

export interface KeyMaker {
  /** A new key that cannot be exported, tagged with its issuer and purpose. */
  createKey(
    issuer: string,
    purpose: SigningPurpose,
    algorithm: KeyAlgorithm,
  ): Promise<{ keyRef: string; publicKeyMultibase: string }>
  /** Why the signer could not use a key that a body keeps itself, by what it is called; nothing where it could, if its keeper lets it. */
  cannotUse(keyRef: string): Promise<string | undefined>
}

/** An issuer's 256-bit secret is stored as ciphertext only; its encryption context is the issuer. */
export interface SecretReader {
  decrypt(issuer: string, ciphertext: Uint8Array): Promise<Uint8Array>
}

export interface SecretMaker {
  createSecret(issuer: string): Promise<Uint8Array>
}

/** Seals what only the issuer's officers may read. Needs no right to decrypt. */
export interface NoteSealer {
  /** At most 2,000 characters; base64. */
  seal(issuer: string, note: string): Promise<string>
}

export interface NoteOpener {
  open(issuer: string, sealed: string): Promise<string>
}
