import { didForIssuer, parseReceipt, sealReceipt, verifyReceiptProof } from '@sijil/credentials'
import { isWholeHash } from '@sijil/qualifications'
import { isCorridorId } from '../corridors/reader.ts'
import { type ReceivedPortfolio, readReceipts } from '../corridors/receipts.ts'
import { RegistryError } from '../errors.ts'
import { didDocument } from '../trust/did-document.ts'
import { EVERYTHING, usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { receiptToSign } from './receive-portfolio.ts'
import type { SingleDeps } from './single-deps.ts'

/** Receipts that were signed before, by the hash of the record. */
export type SignedReceipts = Map<string, object>

/** So many are remembered. */
const MOST = 500

/**
 * The signed receipt for one manifest. Who asks again costs no signature. Ed25519 makes the same signature each time, so every reader gets the same bytes. Throws `not-found`,
 * and `conflict` if its key may not sign any more.
 */
export async function signReceipt(
  portfolio: ReceivedPortfolio,
  {
    store,
    signer,
    baseUrl,
    verifyIndependently,
    now,
    remembered,
  }: Pick<SingleDeps, 'store' | 'signer' | 'baseUrl' | 'verifyIndependently' | 'now'> & { remembered: SignedReceipts },
): Promise<object> {
  const isNamed = isCorridorId(portfolio.corridor) && /^[a-z0-9-]{1,64}$/.test(portfolio.track)
  const { receipts } =
    isNamed && isWholeHash(portfolio.manifest) ? await readReceipts(portfolio, store) : { receipts: [] }
  const recorded = receipts.at(-1)
  if (recorded === undefined) throw new RegistryError('not-found', 'no receipt names such a manifest')
  const host = entityAt(recorded.authority.id, await trustOf(store)(recorded.authority.id), EVERYTHING)
  const key = host && usableKeys(host, 'decisions', now.toISOString()).find(({ kid }) => kid === recorded.kid)
  if (host === undefined || key === undefined)
    throw new RegistryError(
      'conflict',
      'the key that this receipt was recorded with may not sign any more: ask the authority for a new receipt',
    )
  const before = remembered.get(recorded.hash)
  if (before !== undefined) return before
  const prepared = receiptToSign(portfolio, recorded, { baseUrl })
  if (prepared.hash !== recorded.hash) throw new RegistryError('internal', 'a receipt is not the one that was recorded')
  const signed = sealReceipt(prepared, await signer.sign(key, host.id, 'decisions', prepared.bytes))
  const document = parseReceipt(signed)
  // Our verifier and one of another project accept what is handed out.
  const didOf = didDocument(host, didForIssuer(baseUrl, host.id))
  const independent = await verifyIndependently(document, { didDocument: didOf, now })
  if (!verifyReceiptProof(document, key.publicKeyMultibase) || !independent.verified)
    throw new RegistryError('internal', 'the signed receipt did not verify and was withheld')
  if (remembered.size >= MOST) remembered.clear()
  remembered.set(recorded.hash, signed)
  return signed
}
