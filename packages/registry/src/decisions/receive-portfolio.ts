import { didForIssuer, type PreparedReceipt, prepareReceipt } from '@sijil/credentials'
import { wholeHashFaults } from '@sijil/qualifications'
import { foundedOn } from '../corridors/corridor-at.ts'
import { addressOfReceipt, type ReceiptEvent, type ReceivedPortfolio, readReceipts } from '../corridors/receipts.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { decidedOn } from '../log/logs.ts'
import { wholeSecond } from '../moments.ts'
import { nextCommit, streams } from '../stream.ts'
import { type Entity, usableKeys } from '../trust/entity.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { requireParty } from './decide-track.ts'
import { requireDecisionKey } from './propose-single.ts'
import { findAuthority } from './version-parties.ts'

/** An authority says that it got a portfolio. `receipt`: UUID of the receipt. */
export interface ReceiptChange {
  verb: 'receive-portfolio'
  portfolio: ReceivedPortfolio
  receipt: string
  receivedOn: string
}

/**
 * Records what the authority will sign, with its newest key for decisions. Throws `not-found` where it is no party of such a track (I36),
 * `conflict` if there is a receipt or no key, and `validation-failed`.
 */
export async function receivePortfolio(
  { portfolio, receipt, receivedOn }: ReceiptChange,
  { authority, actor }: { authority: string; actor: string },
  deps: CarryOutDeps,
): Promise<void> {
  const { corridor: id, track, manifest } = portfolio
  const { corridor, declaredBy } = await requireParty(authority, { corridor: id, id: track, step: '7a' }, deps)
  const own = await findAuthority(authority, deps)
  if (own === undefined) throw new RegistryError('internal', 'a party that is no authority')
  const { host } = corridor.current?.text.content.tracks.find((one) => one.id === track) ?? {}
  const today = deps.now.toISOString().slice(0, 10)
  const first = foundedOn(corridor) ?? today
  const faults: Fault[] = [
    ...(host === undefined || host === declaredBy.state
      ? []
      : [{ pointer: '/track', detail: 'must be a track into your state: its host receives portfolios' }]),
    ...wholeHashFaults('/manifest', manifest),
    ...(receivedOn <= today && receivedOn >= first
      ? []
      : [{ pointer: '/receivedOn', detail: `must be a day from ${first} to today`, reason: 'not-a-day' as const }]),
  ]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the receipt cannot be given as described', { faults })
  const { commits, receipts } = await readReceipts(portfolio, deps.store)
  const last = receipts.at(-1)
  if (last !== undefined && (last.authority.id !== authority || maySign(own, last.kid, deps.now)))
    throw new RegistryError('conflict', 'there is a receipt for this manifest already', { reason: 'nothing-changes' })
  const { kid } = await requireDecisionKey(authority, deps)
  const event = {
    type: 'portfolio-received',
    id: receipt,
    receivedOn,
    kid,
    authority: { id: authority, name: own.identity.name, url: own.identity.website },
    created: wholeSecond(deps.now),
  } as const
  const { hash } = receiptToSign(portfolio, event, deps)
  const stream = streams.receipt(id, track, manifest)
  const recorded = { events: [{ ...event, hash }], actor, now: deps.now, index: decidedOn(deps.now.getTime()) }
  await deps.store.append(nextCommit<ReceiptEvent>(stream, commits, recorded))
}

const maySign = (own: Entity, kid: string, now: Date): boolean =>
  usableKeys(own, 'decisions', now.toISOString()).some((key) => key.kid === kid)

/** The receipt as it was recorded. It is the same each time. */
export function receiptToSign(
  portfolio: ReceivedPortfolio,
  { id, authority, receivedOn, kid, created }: Omit<ReceiptEvent, 'hash'>,
  { baseUrl }: Pick<CarryOutDeps, 'baseUrl'>,
): PreparedReceipt {
  const did = didForIssuer(baseUrl, authority.id)
  const { corridor, track, manifest } = portfolio
  return prepareReceipt(
    {
      id: `urn:uuid:${id}`,
      authority: { ...authority, id: did },
      address: `${baseUrl}${addressOfReceipt(portfolio)}`,
      track: `${baseUrl}/corridors/${corridor}/${track}`,
      ...{ manifest, receivedOn, validFrom: created },
    },
    { created, verificationMethod: `${did}#${kid}` },
  )
}
