import { html } from 'hono/html'
import type { ShownStep } from './corridor-values.ts'
import { stepTag, stepTitle } from './corridor-words.ts'
import type { Html } from './html.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'
import { stateWords } from './state-names.ts'

const who = (step: ShownStep, { language }: PageContext): Html =>
  step.progress === 'nothing' || step.by === undefined
    ? html``
    : html` <span class="small dim">${say(language, 'corridor.by', { state: stateWords(step.by, language) })}</span>`

/** The steps by their official titles, with what is said of each. */
export function roadmapOf<S extends ShownStep>(
  steps: readonly S[],
  context: PageContext,
  more: (step: S) => Html = () => html``,
): Html {
  const { language } = context
  const rows = steps.map((step) => {
    const tone =
      step.progress === 'nothing' || step.basis !== 'declared' ? 'gy' : step.progress === 'done' ? 'ok' : 'am'
    return html`<li id="step-${step.step}"><span class="dot ${tone}">${step.step}</span><h3>${stepTitle(step.step, language)}</h3><p>${stepTag(step, language)}${who(step, context)} <a class="small noprint" href="${local(`/corridor-steps#step-${step.step}`, context)}"><span class="vh">${step.step}: </span>${say(language, 'corridor.guide')}</a></p>${more(step)}</li>`
  })
  return html`<section><h2>${say(language, 'corridor.roadmap')}</h2><ol class="chain">${rows}</ol></section>`
}
