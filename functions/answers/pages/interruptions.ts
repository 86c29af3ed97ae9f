import { findQualification } from '@sijil/qualifications'
import { unlessAway } from '@sijil/registry'
import { interruptionsOf } from '@sijil/registry/issuance'
import type { IssuerValues } from '@sijil/web'
import type { PageParts } from './parts.ts'

/** Nothing where nothing is wrong, and where it cannot be read just now: the page does not wait for it (F5, F8). */
export async function interruptionsNow(id: string, { reader }: PageParts): Promise<IssuerValues['interruptions']> {
  const found = await unlessAway(interruptionsOf(id, reader))
  if (found === undefined || (found.key === undefined && found.paused.length === 0)) return undefined
  const paused = found.paused.map(({ qualification, since }) => ({
    title: findQualification(qualification)?.title ?? qualification,
    since,
  }))
  return { ...(found.key && { key: { since: found.key.since } }), paused }
}
