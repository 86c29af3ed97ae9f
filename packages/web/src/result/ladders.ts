import { findFramework, type LevelStatement, REGION, referenceFramework } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { phrase } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import { stateName } from '../state-names.ts'

const top = 60
const bottom = 288
const half = 34

/** What a drawing needs of a framework: its state, and its number of levels if it has any. */
export function frameOf(id: string, { language }: Pick<PageContext, 'language'>): { state?: string; levels?: number } {
  if (id === referenceFramework.id) return { state: REGION, levels: referenceFramework.levels }
  const framework = findFramework(id)
  if (framework === undefined) return {}
  return { state: stateName(framework.state, language), ...(framework.levels !== null && { levels: framework.levels }) }
}

interface Ladder {
  id: string
  state: string
  levels: number
  /** The highlighted step. Absent: the level is not one of the steps. */
  lit?: number
  x: number
}

function ladderOf({ framework, level }: LevelStatement, x: number, page: PageContext): Ladder {
  const { state = '', levels = 0 } = frameOf(framework, page)
  const step = Number(level)
  const isStep = Number.isInteger(step) && step >= 1 && step <= levels
  return { id: framework, state, levels, x, ...(isStep && { lit: step }) }
}

const heightOf = (step: number, levels: number): number => Math.round(bottom - ((step - 0.5) * (bottom - top)) / levels)

function drawLadder({ id, state, levels, lit, x }: Ladder, { language }: PageContext): Html {
  const heading = html`<text x="${x}" y="20" text-anchor="middle" font-size="17" font-weight="650" fill="#16232f">${id}</text><text x="${x}" y="40" text-anchor="middle" font-size="15" fill="#4b5661">${state}</text>`
  const rails = `M${x - half} ${top}V${bottom}M${x + half} ${top}V${bottom}`
  const steps = Array.from({ length: levels }, (_, index) => index + 1)
    // The words “no level” stand in the middle. Steps behind them are left out.
    .filter((step) => step !== lit && (lit !== undefined || Math.abs(heightOf(step, levels) - 174) > 22))
    .map((step) => {
      const y = heightOf(step, levels)
      return html`<path d="M${x - half} ${y + 7}H${x + half}" stroke="#b9c9c5" stroke-width="2"/><text x="${x}" y="${y + 3}" text-anchor="middle" font-size="14" fill="#4b5661">${step}</text>`
    })
  if (lit === undefined) {
    return html`${heading}<path d="${rails}" stroke="#80796a" stroke-width="2" stroke-dasharray="5 5"/>${steps}<rect x="${x - 50}" y="160" width="100" height="28" rx="5" fill="#fffdf8" stroke="#80796a" stroke-dasharray="5 4"/><text x="${x}" y="179" text-anchor="middle" font-size="15" fill="#4b5661">${phrase(language, 'levels.none.short')}</text>`
  }
  const y = heightOf(lit, levels)
  return html`${heading}<path d="${rails}" stroke="#0d4f54" stroke-width="2"/>${steps}<rect x="${x - half - 5}" y="${y - 13}" width="${2 * half + 10}" height="24" rx="5" fill="#0d4f54"/><text x="${x}" y="${y + 4}" text-anchor="middle" font-size="15" font-weight="700" fill="#fff">${phrase(language, 'levels.number', { level: lit })}</text>`
}

function bridge(left: Ladder, right: Ladder): Html {
  if (left.lit === undefined || right.lit === undefined) return html``
  return html`<path d="M${left.x + half + 8} ${heightOf(left.lit, left.levels)}L${right.x - half - 8} ${heightOf(right.lit, right.levels)}" stroke="#c99a3f" stroke-width="3" stroke-dasharray="2 6" stroke-linecap="round"/>`
}

function spoken({ framework, level }: LevelStatement, page: PageContext): string {
  const { language } = page
  const { levels } = frameOf(framework, page)
  if (level === undefined || levels === undefined) return phrase(language, 'levels.none.of', { framework })
  return phrase(language, 'levels.of', { framework, level, count: levels })
}

/**
 * Draws two or three ladders side by side. The page repeats them as text, because a drawing shrinks and screen readers skip it. A level
 * without a framework has no ladder. A single ladder is not drawn: it would compare nothing.
 */
export function ladders(all: readonly LevelStatement[], page: PageContext): Html {
  const statements = all.filter(({ framework }) => frameOf(framework, page).state !== undefined)
  if (statements.length < 2) return html``
  const width = statements.length === 2 ? 280 : 400
  const places = statements.length === 2 ? [72, 208] : [67, 200, 333]
  const drawn = statements.map((statement, index) => ladderOf(statement, places[index] ?? 0, page))
  const bridges = drawn.slice(1).map((right, index) => (drawn[index] === undefined ? '' : bridge(drawn[index], right)))
  return html`<svg viewBox="0 0 ${width} 300" role="img" aria-label="${statements.map((statement) => spoken(statement, page)).join('; ')}">${bridges}${drawn.map((ladder) => drawLadder(ladder, page))}</svg>`
}
