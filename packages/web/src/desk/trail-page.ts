import type { TrailEntry } from '@sijil/registry/trail'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { isMessage, phrase, say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import { crumb, type DeskContext, deskPage, pathHere } from './frame.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import type { Named } from './values.ts'

export interface TrailValues {
  body: Named
  /** A month, `YYYY-MM`, or a day, `YYYY-MM-DD`. */
  period: string
  earlier?: string
  later?: string
  /** Newest first. */
  entries: readonly (Omit<TrailEntry, 'by'> & { by?: Named })[]
  next?: string
  problem?: DeskProblem
}

type Entry = TrailValues['entries'][number]

/** A reason, an act or roles in words, or else what is recorded. */
function detailWords({ act, detail: recorded = '' }: Entry, context: DeskContext): Html {
  const { language } = context
  const wordsOf = (word: string, ...families: readonly string[]): Html => {
    const key = families.map((family) => `desk.${family}.${word}`).find((name) => isMessage(name))
    // No message of these families has a value to fill in.
    return key === undefined ? html`<code>${word}</code>` : say(language, key as 'desk.waiting.erase')
  }
  if (act === 'details-opened')
    return recorded === 'print' ? say(language, 'desk.print') : wordsOf(recorded, 'certificate')
  if (act === 'member-added')
    return html`${recorded.split(' ').map((role, at) => html`${at === 0 ? '' : ', '}${wordsOf(role, 'memberRole')}`)}`
  return wordsOf(recorded, 'class', 'waiting', 'action')
}

function row(entry: Entry, { body }: TrailValues, context: DeskContext): Html {
  const { language } = context
  const { at, act, actor, by, certificate, record, detail, member } = entry
  const link = (text: string, ...path: string[]) =>
    html`<a href="${local(pathHere(context, body.id, ...path), context)}"><code>${text}</code></a>`
  const about = [
    ...(certificate === undefined ? [] : [link(certificate, 'certificates', certificate)]),
    ...(record === undefined
      ? []
      : act === 'proposed' || act === 'approved' || act === 'rejected'
        ? [link(record, 'proposals', record)]
        : [html`<code>${record}</code>`]),
    ...(member === undefined ? [] : [html`<code>${member}</code>`]),
  ]
  const who = by !== undefined ? foreign(by.name, 'en') : html`<code>${actor ?? ''}</code>`
  return html`<li><div class="rl"><div><h3>${say(language, `desk.trail.act.${act}`)}${detail === undefined ? '' : html`: ${detailWords(entry, context)}`}</h3><p class="dim small">${moment(at, language)} · ${who}${about.map((each) => html`<br>${each}`)}</p></div></div></li>`
}

/** What the members of a body did, by month or day, with its export. It names no holder. */
export function trailPage(values: TrailValues, context: DeskContext): string {
  const { language } = context
  const { body, period, earlier, later, entries, next, problem } = values
  const path = pathHere(context, body.id, 'trail')
  const at = (query: Readonly<Record<string, string>>, suffix = '') =>
    local(`${path}${suffix}?${new URLSearchParams(query)}`, context)
  const form = html`<form class="flow" method="get" action="${path}">${languageField(context)}<div><label for="period">${say(language, 'desk.trail.period')}</label><p class="hint" id="period-hint">${say(language, 'desk.trail.period.hint')}</p><input id="period" name="period" type="text" required pattern="[0-9]{4}-[0-9]{2}(-[0-9]{2})?" maxlength="10" autocomplete="off" value="${period}" aria-describedby="period-hint"></div><p><button type="submit" class="btn">${say(language, 'desk.trail.show')}</button></p></form>`
  const months = html`<nav class="go" aria-label="${phrase(language, 'desk.trail.months')}">${earlier === undefined ? '' : html`<a class="tlink" href="${at({ period: earlier })}" rel="prev">${earlier}</a>`}${later === undefined ? '' : html` <a class="tlink" href="${at({ period: later })}" rel="next">${later}</a>`}</nav>`
  const listed =
    entries.length === 0
      ? html`<p>${say(language, 'desk.trail.none')}</p>`
      : html`<ul class="rows">${entries.map((entry) => row(entry, values, context))}</ul>`
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${at({ period, page: next })}" rel="next">${say(language, 'desk.certificates.older')}</a></p>`
  const files = html`<section><h2>${say(language, 'desk.trail.export')}</h2><p class="hint">${say(language, 'desk.trail.export.hint')}</p><p class="go"><a class="btn alt" href="${at({ period }, '.csv')}" download>${icon('down')}CSV</a> <a class="btn alt" href="${at({ period }, '.json')}" download>${icon('down')}JSON</a></p></section>`
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
${problemCall(problem, language, { fields: [{ isWrong: (pointer) => pointer === '/period', id: 'period', label: say(language, 'desk.trail.period') }] })}<div class="head"><h1>${say(language, 'desk.trail')}</h1><p class="lead">${say(language, 'desk.trail.lead')}</p></div>
<div class="sheet"><section>${form}${months}</section><section><h2>${period}</h2>${listed}</section>${files}</div>${further}`
  return deskPage(
    { title: `${phrase(language, 'desk.trail')}: ${body.name}`, main, hasProblem: problem !== undefined },
    context,
  )
}
