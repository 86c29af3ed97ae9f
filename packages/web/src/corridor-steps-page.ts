import { activities, restrictedArtefacts, roadmap } from '@sijil/qualifications'
import { html } from 'hono/html'
import { stepTitle } from './corridor-words.ts'
import { foreign } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { crumb } from './reported-corridor-page.ts'

/** What to do in each step, and the template of what it leaves behind. */
export function corridorStepsPage(context: PageContext): string {
  const { language } = context
  const template = (id: string, words: string) =>
    html`<p><a class="tlink" href="/corridor-steps/${id}/template.csv">${icon('down')}${words}</a></p>`
  const steps = roadmap.map(
    ({ id, parties, artefacts }) =>
      html`<section id="step-${id}"><h2>${id}. ${stepTitle(id, language)}</h2><p>${say(language, `corridor.guide.${id}`)}</p><p class="small dim">${say(language, `corridor.parties.${parties}`)}</p>
<ul class="bul">${artefacts.map((artefact) => html`<li>${say(language, `corridor.artefact.${artefact}`)}${restrictedArtefacts.has(artefact) ? html` ${tag('gy', 'lock', say(language, 'corridor.restricted'))}` : ''}</li>`)}</ul>${template(id, phrase(language, 'corridor.template', { step: id }))}</section>`,
  )
  const main = html`${crumb('/corridors', say(language, 'corridors.all'), context)}
<div class="head"><h1>${say(language, 'corridor.guidance')}</h1><p class="lead">${say(language, 'corridor.guidance.lead')}</p></div>
<div class="sheet">${steps}
<section id="activities"><h2>${say(language, 'corridor.activities')}</h2><p>${say(language, 'corridor.activities.text')}</p><ol class="num">${activities.map((activity) => html`<li>${foreign(activity, 'en')}</li>`)}</ol>${template('activities', phrase(language, 'corridor.template.activities'))}</section></div>`
  return page({ title: phrase(language, 'corridor.guidance'), main }, context)
}
