import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { recognitionSlip, type SlipValues } from './recognition-slip.ts'
import { type StateOf, stateOptions } from './state-names.ts'

export interface DecisionsValues {
  /** Newest first. */
  decisions: readonly (Omit<SlipValues, 'about'> & {
    id: string
    /** `page`: of a qualification of this registry. */
    qualification: { id: string; title: string; page?: string }
  })[]
  /** There are more than these. */
  cut?: number
  /** The states whose authorities decided something. */
  hosts: readonly StateOf[]
  asked: { qualification?: string | undefined; host?: string | undefined }
}

function filters({ hosts, asked }: DecisionsValues, context: PageContext): Html {
  const { language } = context
  return html`<form class="sheet pad fields f3 filters mb2" method="get" action="/decisions" role="search" aria-label="${say(language, 'decisions.title')}">${languageField(context)}<div><label for="qualification">${say(language, 'decisions.qualification')}</label><input type="text" id="qualification" name="qualification" maxlength="300" value="${asked.qualification ?? ''}"></div><div><label for="host">${say(language, 'decisions.host')}</label><select id="host" name="host"><option value="">${say(language, 'issuers.all')}</option>${stateOptions(hosts, asked.host, language)}</select></div>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

/** Class decisions of host authorities: which certificates of which standard are recognised where. */
export function decisionsPage(values: DecisionsValues, context: PageContext): string {
  const { language } = context
  const slips = values.decisions.map(({ id, qualification, ...slip }) => {
    const title = foreign(qualification.title, 'en')
    const named =
      qualification.page === undefined ? title : html`<a href="${local(qualification.page, context)}">${title}</a>`
    const about = html`<p><b>${named}</b> <span class="small dim"><code>${id}</code></span></p>`
    return recognitionSlip({ ...slip, about }, context)
  })
  const list = slips.length === 0 ? html`<p>${say(language, 'decisions.none')}</p>` : slips
  const main = html`<div class="head"><h1>${say(language, 'decisions.title')}</h1><p class="lead">${say(language, 'decisions.lead')}</p></div>
${filters(values, context)}
<div class="sheet"><section><h2 class="vh">${say(language, 'decisions.title')}</h2>${list}${values.cut === undefined ? '' : html`<p class="mt2">${say(language, 'decisions.cut', { count: values.cut })}</p>`}</section></div>`
  return page({ title: phrase(language, 'decisions.title'), main }, context)
}
