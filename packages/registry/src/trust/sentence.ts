import type { Identity, Right } from './events.ts'
import type { IssuerAnswer } from './issuer-answer.ts'

const fails = ({ standing }: IssuerAnswer['chain'][number]) => standing !== 'authorised'

const verbs = { issue: 'certify', assess: 'assess for', accredit: 'accredit for', recognise: 'recognise' } as const

/** The answer as an English sentence. */
export function sentenceFor(
  { standing, since, chain, pilot, sites, outside }: Omit<IssuerAnswer, 'sentence' | 'effective' | 'recorded'>,
  { name, demonstration }: Pick<Identity, 'name' | 'demonstration'>,
  title: string,
  right: Right,
): string {
  const grantors = chain.slice(0, -1).filter((link) => link.role !== 'centre' && !link.principal)
  const principal = chain.at(-1)?.onBehalfOf
  // The sentence names the first link that fails. If the body itself fails, it is named before its principal.
  const isOfPrincipal = chain.at(-1)?.standing === 'authorised' && chain.find(fails)?.principal
  const who = isOfPrincipal && principal ? `${principal.name} (on whose behalf ${name} acts)` : name
  const by =
    grantors.length > 0
      ? ` by ${grantors.map((link) => link.name).join(' and ')}`
      : demonstration
        ? ' in this demonstration'
        : ' by law'
  const day = since?.slice(0, 10)
  const what = `${verbs[right]} ${title}`
  switch (standing) {
    case 'authorised':
      return `${name} was allowed to ${what}${by}${principal ? `, on behalf of ${principal.name}` : ''}${pilot ? ', as a pilot' : ''}${sites ? `, at ${sites.length} ${sites.length === 1 ? 'site' : 'sites'} only` : ''}.`
    case 'not-for-this':
      if (outside === 'site')
        return `${who} is known here, but was allowed to ${what} at certain sites only, and this is not one of them.`
      if (outside === 'unit')
        return `${who} is known here, but was allowed to ${what} in certain units only, and this is not within them.`
      return `${who} is known here, but was not allowed to ${what} on that day.`
    case 'suspended':
      return `${who} has been suspended since ${day}: it may not ${what} now.`
    case 'withdrawn':
      return `The accreditation of ${who} to ${what} was withdrawn from ${day} on.`
    case 'unknown':
      return `No authority that this registry accepts stands behind ${who}.`
    default:
      return standing satisfies never
  }
}
