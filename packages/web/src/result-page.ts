import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { foreign, type Html } from './html.ts'
import { momentHere } from './local-time.ts'
import { phrase, say } from './messages/say.ts'
import { hostOf, type PageContext, page } from './page.ts'
import { chain } from './result/chain.ts'
import { checks } from './result/checks.ts'
import { facts } from './result/facts.ts'
import { history, whyItStillCounts } from './result/history.ts'
import { levels } from './result/levels.ts'
import { addressOf, readResult } from './result/reading.ts'
import { firstCards, laterCards } from './result/side.ts'
import type { ResultValues } from './result/values.ts'
import { verdict } from './result/verdict.ts'

/** A print has no address bar. It therefore says where the certificate was checked and how to check it again. */
function onPaper({ token, verification }: ResultValues, context: PageContext): Html {
  const { language } = context
  const values = { host: html`<b>${hostOf(context)}</b>`, time: momentHere(verification.evaluatedAt, language) }
  return html`<p class="onpaper">${say(language, token === undefined ? 'keep.paper.file' : 'keep.paper', values)}</p>`
}

/** One complete answer: the verdict first, then its evidence. It holds the person only if the reader asked for the name. */
export function resultPage(values: ResultValues, context: PageContext): string {
  const { language } = context
  const reading = readResult(values, context)
  const early = ['revoked', 'suspended', 'superseded'].includes(reading.state)
  const main = html`${reading.person?.fileName === undefined ? '' : html`<p class="small dim mb1">${say(language, 'result.file', { file: foreign(reading.person.fileName) })}</p>`}
${verdict(reading)}
${onPaper(values, context)}
<div class="cols">${firstCards(reading)}
<div class="mainc sheet">
${early ? history(reading) : whyItStillCounts(reading)}
${facts(reading)}
${levels(reading)}
${chain(reading)}
${checks(reading)}
${early ? '' : history(reading)}
</div>${laterCards(reading)}</div>`
  return page(
    {
      // The same for every certificate. Previews, histories and shared screens show it to people who did not ask.
      title: phrase(language, 'preview.title'),
      preview: phrase(language, 'preview.text'),
      main,
      current: 'check',
      noindex: true,
      script: assetPaths.result,
    },
    {
      ...context,
      path: addressOf(values),
      demonstration: context.demonstration || values.verification.demonstration === true,
    },
  )
}
