import type { Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import { unitList } from '../unit-list.ts'
import type { ActionName } from './action-pages.ts'
import {
  type BodyNumbers,
  dailyButtons,
  type EndingSoon,
  endsSection,
  findSection,
  numbersSection,
  officeSection,
} from './body-sections.ts'
import { type BodyWaits, waitsSections, waitsWords } from './body-waits.ts'
import { crumb, type DeskContext, deskPage, pathHere } from './frame.ts'
import { roleWords } from './home-page.ts'
import { proposalSections } from './proposals-page.ts'
import type { Named, ShownProposal } from './values.ts'

/** A qualification of the body as it is today. */
export interface OwnQualification {
  /** `{owner}.{local}` */
  id: string
  title: string
  statedBy: string
  recordedOn: string
  /** The edition in which awards of today are made. Absent: none counts yet. */
  today?: { edition: string; units: readonly { code: string; title: string }[] }
  /** Ids of its editions, newest statement last. */
  editions: readonly string[]
  /** The day from which it is awarded no more. */
  retiredOn?: string
}

export interface BodyDeskValues {
  body: Named
  roles: readonly Role[]
  /** True if this person may propose or approve. Others see what their own role can do. */
  decides: boolean
  qualifications: readonly OwnQualification[]
  /** Records that came with the registry and belong to the body. It has not stated them yet. */
  assigned: readonly { id: string; title: string }[]
  /** Present if the body has more than one page shows: what was searched for, and whether more was found than is shown. */
  found?: { search: string; isCut: boolean }
  proposals: readonly ShownProposal[]
  /** What somebody has to do, for what this member may read. */
  waits: BodyWaits
  numbers: BodyNumbers
  ends: EndingSoon
  /** True if there are older proposals that the page does not list. */
  isPart: boolean
  /** True if the body may accredit others. It does that at the desk of authorities. */
  accredits: boolean
  /** Since when no events are sent to a system of the body, because it failed for long. */
  webhooksPausedAt?: string
}

const actionOf = (body: string, action: ActionName, query: Readonly<Record<string, string>>, context: DeskContext) => {
  const path = local(pathHere(context, body, 'actions', action), context)
  return html`${path}${path.includes('?') ? '&' : '?'}${String(new URLSearchParams(query))}`
}

/** What an officer with the right to propose can do about one qualification. Nothing more is stated about a retired one. */
function changeLinks({ id, editions }: OwnQualification, body: string, context: DeskContext): Html {
  const { language } = context
  const link = (action: ActionName, words: Html, query: Readonly<Record<string, string>> = {}) =>
    html`<li><a class="tlink" href="${actionOf(body, action, { qualification: id, ...query }, context)}">${words}</a></li>`
  return html`<details class="more"><summary>${say(language, 'desk.own.change')}${icon('chev')}</summary><ul class="bul">${link('state-edition', say(language, 'desk.own.change.edition'))}${editions.map((edition) => link('state-edition', say(language, 'desk.own.change.correct', { edition: foreign(edition) }), { edition }))}${link('restate-qualification', say(language, 'desk.action.restate-qualification'))}${link('retire-qualification', say(language, 'desk.action.retire-qualification'))}</ul></details>`
}

function qualificationRow(
  stated: OwnQualification,
  { body, roles }: Pick<BodyDeskValues, 'body' | 'roles'>,
  context: DeskContext,
): Html {
  const { language } = context
  const { id, title, statedBy, recordedOn, today, retiredOn } = stated
  const state =
    retiredOn !== undefined
      ? tag('gy', 'minus', say(language, 'desk.own.retired', { date: day(retiredOn, language) }))
      : today === undefined
        ? tag('am', 'clock', say(language, 'desk.own.later'))
        : tag('ok', 'check', say(language, 'desk.own.edition', { edition: foreign(today.edition) }))
  const units =
    today === undefined
      ? ''
      : today.units.length === 0
        ? html`<p class="small">${say(language, 'desk.own.units.none')}</p>`
        : html`<details class="more"><summary>${say(language, 'desk.own.units', { count: today.units.length })}${icon('chev')}</summary>${unitList(today.units)}</details>`
  return html`<li><div class="rl"><div><h3><a href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a></h3><p class="dim small"><code>${id}</code><br>${say(language, 'desk.own.stated', { name: foreign(statedBy, 'en'), date: day(recordedOn, language) })}</p></div>${state}</div>${units}${roles.includes('propose') && retiredOn === undefined ? changeLinks(stated, body.id, context) : ''}</li>`
}

function assignedRow(
  { id, title }: BodyDeskValues['assigned'][number],
  { body, roles }: Pick<BodyDeskValues, 'body' | 'roles'>,
  context: DeskContext,
): Html {
  const { language } = context
  const action = actionOf(body.id, 'state-assigned-qualification', { assignedQualification: id }, context)
  const state = roles.includes('propose')
    ? html`<p><a class="tlink" href="${action}">${say(language, 'desk.action.state-assigned-qualification')}</a></p>`
    : ''
  return html`<li><div class="rl"><div><h3><a href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a></h3><p class="dim small"><code>${id}</code><br>${say(language, 'desk.own.assigned')}</p></div>${tag('am', 'clock', say(language, 'desk.own.unstated'))}</div>${state}</li>`
}

/** A body with many qualifications finds them by words. */
function searchForm({ body, found, qualifications, assigned }: BodyDeskValues, context: DeskContext): Html {
  const { language } = context
  if (found === undefined) return html``
  const count = qualifications.length + assigned.length
  const outcome =
    count === 0
      ? html`<p>${say(language, 'desk.own.search.none')}</p>`
      : found.isCut
        ? html`<p>${say(language, 'desk.field.search.more', { count })}</p>`
        : ''
  return html`<form class="flow" method="get" action="${pathHere(context, body.id)}" role="search">${languageField(context)}<div><label for="q">${say(language, 'desk.own.search')}</label><input id="q" name="q" type="search" maxlength="100" value="${found.search}" autocomplete="off"></div><p><button type="submit" class="btn alt">${say(language, 'desk.field.search.go')}</button></p></form>${outcome}`
}

/** Officers see here that their own system no longer answers. */
function webhooksCall({ body, webhooksPausedAt: since }: BodyDeskValues, context: DeskContext): Html {
  const { language } = context
  if (since === undefined) return html``
  return html`<div class="call am mb2" data-webhooks>${icon('pause')}<p>${say(language, 'desk.webhooks.paused', { date: moment(since, language) })}. <a class="tlink" href="${local(pathHere(context, body.id, 'webhooks'), context)}">${say(language, 'desk.webhooks')}</a></p></div>`
}

/** The desk of a certification body: in whose name, with which rights, what waits, and its qualifications as they are today. */
export function bodyDeskPage(values: BodyDeskValues, context: DeskContext): string {
  const { language } = context
  const { body, roles, decides, qualifications, assigned } = values
  const { decided } = proposalSections({ ...values, authority: body }, context)
  const own =
    qualifications.length + assigned.length === 0 && values.found === undefined
      ? html`<p>${say(language, 'desk.own.none')}</p>`
      : html`${searchForm(values, context)}<ul class="rows">${assigned.map((each) => assignedRow(each, values, context))}${qualifications.map((each) => qualificationRow(each, values, context))}</ul>`
  const side = html`<div class="side"><div class="sheet">${findSection(values, context)}${numbersSection(values, context)}${officeSection(values, context)}</div></div>`
  const rests = webhooksCall(values, context)
  const main = html`${crumb('/desk', say(language, 'desk.title'), context)}
<div class="head"><h1>${foreign(body.name, 'en')}</h1><p class="lead">${say(language, 'desk.own.lead')}</p><p class="dim small">${say(language, 'desk.own.you', { roles: roleWords(roles, 'issuers', language) })}</p><p data-waits>${waitsWords(values.waits, context)}</p>${dailyButtons(values, context)}</div>${rests}
<div class="cols"><div class="mainc"><div class="sheet">${waitsSections(values.waits, body, context)}
${endsSection(values, context)}
<section><h2>${say(language, 'desk.own')}</h2>${own}</section>
${decides ? decided : ''}</div></div>${side}</div>`
  return deskPage({ title: body.name, main }, context)
}
