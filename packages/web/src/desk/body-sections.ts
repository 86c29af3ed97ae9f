import type { Right, Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { qualificationWords } from './change-words.ts'
import { type DeskContext, deskForm, deskPath, pathHere } from './frame.ts'
import type { Named, ShownTerms } from './values.ts'

interface Counted {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

/** Counts for the first page of a body. Absent: this member may not read it. */
export interface BodyNumbers {
  /** Certificates that are neither suspended nor revoked. Absent also if too many changed to count them. */
  inForce?: Counted
  /** Certificates of the last 30 days. */
  issued?: Counted
}

export interface EndingSoon {
  grants: readonly { id: string; right: Right; terms: ShownTerms; until: string; by: Named }[]
  /** Keys whose X.509 certificate ends. */
  keys: readonly { kid: string; until: string }[]
  /** True if no key may sign certificates now. */
  cannotSign: boolean
}

export function numbersSection({ body, numbers }: { body: Named; numbers: BodyNumbers }, context: DeskContext): Html {
  const { language } = context
  const { issued, inForce } = numbers
  if (issued === undefined && inForce === undefined) return html``
  const row = (name: Html, counted: Counted | undefined, path: string) =>
    counted === undefined
      ? ''
      : html`<div class="blk"><dt>${name}</dt><dd class="big"><a href="${local(pathHere(context, body.id, path), context)}">${counted.isMore ? say(language, 'desk.own.issued.more', { count: counted.count }) : String(counted.count)}</a></dd></div>`
  return html`<section><h2>${say(language, 'desk.own.numbers')}</h2><dl class="sum small">${row(say(language, 'desk.own.issued'), issued, 'certificates')}${row(say(language, 'desk.own.inForce'), inForce, 'certificates')}</dl></section>`
}

/** What a clerk does every day. It stands first, also on a phone. */
export function dailyButtons({ body, roles }: { body: Named; roles: readonly Role[] }, context: DeskContext): Html {
  const { language } = context
  const has = (...wanted: readonly Role[]) => wanted.some((role) => roles.includes(role))
  const button = (path: string, name: IconName, words: Html, look = ' alt') =>
    html`<a class="btn${look}" href="${local(pathHere(context, body.id, path), context)}">${icon(name)}${words}</a>`
  const issue = has('issue') ? button('issue', 'plus', say(language, 'desk.issue'), '') : ''
  const batches = has('issue', 'approve') ? button('batches', 'file', say(language, 'desk.batches')) : ''
  const certificates = has('read') ? button('certificates', 'search', say(language, 'desk.certificates')) : ''
  const waits = has('issue', 'status', 'propose', 'approve')
    ? button('waiting', 'clock', say(language, 'desk.waiting'))
    : ''
  const all = html`${issue}${batches}${certificates}${waits}`
  return String(all) === '' ? html`` : html`<div class="go mt2">${all}</div>`
}

/** A POST, because no address holds a number. */
export function findSection({ body, roles }: { body: Named; roles: readonly Role[] }, context: DeskContext): Html {
  const { language } = context
  if (!roles.includes('read')) return html``
  const form = deskForm(
    pathHere(context, body.id, 'certificates'),
    html`<div><label for="number">${say(language, 'desk.certificates.numberOrId')}</label><input id="number" name="number" type="text" maxlength="100" required autocomplete="off" spellcheck="false" aria-describedby="number-hint"><p class="hint small" id="number-hint">${say(language, 'desk.own.find.hint')}</p></div><p><button type="submit" class="btn alt full">${icon('search')}${say(language, 'desk.certificates.find')}</button></p>`,
    context,
  )
  return html`<section role="search" aria-label="${say(language, 'desk.own.find')}"><h2>${say(language, 'desk.own.find')}</h2>${form}</section>`
}

/** The body itself: its records, its people, and what others read about it. */
export function officeSection(
  { body, roles, decides, accredits }: { body: Named; roles: readonly Role[]; decides: boolean; accredits: boolean },
  context: DeskContext,
): Html {
  const { language } = context
  const link = (path: string, words: Html) => html`<li><a href="${local(path, context)}">${words}</a></li>`
  const here = (words: Html, ...path: string[]) => link(pathHere(context, body.id, ...path), words)
  const proposes = roles.includes('propose')
  return html`<section><h2>${say(language, 'desk.own.office')}</h2><ul class="rows">${proposes ? html`${here(say(language, 'desk.action.state-qualification'), 'actions', 'state-qualification')}${here(say(language, 'desk.action.describe-body'), 'actions', 'describe-body')}` : ''}${decides ? html`${here(say(language, 'desk.members'), 'members')}${here(say(language, 'desk.reports'), 'reports')}` : ''}${here(say(language, 'desk.policy'), 'policy')}${here(say(language, 'desk.signatory'), 'signatory')}${here(say(language, 'desk.logo'), 'logo')}${here(say(language, 'desk.webhooks'), 'webhooks')}${roles.includes('read') ? here(say(language, 'desk.trail'), 'trail') : ''}${accredits && decides ? link(deskPath(body.id), say(language, 'desk.own.accredits')) : ''}${link(`/issuers/${body.id}`, say(language, 'desk.own.public'))}</ul></section>`
}

/** What ends within 90 days, and what follows from it. */
export function endsSection({ ends }: { ends: EndingSoon }, { language }: DeskContext): Html {
  const { grants, keys, cannotSign } = ends
  const entry = (title: Html, text: Html, until: string) =>
    html`<li><div class="rl"><div><h3>${title}</h3><p class="small">${text}</p></div>${tag('am', 'clock', html`${day(until, language)}`)}</div></li>`
  const rows = [
    ...grants.map(({ terms, until, by }) =>
      entry(
        say(language, 'desk.own.ends.accreditation', { what: qualificationWords(terms, language) }),
        say(language, 'desk.own.ends.accreditation.text', { date: day(until, language), name: foreign(by.name, 'en') }),
        until,
      ),
    ),
    ...keys.map(({ kid, until }) =>
      entry(
        say(language, 'desk.own.ends.key', { kid: html`<code>${kid}</code>` }),
        say(language, 'desk.own.ends.key.text', { date: day(until, language) }),
        until,
      ),
    ),
  ]
  const none = cannotSign
    ? html`<div class="call am">${icon('warn')}<p>${say(language, 'desk.own.keys.none')}</p></div>`
    : ''
  const listed =
    rows.length === 0 ? html`<p>${say(language, 'desk.own.ends.none')}</p>` : html`<ul class="rows">${rows}</ul>`
  return html`<section><h2>${say(language, 'desk.own.ends')}</h2>${none}${listed}</section>`
}
