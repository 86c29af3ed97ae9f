import type { AccreditationStatus, ChainLink } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { groundsInWords } from '../grounds.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon, tag } from '../icons.ts'
import { reasonSentence, say } from '../messages/say.ts'
import { namesInOrder } from '../names.ts'
import { local, type PageContext } from '../page.ts'
import { nameInState } from '../state-names.ts'
import type { Reading } from './reading.ts'
import { type Around, decisionsOf, endsIn, reviewOf } from './rests-on.ts'
import { isNobodys } from './state.ts'

// biome-ignore format: it reads as a table
const statuses: Record<AccreditationStatus, { tone: 'ok' | 'no' | 'am' | 'gy'; icon: IconName }> = {
  authorised:     { tone: 'ok', icon: 'check' },
  'not-for-this': { tone: 'no', icon: 'x' },
  suspended:      { tone: 'am', icon: 'pause' },
  withdrawn:      { tone: 'no', icon: 'x' },
  unknown:        { tone: 'gy', icon: 'q' },
}

export const accreditationTag = (standing: AccreditationStatus, { language }: PageContext): Html =>
  tag(statuses[standing].tone, statuses[standing].icon, say(language, `standing.${standing}`))

export function period({ from, until }: Pick<ChainLink, 'from' | 'until'>, { language }: PageContext): Html {
  if (from !== undefined && until !== undefined) {
    return say(language, 'chain.period', { from: day(from, language), until: day(until, language) })
  }
  if (from !== undefined) return say(language, 'chain.since', { from: day(from, language) })
  return until === undefined ? html`` : say(language, 'chain.until', { until: day(until, language) })
}

/** One link of the chain: the entity, its role, its basis, its start, and who decided. */
export function chainLink(link: ChainLink, page: PageContext, around: Around, more?: Html): Html {
  const { language } = page
  const { isHere } = around
  const { tone, icon: name } = statuses[link.standing]
  const [first, second] = namesInOrder(link, language)
  return html`<li><span class="dot ${tone}">${icon(name)}</span><p class="role">${say(language, link.principal ? 'chain.principal' : `chain.${link.role}`)}</p><div class="row"><h3>${nameInState(first, link, language)}</h3>${accreditationTag(link.standing, page)}</div>
${second === undefined ? '' : html`<p>${second}</p>`}<p class="small">${say(language, 'chain.basis', { basis: foreign(groundsInWords(link), 'en') })}</p><p class="small dim">${period(link, page)}${link.recordedLater ? html` ${say(language, 'chain.later')}` : ''}</p>${link.root ? html`<p class="small">${say(language, 'chain.root')}</p>` : ''}${link.onBehalfOf === undefined ? '' : html`<p class="small">${say(language, 'chain.behalf', { name: nameInState(foreign(link.onBehalfOf.name, 'en'), link.onBehalfOf, language) })}</p>`}${link.successor === undefined ? '' : html`<p>${say(language, 'chain.now', { name: nameInState(isHere ? html`<a class="tlink" href="${local(`/issuers/${link.successor.id}`, page)}">${foreign(link.successor.name, 'en')}</a>` : foreign(link.successor.name, 'en'), link.successor, language) })}</p>`}${more ?? ''}<details class="more"><summary>${icon('plus')}${say(language, 'chain.details')}</summary>${decisionsOf(link, around, page)}${reviewOf(link, page)}</details></li>`
}

/** A principal is also a body, but it does not issue this certificate. */
const isIssuer = ({ role, principal }: ChainLink): boolean => role === 'body' && principal !== true
/** Shows an endorsement apart from the chain, because it grants nothing. */
function endorsed({ values, page }: Reading): Html {
  const { endorsements = [] } = values.verification
  if (endorsements.length === 0) return html``
  const { language } = page
  const each = endorsements.map(({ registry, by, madeAt }) => {
    const names = html`${foreign(by.join(' · ') || registry, 'en')}`
    return html`<li>${say(language, 'chain.endorsed', { name: names, registry: foreign(URL.parse(registry)?.host ?? registry), date: day(madeAt, language) })}</li>`
  })
  return html`<h3>${say(language, 'chain.endorsements')}</h3><ul class="bul small">${each}</ul><p class="small dim">${say(language, 'chain.endorsements.text')}</p>`
}

/** Shows why the issuer is or is not trusted: each link on the day of issue and today (R-122). */
export function chain(reading: Reading): Html {
  const { values, page, state } = reading
  const { language } = page
  if (isNobodys(state)) return html``
  const { list, policy } = values.verification
  const { onIssueDate, today } = values.verification.issuer
  if (onIssueDate.chain.length === 0) {
    return html`<section><h2>${say(language, 'chain.title')}</h2><p>${onIssueDate.refused ? reasonSentence(language, 'issuer-refused') : say(language, 'chain.empty')}</p></section>`
  }
  const asOf =
    list === undefined
      ? say(language, 'chain.day', { date: day(onIssueDate.effective, language) })
      : say(language, 'chain.now.list', {
          registry: foreign(URL.parse(list.registry)?.host ?? list.registry),
          date: day(list.madeAt, language),
        })
  const around = { chain: onIssueDate.chain, isHere: list === undefined, places: {} }
  const links = onIssueDate.chain.map((link) => {
    const now =
      today.chain.find((other) => other.id === link.id && other.principal === link.principal)?.standing ??
      (isIssuer(link) ? today.standing : undefined)
    const changed =
      now === undefined || now === link.standing
        ? ''
        : html`<p>${say(language, 'chain.today', { standing: accreditationTag(now, page) })}</p>`
    const page_ =
      isIssuer(link) && values.issuerPage !== undefined
        ? html`<p><a class="tlink" href="${local(values.issuerPage, page)}">${say(language, 'chain.see')}</a></p>`
        : ''
    return chainLink(link, page, around, html`${changed}${page_}`)
  })
  return html`<section><h2>${say(language, 'chain.title')}</h2><p class="dim small">${asOf}</p><ol class="chain">${links}</ol><details class="more"><summary>${icon('plus')}${say(language, 'chain.rules')}</summary>${endsIn(onIssueDate.chain, policy, page)}</details>${endorsed(reading)}</section>`
}
