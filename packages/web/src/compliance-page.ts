import { professions } from '@sijil/qualifications'
import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import type { ComplianceValues, DeclaredDegree } from './compliance-values.ts'
import { openData } from './corridors-page.ts'
import { day } from './dates.ts'
import { permanentLink } from './declared-corridor-page.ts'
import { fileComparison, sameFile } from './file-comparison.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { type StateOf, stateName } from './state-names.ts'
import { type Cell, table } from './table.ts'

const marks = {
  full: { tone: 'ok', icon: 'check' },
  part: { tone: 'am', icon: 'half' },
  none: { tone: 'gy', icon: 'ring' },
  'not-applicable': { tone: 'gy', icon: 'minus' },
} as const

function degreeWords(
  { degree, on, evidence, declaredBy, recordedAt, entry }: DeclaredDegree,
  context: PageContext,
): Html {
  const { language } = context
  const { tone, icon: name } = marks[degree]
  const documents = evidence.map(
    (one) =>
      html`<a href="${one.address}" rel="external nofollow noreferrer">${foreign(one.title)}</a><br><span class="small dim">SHA-256 <code>${one.sha256}</code></span>${sameFile(one.sha256, language)}`,
  )
  const words = { name: foreign(declaredBy.name, 'en'), date: day(recordedAt, language), on: day(on, language) }
  return html`<div>${tag(tone, name, say(language, `compliance.degree.${degree}`))}<p class="small">${say(language, 'compliance.declared', words)} ${permanentLink(entry, context)}</p>${documents.length === 0 ? '' : bullets(documents)}</div>`
}

/** The lines of one plan as rows, and the states that declared anything of it as columns. */
function planTable(lines: ComplianceValues['lines'], title: string, context: PageContext): Html {
  const { language } = context
  const current = lines.flatMap(({ declared }) => declared.filter(({ counts }) => counts))
  const states = [...new Map(current.map(({ declaredBy }) => [declaredBy.state, declaredBy as StateOf])).values()]
  states.sort((one, other) => (one.state < other.state ? -1 : 1))
  const rows = lines.map(({ line, title: words, declared }): [Cell, ...Cell[]] => [
    html`<span><code>${line}</code> ${foreign(words)}</span>`,
    ...states.map(({ state }) => {
      const found = declared.find(({ counts, declaredBy }) => counts && declaredBy.state === state)
      return found === undefined
        ? html`<span class="dim">${say(language, 'compliance.nothing')}</span>`
        : degreeWords(found, context)
    }),
  ])
  return table(title, [say(language, 'compliance.line'), ...states.map((of) => stateName(of, language))], rows)
}

/** Each state says for itself how far it has come. Nobody measures it here. */
export function compliancePage({ lines }: ComplianceValues, context: PageContext): string {
  const { language } = context
  const plans = professions.flatMap((profession) => {
    const own = lines.filter(({ arrangement }) => arrangement === profession)
    const title = phrase(language, `profession.${profession}`)
    return own.length === 0 ? [] : [html`<section><h2>${title}</h2>${planTable(own, title, context)}</section>`]
  })
  const main = html`<div class="head"><h1>${say(language, 'compliance.title')}</h1><p class="lead">${say(language, 'compliance.lead')}</p></div>
<div class="call mb2">${icon('info')}<p><b>${say(language, 'compliance.notice')}</b></p></div>
<div class="sheet">${plans.length === 0 ? html`<section><p>${say(language, 'compliance.none')}</p></section>` : html`${plans}${fileComparison(context)}`}
${openData(html`<li><a href="/compliance?format=csv">${say(language, 'compliance.csv')}</a></li>`, language)}</div>`
  return page({ title: phrase(language, 'compliance.title'), main, script: assetPaths.portfolio }, context)
}
