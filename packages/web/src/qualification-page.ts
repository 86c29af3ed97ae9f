import type { Qualification } from '@sijil/qualifications'
import { html } from 'hono/html'
import { canBeLookedUp } from './citations.ts'
import { edition } from './edition.ts'
import { foreign, type Html } from './html.ts'
import { kindNotice } from './kind-notice.ts'
import { say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'

export interface QualificationValues {
  qualification: Qualification
  /** `/issuers/{id}` and its name, where the body is listed here. */
  body?: { name: string; path?: string }
  /** `/frameworks/{id}`. */
  frameworkPage?: string
  /** Whether the level is shown as fact. */
  levelConfirmed: boolean
}

/** Addresses of sources are shown as text: a source may move, and this site sends nobody elsewhere. */
export const sourceList = (sources: readonly string[], { language }: PageContext): Html =>
  html`<section><h2>${say(language, 'qualification.source')}</h2>${sources.length === 0 ? html`<p>${say(language, 'qualification.sources.none')}</p>` : html`<ul class="bul small">${sources.map((source) => html`<li><bdi class="mono">${source}</bdi></li>`)}</ul>`}</section>`

const row = (key: Html, value: Html): Html => html`<div><dt>${key}</dt><dd>${value}</dd></div>`

/** One qualification as it is recorded: what it asks for, its level, and where we read that. */
export function qualificationPage(values: QualificationValues, context: PageContext): string {
  const { language } = context
  const { qualification, body, frameworkPage } = values
  const { localTitle, framework, level, code, codeScheme, occupation, fieldOfEducation, units } = qualification
  const levelText =
    framework === undefined || level === undefined
      ? html`<b>${say(language, 'levels.none')}</b>`
      : html`${frameworkPage === undefined ? say(language, 'levels.level', { framework, level }) : html`<a href="${local(frameworkPage, context)}">${say(language, 'levels.level', { framework, level })}</a>`}${values.levelConfirmed ? '' : html`<br><span class="small">${say(language, 'levels.unconfirmed')}</span>`}`
  const awarded =
    body === undefined
      ? undefined
      : body.path === undefined
        ? foreign(body.name, 'en')
        : html`<a href="${local(body.path, context)}">${foreign(body.name, 'en')}</a>`
  const main = html`<div class="head"><p class="small dim">${say(language, 'qualification.crumb')}</p><h1>${foreign(qualification.title, 'en')}</h1>${localTitle === undefined ? '' : html`<p class="lead">${foreign(localTitle.text, localTitle.language)}</p>`}</div>
${kindNotice(qualification.kind, language)}
<div class="sheet"><section><dl class="sum">${row(say(language, 'qualification.asks'), html`${foreign(qualification.description, 'en')}${canBeLookedUp(qualification.sources) ? '' : html` <span class="small dim">(${say(language, 'state.unconfirmed')})</span>`}`)}
${row(say(language, 'qualification.level'), levelText)}
${awarded === undefined ? '' : row(say(language, 'qualification.issuer'), awarded)}
${code === undefined ? '' : row(say(language, 'facts.code'), html`<span class="mono">${foreign(code)}</span>${codeScheme === undefined ? '' : html` <span class="dim">(${foreign(codeScheme, 'en')})</span>`}`)}
${row(say(language, 'facts.edition'), edition(qualification.edition, context))}
${occupation === undefined ? '' : row(say(language, 'facts.occupation'), html`${foreign(occupation.title, 'en')} <span class="dim">${say(language, 'facts.isco', { code: occupation.code })}</span>`)}
${row(say(language, 'facts.field'), html`${foreign(qualification.field, 'en')}${fieldOfEducation === undefined ? '' : html`; ${foreign(fieldOfEducation.title, 'en')} <span class="dim">${say(language, 'facts.isced', { code: fieldOfEducation.code })}</span>`}`)}</dl></section>
${units.length === 0 ? '' : html`<section><h2>${say(language, 'qualification.units')}</h2><ul class="units">${units.map((unit) => html`<li><code>${unit.code}</code><span>${foreign(unit.title, 'en')}</span></li>`)}</ul></section>`}
${sourceList(qualification.sources, context)}</div>`
  return page({ title: qualification.title, main }, context)
}
