import type { Compared, Degree, LevelDifference } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { ComparisonValues, ShownParty } from './comparison-values.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { type Language, say } from './messages/say.ts'
import type { PageContext } from './page.ts'
import { nameInState } from './state-names.ts'

const tags: Readonly<Record<Compared, readonly [icon: IconName, tone: string]>> = {
  match: ['full', 'ok'],
  partial: ['half', 'am'],
  gap: ['ring', 'gy'],
  'not-compared': ['minus', 'gy'],
}

export function resultTag(result: Compared, language: Language): Html {
  const [name, tone] = tags[result]
  return html`<strong class="tag ${tone}">${icon(name)}${say(language, `comparison.result.${result}`)}</strong>`
}

/** How much of the whole was found, in words that claim no more than the rows. */
export const degreeWords = (degree: Degree, language: Language): Html => say(language, `comparison.degree.${degree}`)

/** What the levels show, and no more. */
export function levelWords(level: LevelDifference, language: Language): Html {
  if (level.difference === 'unknown') return say(language, 'comparison.level.unknown')
  const words = say(language, `comparison.level.${level.difference}`, { count: level.steps })
  return level.confirmed ? words : html`${words} ${say(language, 'levels.unconfirmed')}`
}

/** An authority of another registry is named by its id and that registry, because nobody here vouches for its name. */
const partyName = ({ id, registry, name, state, stateName }: ShownParty, language: Language): Html =>
  name === undefined
    ? html`<code>${id}</code> (<bdi>${registry}</bdi>)`
    : nameInState(foreign(name, 'en'), { ...(state && { state }), ...(stateName && { stateName }) }, language)

export const partyNames = (parties: readonly ShownParty[], language: Language): Html =>
  html`${parties.map((party, at) => html`${at === 0 ? '' : '; '}${partyName(party, language)}`)}`

type PartiesOf = Pick<ComparisonValues, 'state' | 'joined' | 'missing' | 'jointFrom' | 'endedFrom'>

/** Who says it, and since when or until when. */
export function partiesWords({ state, joined, missing, jointFrom, endedFrom }: PartiesOf, language: Language): Html {
  const names = { names: partyNames(joined, language) }
  switch (state) {
    case 'joint':
      return say(language, 'comparison.state.joint', { ...names, date: day(jointFrom ?? '', language) })
    case 'ended':
      return say(language, 'comparison.state.ended', { date: day(endedFrom ?? '', language) })
    case 'alone':
    case 'waiting': {
      const alone = say(language, `comparison.state.${state}`, names)
      return missing.length === 0
        ? alone
        : html`${alone} ${say(language, 'comparison.missing', { names: partyNames(missing, language) })}`
    }
    default:
      return state satisfies never
  }
}

export const partiesCall = (values: PartiesOf, { language }: PageContext): Html =>
  html`<div class="call mb2${values.state === 'joint' ? '' : ' am'}">${icon(values.state === 'joint' ? 'info' : 'warn')}<p><b>${partiesWords(values, language)}</b></p></div>`

/** Each party, with the day of its decision, and the hash of the text that they join. */
export function partyLines(
  { joined, missing, left, hash }: Pick<ComparisonValues, 'joined' | 'missing' | 'left' | 'hash'>,
  language: Language,
): Html {
  const on = (at: { effectiveAt: string; recordedAt: string }) => ({
    date: day(at.effectiveAt > at.recordedAt ? at.effectiveAt : at.recordedAt, language),
  })
  const lines = [
    ...joined.map((one) => say(language, 'comparison.party.joined', { name: partyName(one, language), ...on(one) })),
    ...missing.map((one) => say(language, 'comparison.party.missing', { name: partyName(one, language) })),
    ...left.map(
      (one) =>
        html`${say(language, 'comparison.party.left', { name: partyName(one, language), ...on(one) })} ${foreign(one.basis)}`,
    ),
  ]
  return html`<ul class="bul">${lines.map((line) => html`<li>${line}</li>`)}</ul><p class="small dim">${say(language, 'comparison.hash')} <code>${hash}</code></p>`
}
