import type { AccreditationStatus, IssuerAnswer } from './issuer-answer.ts'

/** The judgement of one grant, or of everything that a grant depends on. */
export type Judged = Pick<IssuerAnswer, 'standing' | 'since' | 'pilot' | 'sites' | 'outside' | 'chain'>

/** From best to worst. The best grant decides: one in force, or else the one whose failure explains most. */
export const order: readonly AccreditationStatus[] = ['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown']
/** No limit of sites ranks above some sites. A grant that only the site or a unit is outside of ranks above other mismatches. */
const rank = ({ standing, sites, outside }: Judged) =>
  order.indexOf(standing) + (sites ? 0.5 : 0) - (outside === 'site' || outside === 'unit' ? 0.5 : 0)
/** The best. Among equals, the first. */
export const bestOf = ([first, ...others]: readonly Judged[]): Judged | undefined =>
  first && others.reduce((best, one) => (rank(one) < rank(best) ? one : best), first)
/** The worst. Among equals, the last. */
export const worstOf = ([first, ...others]: readonly Judged[]): Judged | undefined =>
  first && others.reduce((worst, one) => (rank(one) >= rank(worst) ? one : worst), first)

/** Joins grants that are limited to different sites. If one of them is a pilot, the whole answer is called a pilot. */
export function atAllSites(best: Judged, judged: readonly Judged[]): Judged {
  if (best.sites === undefined) return best
  const limited = judged.filter((one) => one.sites !== undefined)
  const sites = [...new Set(limited.flatMap((one) => one.sites ?? []))].sort()
  return { ...best, sites, ...(limited.some((one) => one.pilot) && { pilot: true }) }
}

/** The sites that all of them allow. Undefined: no limit. */
export const meeting = (judged: readonly Pick<Judged, 'sites'>[]): readonly string[] | undefined =>
  judged
    .map(({ sites }) => sites)
    .reduce((common, sites) => (common && sites ? common.filter((site) => sites.includes(site)) : (common ?? sites)))
