import { CORRIDOR_LICENCE } from '@sijil/qualifications'
import type { PortfolioValues } from '@sijil/web'
import { isDeclared, reportedWork } from './corridors.ts'
import { declaredWork } from './declared-corridors.ts'
import type { View, ViewDeps } from './view.ts'

/** Where a manifest of hashes is made for step 7a of a track, in the browser or by the command. Throws `not-found`. */
export async function portfolioView(
  named: { id: string; track: string },
  deps: Pick<ViewDeps, 'descriptions' | 'reader' | 'now' | 'baseUrl'>,
): Promise<View<object, PortfolioValues>> {
  const { listed } = isDeclared(named.id) ? await declaredWork(named, deps) : await reportedWork(named, deps)
  const { corridor, id: track } = listed
  const command = `sijil portfolio make ${corridor}/${track}`
  const json = { licence: CORRIDOR_LICENCE, corridor, track, registry: deps.baseUrl, command }
  return { json, values: () => ({ track: listed, registry: deps.baseUrl, command }) }
}
