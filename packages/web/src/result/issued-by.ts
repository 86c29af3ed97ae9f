import { isRegion } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/say.ts'
import { registeredName } from '../names.ts'
import { stateInSentence } from '../state-names.ts'
import { issuerLink, type Reading } from './reading.ts'

/** Certificates of other kinds are issued by regulators and committees, which are no skills authorities. */
const isOfSkills = ({ values }: Reading): boolean => values.kind === undefined || values.kind === 'skills-certificate'

/**
 * One sentence: who issued it, as what, and of which country. The short name fits on a phone. A body that was established by law has
 * nobody above it in its state, so it is called the authority.
 */
export function issuedBy(reading: Reading): Html {
  const { values, page, certificate } = reading
  const { language } = page
  const link = issuerLink(values.verification)
  const name = link?.name ?? certificate?.issuer.name
  if (name === undefined) return html``
  const issuer = html`<b>${registeredName({ ...link, name, acronym: values.acronym }, language)}</b>`
  if (link === undefined) return say(language, 'by.none', { issuer })
  if (isRegion(link.state))
    return say(language, 'by.region', { issuer, region: html`<b>${foreign(link.state, 'en')}</b>` })
  const country = html`<b>${stateInSentence(link, language)}</b>`
  return say(language, link.root && isOfSkills(reading) ? 'by.authority' : 'by.body', { issuer, country })
}
