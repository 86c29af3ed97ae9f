import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { foreign } from './html.ts'
import { phrase, say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { chain } from './result/chain.ts'
import { checks } from './result/checks.ts'
import { comparePaper } from './result/compare-paper.ts'
import { facts } from './result/facts.ts'
import { history, whyItStillCounts } from './result/history.ts'
import { levels } from './result/levels.ts'
import { linkCode } from './result/link-code.ts'
import { addressOf, readResult } from './result/reading.ts'
import { recognition } from './result/recognition.ts'
import { firstCards, laterCards } from './result/side.ts'
import type { ResultValues } from './result/values.ts'
import { verdict } from './result/verdict.ts'
import { keepThaiWords } from './thai-words.ts'

/** One complete answer: the verdict first, then its evidence. It holds the person only if the reader asked for the name. */
export function resultPage(values: ResultValues, context: PageContext): string {
  const { language } = context
  const reading = readResult(values, context)
  const early = ['revoked', 'suspended', 'superseded'].includes(reading.state)
  const main = html`${reading.person?.fileName === undefined ? '' : html`<p class="small dim mb1">${say(language, 'result.file', { file: foreign(reading.person.fileName) })}</p>`}
${comparePaper(reading)}
${verdict(reading)}
<div class="cols">${firstCards(reading)}
<div class="mainc sheet">
${facts(reading)}
${linkCode(reading)}
${early ? history(reading) : whyItStillCounts(reading)}
${levels(reading)}
${recognition(reading)}
${chain(reading)}
${checks(reading)}
${early ? '' : history(reading)}
</div>${laterCards(reading)}</div>`
  const document = page(
    {
      // The same for every certificate. Previews, histories and shared screens show it to people who did not ask.
      title: phrase(language, 'preview.title'),
      preview: phrase(language, 'preview.text'),
      main,
      current: 'check',
      noindex: true,
      script: assetPaths.inPlace,
    },
    {
      ...context,
      path: addressOf(values),
      demonstration: context.demonstration || values.verification.demonstration === true,
    },
  )
  return language === 'th' ? keepThaiWords(document) : document
}
