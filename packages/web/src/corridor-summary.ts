import { html } from 'hono/html'
import type { ListedTrack } from './corridor-values.ts'
import type { Html } from './html.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'
import { stateName } from './state-names.ts'
import { type Cell, table } from './table.ts'

const columns = ['tracks', 'declared', 'begun', 'reported', 'inferred', 'nothing', 'gaps'] as const
type Counts = Readonly<Record<Exclude<(typeof columns)[number], 'gaps'>, number> & { gaps: number | '–' }>

/** Whether a step is one of those that a column counts. Each step is in one column. */
const stepIn = {
  declared: (step) => step.progress === 'done' && step.basis === 'declared',
  begun: (step) => step.progress !== 'nothing' && step.progress !== 'done' && step.basis === 'declared',
  reported: (step) => step.progress !== 'nothing' && step.basis === 'reported',
  inferred: (step) => step.progress !== 'nothing' && step.basis === 'inferred',
  nothing: (step) => step.progress === 'nothing',
} satisfies Partial<Record<keyof Counts, (step: ListedTrack['steps'][number]) => boolean>>

/** What a minister reads of these tracks. Owners and overdue days are for the parties, so nothing here counts them. */
function countsOf(tracks: readonly ListedTrack[]): Counts {
  const steps = tracks.flatMap((track) => track.steps)
  const counted = Object.entries(stepIn).map(([name, isIn]) => [name, steps.filter(isIn).length])
  const registers = tracks.flatMap(({ gaps }) => gaps ?? [])
  // Where nobody keeps a register, none is counted, which is not zero.
  const gaps = registers.length === 0 ? '–' : registers.reduce((sum, { open }) => sum + open, 0)
  return { ...(Object.fromEntries(counted) as Omit<Counts, 'tracks' | 'gaps'>), tracks: tracks.length, gaps }
}

/** A row for each corridor, and one for all of them. */
export function corridorSummary(tracks: readonly ListedTrack[], context: PageContext): Html {
  const { language } = context
  const byCorridor = Map.groupBy(tracks, ({ corridor }) => corridor)
  const cells = (of: readonly ListedTrack[]) => {
    const counts = countsOf(of)
    return columns.map((column) => html`${counts[column]}`)
  }
  const rows = [...byCorridor].map(([id, own]): [Cell, ...Cell[]] => {
    const states = new Map(own.flatMap((track) => track.states.map((of) => [of.state, of] as const)))
    const words = [...states.values()].map((of) => of.stateName ?? stateName(of.state, language)).join(', ')
    return [html`<a href="${local(`/corridors/${id}`, context)}">${words}</a>`, ...cells(own)]
  })
  const all: [Cell, ...Cell[]][] =
    byCorridor.size > 1 ? [[html`<b>${say(language, 'corridor.summary.all')}</b>`, ...cells(tracks)]] : []
  const heads = [
    phrase(language, 'corridor.summary.corridor'),
    ...columns.map((each) => phrase(language, `corridor.summary.${each}`)),
  ]
  return html`<section><h2>${say(language, 'corridor.summary')}</h2>${table(say(language, 'corridor.summary'), heads, [...rows, ...all])}<p class="small dim mt1">${say(language, 'corridor.summary.text')}</p></section>`
}
