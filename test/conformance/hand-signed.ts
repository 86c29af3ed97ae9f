import { createHash } from 'node:crypto'
import { canonicalizeReference } from '@sijil/credentials/general'
import { base58, CREATED, type DidKey } from './did-keys.ts'
import type { Json } from './inputs.ts'

export interface Signing {
  /** Members of the proof that differ from the usual ones. `undefined` leaves one out. */
  proof?: Json
  hash?: 'sha256' | 'sha384' | 'sha512'
  canonical?: (document: Json) => Promise<string>
  /** Proofs that are signed together with the document (Data Integrity §4.3). */
  previous?: Json[]
}

/** Makes a proof by hand, so that a wrong document or proof can have a good signature. */
export async function proofOf(
  key: DidKey,
  document: Json,
  { proof, hash, canonical, previous = [] }: Signing = {},
): Promise<Json> {
  const digest = hash ?? (key.algorithm === 'P-384' ? 'sha384' : 'sha256')
  const named = digest === 'sha384' ? 'sha384' : 'sha256'
  const write = canonical ?? ((part: Json) => canonicalizeReference(part, { digest: named }))
  const options: Json = {
    type: 'DataIntegrityProof',
    cryptosuite: key.cryptosuite,
    created: CREATED,
    verificationMethod: key.verificationMethod,
    proofPurpose: 'assertionMethod',
    ...proof,
  }
  for (const [name, value] of Object.entries(options)) if (value === undefined) delete options[name]
  const bytes = []
  const chained = previous.length === 0 ? document : { ...document, proof: previous }
  for (const part of [{ '@context': document['@context'], ...options }, chained])
    bytes.push(
      createHash(digest)
        .update(await write(part))
        .digest(),
    )
  return { ...options, proofValue: base58(key.sign(Buffer.concat(bytes))) }
}
export const signed = async (key: DidKey, document: Json, signing?: Signing): Promise<Json> => ({
  ...document,
  proof: await proofOf(key, document, signing),
})
