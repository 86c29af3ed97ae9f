import type { Framework } from '@sijil/qualifications'
import { html } from 'hono/html'
import { dayOrLess } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { type StateOf, stateLink, stateName, stateWords } from './state-names.ts'
import { type Cell, table } from './table.ts'

export interface StatesValues {
  /** One row for each state: its framework, and the number of bodies on its page. */
  states: readonly { iso2: string; framework: Framework; bodies: number }[]
  /** They have no page of facts, because nobody publishes any about them. */
  fictional?: readonly StateOf[]
  /** True if the reader asked for a state that has no page. */
  missing?: boolean
}

/** The status of a framework's referencing to the AQRF, with its date as far as it is known. */
export function referencingText({ referencing }: Framework, language: Language): Html {
  const { status, endorsedOn, endorsedBetween } = referencing
  if (status !== 'endorsed') return say(language, `referencing.${status}`)
  if (endorsedOn !== undefined) return say(language, 'referencing.endorsed', { date: dayOrLess(endorsedOn, language) })
  return say(language, 'referencing.between', {
    from: dayOrLess(endorsedBetween?.from ?? '–', language),
    to: dayOrLess(endorsedBetween?.to ?? '–', language),
  })
}

export const levelsText = ({ levels }: Framework, language: Language): Html =>
  levels === null ? say(language, 'states.levels.none') : say(language, 'states.levels', { count: levels })

/** Two lists and a button. It is a GET form, so that the answer has an address to keep. */
export function compareForm(
  states: readonly string[],
  chosen: { one?: string | undefined; other?: string | undefined },
  context: PageContext,
  fault?: 'missing' | 'same',
): Html {
  const { language } = context
  const isWrong = (name: 'one' | 'other') => (fault === 'same' ? name === 'other' : chosen[name] === undefined)
  const marked = (name: 'one' | 'other') =>
    fault !== undefined && isWrong(name) ? html` aria-invalid="true" aria-describedby="compare-error"` : ''
  const list = (name: 'one' | 'other') =>
    html`<div><label for="${name}">${say(language, `states.${name}`)}</label><select id="${name}" name="${name}" required${marked(name)}><option value="">${say(language, 'levels.choose')}</option>${states.map((iso2) => html`<option value="${iso2}"${iso2 === chosen[name] ? html` selected` : ''}>${stateName(iso2, language)}</option>`)}</select></div>`
  const given =
    fault === undefined
      ? ''
      : html`<div class="call no mb2" role="alert">${icon('warn')}<p id="compare-error">${say(language, `states.compare.${fault}`)}</p></div>`
  return html`${given}<form class="fields pair" method="get" action="/states/compare" aria-label="${say(language, 'states.compare')}">${languageField(context)}${list('one')}${list('other')}<button type="submit" class="btn">${say(language, 'states.compare.go')}</button></form>`
}

/** The notice that a reader needs before any fact of these pages. */
export const stateNotice = ({ language, demonstration }: PageContext): Html =>
  html`<div class="call mb2">${icon('info')}<div><p><b>${say(language, 'state.notice')}</b></p><p class="small">${say(language, 'state.notice.words')}${demonstration ? html` ${say(language, 'state.notice.demonstration')}` : ''}</p></div></div>`

/** The eleven states, one row each. */
export function statesPage({ states, fictional = [], missing = false }: StatesValues, context: PageContext): string {
  const { language } = context
  const heads = [
    say(language, 'states.state'),
    say(language, 'states.framework'),
    say(language, 'issuer.levels'),
    say(language, 'referencing.title'),
    say(language, 'states.bodies'),
  ]
  const rows = states.map(({ iso2, framework, bodies }): [Cell, ...Cell[]] => [
    stateLink({ state: iso2 }, context),
    html`<a href="${local(`/frameworks/${framework.id}`, context)}">${foreign(framework.name, 'en')}</a>`,
    framework.levels === null ? '–' : String(framework.levels),
    referencingText(framework, language),
    String(bodies),
  ])
  const codes = states.map(({ iso2 }) => iso2)
  const main = html`<div class="head"><h1>${say(language, 'states.title')}</h1><p class="lead">${say(language, missing ? 'states.missing' : 'states.lead')}</p></div>
${stateNotice(context)}
<div class="sheet"><section><h2>${say(language, 'states.list')}</h2>${table(say(language, 'states.list'), heads, rows)}</section>
${fictional.length === 0 ? '' : html`<section><h2>${say(language, 'states.fictional')}</h2><p class="hint">${say(language, 'states.fictional.hint')}</p><ul class="bul">${fictional.map((of) => html`<li><a href="${local(`/issuers?c=${of.state}`, context)}">${stateWords(of, language)}</a></li>`)}</ul></section>`}
<section><p><a class="tlink" href="${local('/corridors', context)}">${say(language, 'corridors.link')}</a></p></section>
<section><h2>${say(language, 'states.compare')}</h2><p class="hint">${say(language, 'states.compare.hint')}</p>${compareForm(codes, {}, context)}</section></div>`
  return page({ title: phrase(language, 'states.title'), main, current: 'states', noindex: missing }, context)
}
