import { type RoadmapStep, roadmap, type StepId } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { ListedTrack, ShownStep } from './corridor-values.ts'
import { foreign, type Html } from './html.ts'
import { type IconName, tag } from './icons.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { type StateOf, stateName, stateWords } from './state-names.ts'

/** Each has a shape and a word of its own, so that a report never looks like a declaration. */
// biome-ignore format: it reads as a table
const marks = {
  'declared.done':      { tone: 'ok', icon: 'check' },
  'declared.waits':     { tone: 'am', icon: 'clock' },
  'declared.under-way': { tone: 'am', icon: 'half' },
  'reported.done':      { tone: 'gy', icon: 'file' },
  'reported.waits':     { tone: 'gy', icon: 'file' },
  'reported.under-way': { tone: 'gy', icon: 'half' },
  'inferred.done':      { tone: 'gy', icon: 'ring' },
  'inferred.waits':     { tone: 'gy', icon: 'ring' },
  'inferred.under-way': { tone: 'gy', icon: 'ring' },
} as const satisfies Record<string, { tone: 'ok' | 'am' | 'gy'; icon: IconName }>

export function stepTag(step: ShownStep, language: Language): Html {
  if (step.progress === 'nothing') return html`<span class="dim">${say(language, 'corridor.progress.nothing')}</span>`
  const name = `${step.basis}.${step.progress}` as const
  const { tone, icon } = marks[name]
  return tag(tone, icon, say(language, `corridor.progress.${name}`))
}

const listed = (states: readonly StateOf[], language: Language): Html =>
  html`${states.map((of, at) => html`${at === 0 ? '' : ', '}${stateWords(of, language)}`)}`

/** From where to where, or between whom. */
const wayOf = ({ origin, host, states }: Pick<ListedTrack, 'origin' | 'host' | 'states'>, language: Language) =>
  origin === undefined || host === undefined
    ? listed(states, language)
    : say(language, 'corridor.way', { origin: stateWords(origin, language), host: stateWords(host, language) })

export const titleOf = (track: Omit<ListedTrack, 'steps'>, language: Language): Html =>
  html`${wayOf(track, language)}: ${foreign(track.skillsArea, 'en')}`

/** The same as text, for the title of a page. */
export function plainTitle(
  { origin, host, states, skillsArea }: Omit<ListedTrack, 'steps'>,
  language: Language,
): string {
  const of = (state: StateOf) => stateName(state, language)
  const way =
    origin === undefined || host === undefined
      ? states.map(of).join(', ')
      : phrase(language, 'corridor.way', { origin: of(origin), host: of(host) })
  return `${way}: ${skillsArea}`
}

export const pathOfTrack = ({ corridor, id }: Pick<ListedTrack, 'corridor' | 'id'>): string =>
  `/corridors/${corridor}/${id}`

const byId = new Map(roadmap.map((step) => [step.id, step]))
/** Every step has a row. */
const stepOf = (id: StepId): RoadmapStep => byId.get(id) as RoadmapStep

/** The official title is English. Other languages read a translation above it. */
export const stepTitle = (id: StepId, language: Language): Html =>
  language === 'en'
    ? html`${stepOf(id).title}`
    : html`${say(language, `corridor.step.${id}`)}<br><span class="small dim">${foreign(stepOf(id).title, 'en')}</span>`

/** `1 to 5`, `1, 3` */
export function stepsText(steps: readonly StepId[], language: Language): string {
  const [first] = steps
  const last = steps.at(-1)
  const places = steps.map((id) => roadmap.findIndex((step) => step.id === id))
  const isRange = places.length > 2 && places.every((place, at) => at === 0 || place === (places[at - 1] ?? 0) + 1)
  return isRange && first && last ? phrase(language, 'corridor.range', { first, last }) : steps.join(', ')
}
