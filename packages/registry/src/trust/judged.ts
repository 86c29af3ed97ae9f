import type { AccreditationStatus, IssuerAnswer } from './issuer-answer.ts'

/** What is said of one way to stand: by one grant, or by everything that a grant rests on. */
export type Judged = Pick<IssuerAnswer, 'standing' | 'since' | 'pilot' | 'sites' | 'outside' | 'chain'>

/** The best grant speaks: one that covers and is in force, else the most telling reason why none does. */
export const order: readonly AccreditationStatus[] = ['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown']
/** What is so everywhere comes before what is so at some sites; what only the site is outside of, before what is another matter. */
const rank = ({ standing, sites, outside }: Judged) =>
  order.indexOf(standing) + (sites ? 0.5 : 0) - (outside === 'site' ? 0.5 : 0)
/** Among equals the first. */
export const bestOf = ([first, ...others]: readonly Judged[]): Judged | undefined =>
  first && others.reduce((best, one) => (rank(one) < rank(best) ? one : best), first)
/** Among equals the last. */
export const worstOf = ([first, ...others]: readonly Judged[]): Judged | undefined =>
  first && others.reduce((worst, one) => (rank(one) >= rank(worst) ? one : worst), first)

/** Where one grant is good for some sites and another for others, it is so at all of them; one of them a pilot, and it is said of all. */
export function atAllSites(best: Judged, judged: readonly Judged[]): Judged {
  if (best.sites === undefined) return best
  const limited = judged.filter((one) => one.sites !== undefined)
  const sites = [...new Set(limited.flatMap((one) => one.sites ?? []))].sort()
  return { ...best, sites, ...(limited.some((one) => one.pilot) && { pilot: true }) }
}

/** The sites at which all of them are good for something. Absent: not limited. */
export const meeting = (judged: readonly Pick<Judged, 'sites'>[]): readonly string[] | undefined =>
  judged
    .map(({ sites }) => sites)
    .reduce((common, sites) => (common && sites ? common.filter((site) => sites.includes(site)) : (common ?? sites)))
