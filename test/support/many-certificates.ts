import { randomUUID } from 'node:crypto'
import { nextCommit, streams } from '@sijil/registry'
import { awardsIndex } from '../../packages/registry/src/certificates/certificate-number.ts'
import { readRecord } from '../../packages/registry/src/certificates/read-record.ts'
import type { CertificateEvent } from '../../packages/registry/src/certificates/record.ts'
import { issuerSecret, sealNumber } from '../../packages/registry/src/certificates/secrecy.ts'
import { after, aWorld, BODY, OFFICER, SECOND, type World } from './registry-world.ts'

/** The qualification of one certificate of a hundred. */
export const OTHER = 'ph-masonry-nc1'

/**
 * Writes as many certificates as issuing would have, from one that was issued, ten seconds apart. An earlier version issued those before
 * `indexed`: their claims stand in no index.
 */
export async function withMany(count: number, indexed = 1): Promise<World> {
  const world = await aWorld()
  const { uuid } = await world.issue()
  const { store, keys } = world
  const secret = await issuerSecret(BODY, { reader: store, secrets: keys })
  const record = await readRecord(BODY, uuid, store)
  if (record === undefined) throw new Error('not issued')
  for (let at = 1; at <= count; at++) {
    const id = randomUUID()
    const now = after(at * 10 * SECOND)
    // One of fifty is suspended.
    const qualification = at % 100 === 0 ? OTHER : record.reservation.qualification
    const number = { tag: id, sealed: sealNumber(secret, id, `M-${at}`) }
    const reserved: CertificateEvent = { type: 'reserved', ...record.reservation, qualification, number }
    const stream = streams.certificate(BODY, id)
    const commits = [nextCommit<CertificateEvent>(stream, [], { events: [reserved], actor: OFFICER, now })]
    const add = (event: CertificateEvent, index: `CERTIFICATES#${string}` | `STATUS#${string}`) =>
      commits.push(nextCommit(stream, commits, { events: [event], actor: OFFICER, now, index }))
    add({ type: 'issued', generation: 0 }, `CERTIFICATES#${BODY}`)
    const { pair, index } = record.reservation.status
    if (at % 50 === 0) add({ type: 'suspended', reason: 'holder-request', pair, index }, `STATUS#${pair}`)
    for (const commit of commits) await store.append(commit)
    const claimed = { events: [{ type: 'number-claimed', uuid: id }], actor: OFFICER, now }
    await store.append(
      nextCommit(streams.number(BODY, id), [], {
        ...claimed,
        ...(at >= indexed && { index: awardsIndex(BODY, qualification) }),
      }),
    )
  }
  return world
}
