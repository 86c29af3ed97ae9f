import { html } from 'hono/html'
import type { ComparabilityValues, ListedSet } from './comparison-values.ts'
import { degreeWords, levelWords, partiesWords } from './comparison-words.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'

/** One of both was named. Without the other there is nothing to look up. */
const missingOf = ({ from, to }: ComparabilityValues['asked']): 'from' | 'to' | undefined =>
  (from === '') === (to === '') ? undefined : from === '' ? 'from' : 'to'

function form({ asked }: ComparabilityValues, context: PageContext): Html {
  const { language } = context
  const missing = missingOf(asked)
  const field = (name: 'from' | 'to') => {
    const wrong = html`<p class="c-no" id="${name}-wrong"><b>${say(language, 'comparability.missing')}</b></p>`
    const is = name === missing
    return html`<div><label for="${name}">${say(language, `comparability.${name}`)}</label>${is ? wrong : ''}<input type="text" id="${name}" name="${name}" maxlength="105" value="${asked[name]}"${is ? html` aria-invalid="true" aria-describedby="${name}-wrong"` : ''}></div>`
  }
  return html`<form class="sheet pad fields f3 filters mb2" method="get" action="/comparability" role="search" aria-label="${say(language, 'comparability.title')}">${languageField(context)}${field('from')}${field('to')}
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

/** Agreed sets have no two qualifications to ask for, so they stand where nothing is asked. */
function setsPart({ sets = [] }: ComparabilityValues, context: PageContext): Html {
  const { language } = context
  const row = (one: ListedSet) =>
    html`<li><p><a href="${local(`/skill-sets/${one.id}/${one.number}`, context)}">${say(language, 'skillSet.all.one', { name: foreign(one.name, 'en'), version: one.number })}</a> <code class="small dim">${one.id}</code></p><p>${say(language, 'skillSet.all.units', { count: one.units })}</p><p>${partiesWords(one, language)}</p></li>`
  if (sets.length === 0) return html``
  return html`<section id="skill-sets"><h2>${say(language, 'skillSet.all')}</h2><ul class="rows">${sets.map(row)}</ul></section>`
}

/** Which versions compare one qualification with another. */
export function comparabilityPage(values: ComparabilityValues, context: PageContext): string {
  const { language } = context
  const { asked, versions, cut } = values
  const title = say(language, 'comparability.title')
  const rows = versions.map(
    (one) =>
      html`<li><p><a href="${local(`/comparisons/${one.id}/${one.number}`, context)}"><code>${one.id}</code> ${say(language, 'comparability.version', { version: one.number })}</a></p><p>${foreign(one.from.title, 'en')} <span class="small dim">${foreign(one.from.edition)}</span> → ${foreign(one.to.title, 'en')} <span class="small dim">${foreign(one.to.edition)}</span></p><p>${partiesWords(one, language)}</p><p>${degreeWords(one.degree, language)} ${levelWords(one.level, language)}</p></li>`,
  )
  const isAsked = asked.from !== '' && asked.to !== ''
  const none = say(language, isAsked ? 'comparability.none' : 'comparability.empty')
  const list = rows.length === 0 ? html`<p>${none}</p>` : html`<ul class="rows">${rows}</ul>`
  const main = html`<div class="head"><h1>${title}</h1><p class="lead">${say(language, 'comparability.lead')}</p><p><a href="${local('/qualifications', context)}">${say(language, 'comparability.hint')}</a></p></div>
${form(values, context)}
<div class="sheet"><section><h2${isAsked ? html` class="vh"` : ''}>${say(language, isAsked ? 'comparability.title' : 'comparability.all')}</h2>${list}${cut === undefined ? '' : html`<p class="mt2">${say(language, 'comparability.cut', { count: cut })}</p>`}</section>${setsPart(values, context)}</div>`
  return page({ title: phrase(language, 'comparability.title'), main }, context)
}
