import type { DescribedBy } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** Who says what stands above this line, and since when. */
export function describedLine({ describedBy }: { describedBy?: DescribedBy }, context: PageContext): Html {
  if (describedBy === undefined) return html``
  const { language } = context
  if ('readOn' in describedBy)
    return html`<p class="small dim">${say(language, 'described.baseline', { date: day(describedBy.readOn, language) })}</p>`
  const { statedBy, effectiveOn, recordedOn } = describedBy
  const name = html`<a href="${local(`/issuers/${statedBy.id}`, context)}">${foreign(statedBy.name, 'en')}</a>`
  const dates = { date: day(effectiveOn, language), recorded: day(recordedOn, language) }
  return html`<p class="small dim">${say(language, 'described.stated', { name, ...dates })}</p>`
}
