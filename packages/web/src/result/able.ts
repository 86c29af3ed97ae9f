import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { meaningOfKind } from '../kind-notice.ts'
import { say } from '../messages/say.ts'
import { type Reading, titleFor } from './reading.ts'

/** More units would push the answers off the first screen of a phone. All of them stand below. */
const namedUnits = 3

/** Names the units of a part, because the description of the whole would say that more was achieved. */
function ableInPart({ certificate, page: { language } }: Reading): Html {
  const { units = [] } = certificate ?? {}
  const named = units.slice(0, namedUnits).map(({ title }, at) => html`${at === 0 ? '' : '; '}${foreign(title, 'en')}`)
  const rest = units.length - namedUnits
  return rest > 0
    ? say(language, 'part.able.more', { units: html`${named}`, count: rest })
    : say(language, 'part.able', { units: html`${named}` })
}

/** One sentence: what the person can do, as the qualification describes it. Some kinds prove less than a skill, and say so instead. */
export function able(reading: Reading): Html {
  const { certificate, issuedAt, page, values } = reading
  if (certificate === undefined) return html``
  const { language } = page
  const kind = meaningOfKind(values.kind)
  if (kind === 'goodStanding') {
    const award = certificate.awardedOn ?? issuedAt
    return say(language, 'valid.mean.goodStanding', { date: award ? day(award, language) : '–' })
  }
  if (kind !== undefined)
    return say(language, `valid.mean.${kind}`, { qualification: titleFor(certificate.qualification, page) })
  if (certificate.qualification.partOf !== undefined) return ableInPart(reading)
  return say(language, 'valid.able', { description: foreign(certificate.qualification.description, 'en') })
}
