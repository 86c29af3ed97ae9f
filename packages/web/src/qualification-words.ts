import { titleOfOccupation } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { NamedQualification } from './corridor-values.ts'
import { foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

const levelWords = ({ level }: NamedQualification, { language }: PageContext): Html =>
  level === undefined
    ? say(language, 'corridor.noLevel')
    : html`${say(language, 'levels.level', { framework: level.framework, level: level.level })}${level.confirmed ? '' : html` (${say(language, 'state.unconfirmed')})`}.`

/** The title as a link, the level, and whether the units are known. */
export function qualificationWords(
  id: string,
  qualifications: readonly NamedQualification[],
  context: PageContext,
): Html {
  const { language } = context
  const found = qualifications.find((each) => each.id === id)
  if (found === undefined) return foreign(id)
  return html`<a href="${local(`/qualifications/${id}`, context)}">${foreign(found.title, 'en')}</a><br><span class="small dim">${levelWords(found, context)} ${found.units === 0 ? say(language, 'corridor.unitsUnknown') : say(language, 'corridor.units', { count: found.units })}</span>`
}

/** As a link if qualifications of the track lead there: an occupation without any has no page. */
export function occupationWords(
  code: string,
  qualifications: readonly NamedQualification[],
  context: PageContext,
): Html {
  const title = titleOfOccupation(code)
  const words = html`${code}${title === undefined ? '' : html` ${foreign(title, 'en')}`}`
  return qualifications.some(({ occupation: own }) => own === code)
    ? html`<a href="${local(`/occupations/${code}`, context)}">${words}</a>`
    : words
}
