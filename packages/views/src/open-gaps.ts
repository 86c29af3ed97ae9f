import { unlessAway } from '@sijil/registry'
import { corridorAt, gapsAt } from '@sijil/registry/corridors'
import type { ViewDeps } from './view.ts'

/**
 * How many gaps are open between what an edition has and what a host asks for, in the corridors in force of which the host is a party. A
 * recognition is then conditional. None if the store does not answer: they change no decision and no verdict.
 */
export async function openGapsBetween({
  corridors,
  now,
}: Pick<ViewDeps, 'corridors' | 'now'>): Promise<
  (of: { qualification: string; edition?: string | undefined }, host: string) => number
> {
  const moment = now.toISOString()
  const all = ((await unlessAway(corridors())) ?? []).flatMap(({ versions, gaps }) => {
    const corridor = corridorAt(versions, { effective: moment, recorded: moment })
    if (corridor?.state !== 'open') return []
    const parties = new Set(corridor.current?.text.parties.map(({ id }) => id))
    const open = [...gaps.values()].flatMap(gapsAt).filter(({ closed }) => closed === undefined)
    return open.map(({ from }) => ({ from, parties }))
  })
  return ({ qualification, edition }, host) =>
    all.filter(
      ({ from, parties }) =>
        parties.has(host) &&
        from.qualification === qualification &&
        (edition === undefined || from.edition === edition),
    ).length
}
