import { type LevelStatement, REGION, referenceFramework } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import type { PageContext } from '../page.ts'
import { stateWords } from '../state-names.ts'

/** What a drawing needs of a framework: its state, and its number of levels if it has any. */
export function frameOf(
  { framework: id, frame }: Pick<LevelStatement, 'framework' | 'frame'>,
  { language }: Pick<PageContext, 'language'>,
): { state?: Html; levels?: number } {
  if (id === referenceFramework.id) return { state: html`${REGION}`, levels: referenceFramework.levels }
  if (frame === undefined) return {}
  return { state: stateWords(frame, language), ...(frame.levels !== null && { levels: frame.levels }) }
}

/** The short name of the framework. */
export const nameOf = ({ framework, frame }: Pick<LevelStatement, 'framework' | 'frame'>): string =>
  frame?.acronym ?? framework

/** The step of the ladder on which the level stands. Absent: there is no level, or it is not one of the steps. */
export function stepOf({ level }: Pick<LevelStatement, 'level'>, levels: number | undefined): number | undefined {
  const step = Number(level)
  return levels !== undefined && Number.isInteger(step) && step >= 1 && step <= levels ? step : undefined
}

/**
 * One ladder, lying down. Without a level, no step is marked and none has a number, so that nobody reads a level from its place. Words
 * beside it say the same, so screen readers skip it.
 */
export function ladder(levels: number | undefined, step: number | undefined): Html {
  const steps = Array.from({ length: levels ?? referenceFramework.levels }, (_, index) => index + 1)
  if (step === undefined)
    return html`<span class="rung none" aria-hidden="true">${steps.map(() => html`<i></i>`)}</span>`
  return html`<span class="rung" aria-hidden="true">${steps.map((each) => (each === step ? html`<i class="on">${each}</i>` : html`<i>${each}</i>`))}</span>`
}
