import type { PaperFinding } from '@sijil/registry/verification'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { icon, seal } from './icons.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { readResult, titleFor } from './result/reading.ts'
import type { ResultValues } from './result/values.ts'
import { showToken } from './token.ts'

interface PaperValues {
  findings: readonly PaperFinding[]
  /** How many certificates are attached. */
  attached: number
  /** The answer about the attached certificate, if there is exactly one. */
  values?: ResultValues
}

const MOST_LETTERS = 120

/** The parts of a paper disagree. That is the answer: what the attached certificate is worth stands below, and never leads. */
export function paperPage({ findings, attached, values }: PaperValues, context: PageContext): string {
  const { language } = context
  const rows = findings.map((finding) => html`<li>${findingIn(finding, { attached }, context)}</li>`)
  const several = attached > 1 ? html`<li>${say(language, 'paper.several', { count: attached })}</li>` : ''
  const main = html`<section class="verdict no" aria-labelledby="v"><div class="v-top">${seal('no')}<div><h1 id="v">${say(language, 'paper.disagrees')}</h1><p class="who">${say(language, 'paper.disagrees.text')}</p></div></div>
<div class="v-in"><ul class="bul">${rows}${several}</ul></div></section>
<div class="sheet">${values === undefined ? '' : attachedCertificate(values, context)}
<section><h2>${say(language, 'do.title')}</h2><ol class="num">${listOf(language, 'paper.do').map((item) => html`<li>${item}</li>`)}</ol>
<p><a class="tlink" href="${local('/report-fake', context)}">${icon('warn')}${say(language, 'foot.fake')}</a></p>
<p><a class="tlink" href="${local('/', context)}">${icon('left')}${say(language, 'result.again')}</a></p></section></div>`
  return page(
    { title: phrase(language, 'preview.title'), main, current: 'check', noindex: true },
    { ...context, path: '/' },
  )
}

/** Every code is named, and none was followed. */
function findingIn(
  { code, text, token }: PaperFinding,
  { attached }: Pick<PaperValues, 'attached'>,
  context: PageContext,
): Html {
  const { language } = context
  if (token === undefined) {
    const short = [...text].slice(0, MOST_LETTERS).join('')
    return say(language, 'paper.elsewhere', { text: html`<span class="mono">${foreign(short)}</span>` })
  }
  const shown = html`<span class="mono">${showToken(token)}</span>`
  if (code === 'nothing') return say(language, 'paper.nothing', { code: shown })
  const open = html`<a class="tlink" href="${local(`/v/${token}?from=contradiction`, context)}">${say(language, 'paper.open')}</a>`
  return html`${say(language, attached === 0 ? 'paper.opens' : 'paper.other', { code: shown })}<br>${open}`
}

function attachedCertificate(values: ResultValues, context: PageContext): Html {
  const { language } = context
  const { state, certificate, issuer } = readResult(values, context)
  const about =
    certificate === undefined
      ? ''
      : html`<p>${say(language, 'paper.attached.about', { qualification: titleFor(certificate.qualification, context), issuer })}</p>`
  const answer = say(language, 'paper.attached.answer', { state: say(language, `${state}.title`) })
  // The answer stands last and in no large letters: a reader who skims shall not take it for that of the paper.
  return html`<section><h2>${say(language, 'paper.attached')}</h2><p>${say(language, 'paper.attached.text')}</p>${about}<p>${answer}</p></section>`
}
