import type { Framework } from '@sijil/qualifications'
import { html } from 'hono/html'
import { sourceLink } from './citations.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { mistakeSection } from './report-mistake-page.ts'
import { stateLink } from './state-names.ts'
import { levelsText } from './states-page.ts'
import { type Cell, table } from './table.ts'

/** One statement of an authority about its framework. */
export interface StatementOfFramework {
  of: 'framework' | 'referencing' | 'levels' | 'assigned'
  statedBy: { id: string; name: string }
  recordedOn: string
  /** The first day that counts. */
  effectiveOn: string
}

export interface StatedFrameworkValues {
  framework: Framework
  /** Newest first. */
  statements: readonly StatementOfFramework[]
  /** True if the authority has stated a table. It is part of the record only while a report is endorsed. */
  hasTable: boolean
}

function referencingSection({ framework }: StatedFrameworkValues, { language }: PageContext): Html {
  const { status, endorsedOn, meeting, edition, report, sources } = framework.referencing
  const endorsed =
    status === 'endorsed' && endorsedOn !== undefined
      ? html`<p><b>${say(language, 'stated.endorsed', { date: day(endorsedOn, language), name: foreign(framework.authority, 'en') })}</b>${meeting === undefined ? '' : html` ${foreign(meeting, 'en')}.`}</p>`
      : html`<p>${say(language, 'framework.none')}</p>`
  const [source] = sources
  return html`<section><h2>${say(language, 'framework.referencing')}</h2>${endorsed}
<p class="small">${foreign(report, 'en')}.${edition === undefined ? '' : html` ${foreign(edition, 'en')}.`}${source === undefined ? '' : html`<br>${sourceLink(source)}`}</p>
<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>`
}

/** A level has an AQRF level only in a table that its authority confirmed. Without one, the table has no such column. */
function levelsSection({ framework, hasTable }: StatedFrameworkValues, { language }: PageContext): Html {
  const { levels, titles, descriptors = [], table: confirmed } = framework
  const heads = [
    say(language, 'framework.level'),
    say(language, 'stated.level.name'),
    ...(confirmed === undefined ? [] : [say(language, 'framework.aqrf')]),
  ]
  const rows = Array.from({ length: levels ?? 0 }, (_, at) => (levels ?? 0) - at).map((level): [Cell, ...Cell[]] => {
    const title = titles[level]?.join('; ')
    const descriptor = descriptors[level - 1]
    const named = html`${title === undefined ? '–' : foreign(title, 'en')}${descriptor === undefined ? '' : html`<br><span class="small">${foreign(descriptor, 'en')}</span>`}`
    if (confirmed === undefined) return [String(level), named]
    const aqrf = confirmed.rows.find(({ national }) => national === level)?.aqrf ?? null
    const words =
      aqrf === null
        ? say(language, 'issuer.not-known')
        : say(language, 'levels.level', { framework: 'AQRF', level: aqrf })
    return [String(level), named, words]
  })
  return html`<section><h2>${say(language, 'framework.levels')}</h2>${table(say(language, 'framework.levels'), heads, rows)}${tableWords({ confirmed, hasTable }, language)}</section>`
}

function tableWords(
  { confirmed, hasTable }: { confirmed: Framework['table']; hasTable: boolean },
  language: PageContext['language'],
): Html {
  if (confirmed === undefined)
    return html`<p class="mt2">${say(language, hasTable ? 'stated.table.waits' : 'stated.table.none')}</p>`
  const { confirmedBy = '', confirmedOn = confirmed.date, version, sources } = confirmed
  const words = say(language, 'stated.table', {
    version: foreign(version),
    name: foreign(confirmedBy, 'en'),
    date: day(confirmedOn, language),
  })
  return html`<p class="mt2">${words}</p><p class="small">${sources.map(sourceLink)}</p>`
}

function statementsSection({ statements }: StatedFrameworkValues, { language }: PageContext): Html {
  const heads = [
    say(language, 'stated.recorded'),
    say(language, 'stated.what'),
    say(language, 'stated.by'),
    say(language, 'stated.from'),
  ]
  const rows = statements.map(({ of, statedBy, recordedOn, effectiveOn }): [Cell, ...Cell[]] => [
    day(recordedOn, language),
    say(language, `stated.of.${of}`),
    foreign(statedBy.name, 'en'),
    day(effectiveOn, language),
  ])
  return html`<section><h2>${say(language, 'stated.statements')}</h2><p class="small dim">${say(language, 'stated.statements.text')}</p>${table(say(language, 'stated.statements'), heads, rows)}</section>`
}

/** A framework that its authority stated in this registry: its levels, its report, its table, and who stated what. */
export function statedFrameworkPage(values: StatedFrameworkValues, context: PageContext): string {
  const { language } = context
  const { framework } = values
  const { name, acronym, localName, authority, law } = framework
  const main = html`<div class="head"><h1>${foreign(name, 'en')}${acronym === undefined ? '' : html` (${foreign(acronym)})`}</h1><p class="lead">${stateLink(framework, context)}: ${levelsText(framework, language)}${localName === undefined ? '' : html`<br>${foreign(localName.text, localName.language)}`}</p><p class="small dim">${say(language, 'stated.lead', { name: foreign(authority, 'en') })}${framework.edition === undefined ? '' : html`<br>${say(language, 'stated.edition', { edition: foreign(framework.edition) })}`}${law === undefined ? '' : html`<br>${say(language, 'state.framework.law')}: ${foreign(law)}`}<br>${framework.sources.map(sourceLink)}</p></div>
<div class="sheet">${referencingSection(values, context)}
${levelsSection(values, context)}
${statementsSection(values, context)}${mistakeSection({ of: 'framework', id: framework.id }, context)}</div>`
  return page({ title: name, main }, context)
}
