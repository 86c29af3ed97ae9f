import { practiceParts } from '@sijil/qualifications'
import { html } from 'hono/html'
import { sourceLink } from '../citations.ts'
import { dayOrLess } from '../dates.ts'
import { describedLine } from '../described-line.ts'
import { bullets, foreign, type Html } from '../html.ts'
import { say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import { levelRange } from '../state-facts.ts'
import type { IssuerValues } from './values.ts'

type Described = NonNullable<IssuerValues['described']>[number]

/** What the body says about itself, with the address at which it publishes it. Nobody has examined it. */
export const describedSection = ({ described = [] }: IssuerValues, context: PageContext): Html =>
  described.length === 0
    ? html``
    : html`<section id="described" class="flow-s"><h2>${say(context.language, 'described.title')}</h2><p class="small dim">${say(context.language, 'described.text')}</p>${described.map((each) => one(each, context))}</section>`

function one({ id, read, statement, describedBy }: Described, context: PageContext): Html {
  const { language } = context
  const { awards, mandate, practice, register, note, source } = statement
  const row = (key: Html, value: Html) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`
  const named = awards.map(({ title, levels, years }) => {
    const range = levelRange(levels)
    const limits = [
      ...(range === undefined ? [] : [say(language, 'described.levels', { levels: range })]),
      ...(years === undefined ? [] : [say(language, 'state.years', { count: years })]),
    ]
    return html`${foreign(title, 'en')}${limits.map((limit) => html`<span class="small dim"> · ${limit}</span>`)}`
  })
  return html`<div class="flow-s">${read === undefined ? '' : html`<h3>${foreign(read, 'en')} <code class="dim small">${id}</code></h3>`}<dl class="sum">${mandate === undefined ? '' : html`${row(say(language, 'body.mandate'), html`${foreign(mandate.text, 'en')}<br><span class="small">${sourceLink(mandate.source)}</span>`)}${mandate.law === undefined ? '' : row(say(language, 'body.law'), foreign(mandate.law, 'en'))}${mandate.dated === undefined ? '' : row(say(language, 'body.dated'), html`${dayOrLess(mandate.dated, language)}`)}`}
${practice === undefined ? '' : html`${practiceParts.map((part) => row(say(language, `body.practice.${part}`), html`${foreign(practice[part], 'en')}<br><span class="small">${sourceLink(practice.source)}</span>`))}`}
${awards.length === 0 ? '' : row(say(language, 'state.certificates'), bullets(named))}
${register === undefined ? '' : row(say(language, 'body.register'), sourceLink(register))}
${note === undefined ? '' : row(say(language, 'body.note'), foreign(note, 'en'))}
${row(say(language, 'qualification.source'), sourceLink(source))}</dl>${describedLine({ describedBy }, context)}</div>`
}
