import { unlessAway } from '@sijil/registry'
import { interruptionsOf } from '@sijil/registry/issuance'
import type { IssuerValues } from '@sijil/web'
import { titlesToday } from './catalogue.ts'
import type { ViewDeps } from './view.ts'

/** What keeps an issuer from issuing now. `undefined` if nothing does, or if it cannot be read, so the page still opens (F5, F8). */
export async function interruptionsNow(
  id: string,
  deps: Pick<ViewDeps, 'reader' | 'qualifications' | 'now'>,
): Promise<IssuerValues['interruptions']> {
  const found = await unlessAway(interruptionsOf(id, deps.reader))
  if (found === undefined || (found.key === undefined && found.paused.length === 0)) return undefined
  const titles = await titlesToday(deps)
  const paused = found.paused.map(({ qualification, since }) => ({
    title: titles(qualification) ?? qualification,
    since,
  }))
  return { ...(found.key && { key: { since: found.key.since } }), paused }
}
