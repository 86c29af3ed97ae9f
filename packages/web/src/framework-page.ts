import {
  codeLists,
  describeLevel,
  type Framework,
  referenceFramework,
  referencingCriteria,
} from '@sijil/qualifications'
import { html } from 'hono/html'
import { dayForm } from './catalogue/record.ts'
import { sourceLink } from './citations.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { sourceList } from './qualification-page.ts'
import { mistakeSection } from './report-mistake-page.ts'
import { stateLink } from './state-names.ts'
import { levelsText } from './states-page.ts'
import { type Cell, table } from './table.ts'

/** Lists the levels. Their AQRF levels are shown only if a referencing was endorsed. An unknown one is called not known. */
export function levelTable(
  { levels, titles, table: rows, referencing }: Framework,
  { language }: PageContext,
  // Without a referencing there is no AQRF level, so "not known" would be wrong.
  isReferenced = referencing.status === 'endorsed',
): Html {
  if (levels === null) return html`<p>${say(language, 'levels.none')}</p>`
  const heads = [say(language, 'framework.level'), say(language, 'framework.titles')]
  if (isReferenced) heads.push(say(language, 'framework.aqrf'))
  const lines = Array.from({ length: levels }, (_, index) => levels - index).map((level): [Cell, ...Cell[]] => {
    const aqrf = rows?.rows.find((row) => row.national === level)?.aqrf
    const named = titles[level] === undefined ? '–' : foreign(titles[level].join('; '), 'en')
    if (!isReferenced) return [String(level), named]
    return [
      String(level),
      named,
      aqrf === undefined || aqrf === null
        ? say(language, 'issuer.not-known')
        : say(language, 'levels.level', { framework: 'AQRF', level: aqrf }),
    ]
  })
  return table(say(language, 'framework.levels'), heads, lines)
}

/** The sources of the table, apart from those of the framework, because a source may support only one of them. */
function tableSources({ table: rows, note }: Framework, { language }: PageContext): Html {
  const sources = rows?.sources.map((source) =>
    source.startsWith('http')
      ? html`<li>${sourceLink(source)}</li>`
      : html`<li>${say(language, 'framework.general')}</li>`,
  )
  const rests =
    rows === undefined
      ? ''
      : html`<p class="mt2">${say(language, 'framework.table', { version: rows.version, date: day(rows.date, language) })}</p><ul class="bul small">${sources}</ul>`
  return html`${rests}${note === undefined ? '' : html`<p class="small dim mt2">${foreign(note, 'en')}</p>`}`
}

export interface FrameworkValues {
  framework: Framework
  /** The day of the question, and today. Absent: the page does not ask for a day. */
  on?: string
  today?: string
  /** Whether the referencing was endorsed by that day. Absent: it is not endorsed. */
  endorsed?: 'by-then' | 'later' | 'not-known'
}

/** Says that on the day of the question the referencing was not endorsed yet, or that we do not know. */
function notYet({ on = '', endorsed }: FrameworkValues, { language }: PageContext): Html {
  if (endorsed !== 'later' && endorsed !== 'not-known') return html``
  const text = say(language, `framework.on.${endorsed === 'later' ? 'later' : 'unknown'}`, { date: day(on, language) })
  return html`<div class="call am mb2">${icon('clock')}<p><b>${text}</b></p></div>`
}

/** One national framework: its levels, and how it was referenced to the ASEAN framework. */
export function frameworkPage(values: FrameworkValues, context: PageContext): string {
  const { language } = context
  const { framework, on, today, endorsed } = values
  const { table: levelsTable, ...untabled } = framework
  const { referencing, localName } = framework
  const isReferenced = referencing.status === 'endorsed' && endorsed !== 'later'
  const confirmed = levelsTable?.confirmedBy !== undefined
  const main = html`<div class="head"><h1>${foreign(framework.name, 'en')}</h1><p class="lead">${stateLink(framework, context)}: ${levelsText(framework, language)}${localName === undefined ? '' : html`<br>${foreign(localName.text, localName.language)}`}</p></div>
${notYet(values, context)}<div class="sheet"><section><h2>${say(language, 'framework.referencing')}</h2>
${referencing.status === 'endorsed' ? html`<p>${foreign(referencing.report, 'en')}.</p>${confirmed ? '' : html`<p class="small"><b>${say(language, 'levels.unconfirmed')}</b></p>`}` : html`<p>${say(language, `framework.${referencing.status === 'unclear' ? 'unclear' : 'none'}`)}</p><p class="small dim">${foreign(referencing.report, 'en')}.</p>`}
<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>
<section><h2>${say(language, 'framework.levels')}</h2>${levelTable(framework, context, isReferenced)}${tableSources(isReferenced ? framework : untabled, context)}<p class="mt1 noprint"><a class="tlink" href="${local(`/qualifications?level=${framework.id}`, context)}">${say(language, 'framework.qualifications')}</a></p></section>
${on === undefined || today === undefined ? '' : html`<section>${dayForm({ path: `/frameworks/${framework.id}`, on, today }, say(language, 'framework.on'), context)}</section>`}
${sourceList(framework.sources, context)}${mistakeSection({ of: 'framework', id: framework.id }, context)}</div>`
  return page({ title: framework.name, main }, context)
}

/** The AQRF. It awards nothing, so its levels are described in our own words. */
export function referencePage(context: PageContext): string {
  const { language } = context
  const { name, levels, sources } = referenceFramework
  const rows = Array.from({ length: levels }, (_, index) => levels - index).map((level): [Cell, Cell] => [
    String(level),
    describeLevel(String(level), language),
  ])
  const heads = [say(language, 'framework.level'), say(language, 'aqrf.meaning')]
  const listHeads = [
    say(language, 'aqrf.list'),
    say(language, 'aqrf.list.version'),
    say(language, 'qualification.source'),
  ]
  const lists = codeLists.map((list): [Cell, Cell, Cell] => [
    foreign(list.name, 'en'),
    list.version,
    sourceLink(list.source),
  ])
  const main = html`<div class="head"><h1>${foreign(name, 'en')}</h1><p class="lead">${say(language, 'aqrf.lead', { count: levels })}</p></div>
<div class="sheet"><section><h2>${say(language, 'framework.levels')}</h2>${table(say(language, 'framework.levels'), heads, rows)}
<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>
<section><h2>${say(language, 'aqrf.criteria')}</h2><p class="small dim">${say(language, 'aqrf.criteria.text')}</p><ol class="num">${referencingCriteria(language).map((each) => html`<li>${each}</li>`)}</ol></section>
<section><h2>${say(language, 'aqrf.lists')}</h2><p class="small dim">${say(language, 'aqrf.lists.text')}</p>${table(say(language, 'aqrf.lists'), listHeads, lists)}</section>
${sourceList(sources, context)}</div>`
  return page({ title: name, main }, context)
}
