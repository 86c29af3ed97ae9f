import type { Application, Recognition } from '@sijil/registry/recognition'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { bullets, foreign, type Html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { say } from './messages/say.ts'
import type { PageContext } from './page.ts'
import { nameInState } from './state-names.ts'

/** A decision as a page shows it, about certificates of one edition. */
export interface SlipValues extends Omit<Recognition, 'kind' | 'decision' | 'credential' | 'applies'> {
  /** `waiting`: not every authority that it names has joined, so it counts for nobody. */
  applies: Application | 'waiting'
  /** Names of the authorities that have still to join. */
  missing?: readonly string[]
  edition: string
  /** Every unit of the certificate, so that the page names those that are not recognised. Absent: not known. */
  all?: readonly { code: string; title: string }[]
  /** Gaps that are open in a corridor of the host. */
  openGaps?: number
  /** What stands above the terms, such as the qualification. */
  about?: Html
}

const icons: Readonly<Record<Recognition['result'], IconName>> = {
  full: 'full',
  part: 'half',
  temporary: 'clock',
  measures: 'half',
  refused: 'ring',
}

function resultWords(
  { result, registration, units = [], measures = [], until = '' }: SlipValues,
  { language }: PageContext,
): Html {
  if (registration !== undefined) return say(language, 'registration.result', { date: day(until, language) })
  switch (result) {
    case 'full':
      return say(language, 'recognition.result.full')
    case 'part':
      return say(language, 'recognition.result.part', { count: units.length })
    case 'temporary':
      return say(language, 'recognition.result.temporary', { date: day(until, language) })
    case 'measures':
      return say(language, 'recognition.result.measures', { count: measures.length })
    case 'refused':
      return say(language, 'recognition.result.refused')
    default:
      return result satisfies never
  }
}

/** A decision that does not count now says so first, and what it said only below. */
function heading(slip: SlipValues, page: PageContext): { words: Html; isOff: boolean } {
  const { language } = page
  const { applies, result, from, endedFrom, until } = slip
  const off: Readonly<Record<Exclude<SlipValues['applies'], 'now'>, Html>> = {
    waiting: say(language, 'recognition.waiting'),
    was: say(language, result === 'refused' ? 'recognition.was.refused' : 'recognition.was'),
    ended: say(language, 'recognition.ended', { date: day(endedFrom ?? until ?? '', language) }),
    future: say(language, 'recognition.future', { date: day(from, language) }),
    open: say(language, 'recognition.open'),
  }
  return applies === 'now' ? { words: resultWords(slip, page), isOff: false } : { words: off[applies], isOff: true }
}

function entitled({ entitles = [] }: SlipValues, { language }: PageContext): Html {
  const each = entitles.map(
    ({ kind, text, source, readOn }) =>
      html`${say(language, `recognition.entitles.${kind}`)}: ${foreign(text)} <span class="small dim">${say(language, 'recognition.source', { source: foreign(source), date: day(readOn, language) })}</span>`,
  )
  return html`${bullets(each)}<p class="small">${say(language, 'recognition.noPermit')}</p>`
}

/** A right to practise for a time, apart from every title. It never says who supervises. */
function registrationRows({ registration }: SlipValues, { language }: PageContext): (readonly [Html, Html])[] {
  if (registration === undefined) return []
  const { activity, scope, place, isSupervised, isRenewable } = registration
  return [
    [say(language, 'registration.activity'), say(language, `registration.activity.${activity}`)],
    [say(language, 'registration.scope'), foreign(scope)],
    [say(language, 'registration.place'), foreign(place)],
    [
      say(language, 'registration.supervision'),
      say(language, isSupervised ? 'registration.supervised' : 'registration.notSupervised'),
    ],
    [
      say(language, 'registration.renewal'),
      say(language, isRenewable ? 'registration.renewable' : 'registration.notRenewable'),
    ],
    [say(language, 'registration.only'), say(language, 'registration.only.text')],
  ]
}

const unitsOf = ({ units = [], all = [] }: SlipValues): Html =>
  bullets(units.map((code) => unitWords({ code, title: all.find((unit) => unit.code === code)?.title })))

const unitWords = ({ code, title }: { code: string; title?: string | undefined }): Html =>
  html`${title === undefined ? '' : html`${foreign(title)} `}<code class="small">${code}</code>`

/** The units of the certificate that a decision about some units leaves out. */
const missingOf = ({ units, all = [] }: SlipValues) =>
  units === undefined ? [] : all.filter(({ code }) => !units.includes(code))

/** Who decided it together with the host. The authority of the state of origin agrees: in its own state nothing follows. */
function jointRows({ jointly = [], missing = [] }: SlipValues, { language }: PageContext): (readonly [Html, Html])[] {
  const names = (origin: boolean) =>
    jointly
      .filter(({ isOrigin = false }) => isOrigin === origin)
      .map((one) => nameInState(foreign(one.name, 'en'), one, language))
  const rows: (readonly [Html, readonly Html[]])[] = [
    [say(language, 'recognition.jointly'), names(false)],
    [say(language, 'recognition.agreed'), names(true)],
    [say(language, 'recognition.toJoin'), missing.map((name) => foreign(name, 'en'))],
  ]
  return rows.flatMap(([label, listed]) => (listed.length === 0 ? [] : [[label, bullets(listed)] as const]))
}

/**
 * A decision of a host authority. It is drawn as a slip of that authority and never as a verdict: no seal, no tick, no colour of a state.
 */
export function recognitionSlip(slip: SlipValues, page: PageContext): Html {
  const { language } = page
  const { host, award, edition, units = [], measures = [], conditions, entitles, basis, reason, appeal } = slip
  const { words, isOff } = heading(slip, page)
  const lacking = missingOf(slip)
  const lasts =
    slip.endedFrom === undefined && slip.until === undefined
      ? say(language, 'recognition.period.open', { from: day(slip.from, language) })
      : say(language, 'recognition.period', {
          from: day(slip.from, language),
          until: day(slip.endedFrom ?? slip.until ?? '', language),
        })
  const rows: (readonly [Html, Html] | false | undefined)[] = [
    isOff && [say(language, 'recognition.decision'), resultWords(slip, page)],
    slip.notPerformed && [say(language, 'recognition.unchecked'), say(language, 'recognition.unchecked.issued')],
    ...registrationRows(slip, page),
    ...jointRows(slip, page),
    units.length > 0 && [say(language, 'recognition.units'), unitsOf(slip)],
    lacking.length > 0 && [say(language, 'recognition.missing'), bullets(lacking.map(unitWords))],
    measures.length > 0 && [say(language, 'recognition.measures'), bullets(measures.map((each) => foreign(each)))],
    conditions !== undefined && [say(language, 'recognition.conditions'), foreign(conditions)],
    entitles !== undefined && entitles.length > 0 && [say(language, 'recognition.entitles'), entitled(slip, page)],
    reason !== undefined && [say(language, 'recognition.reason'), foreign(reason)],
    [say(language, 'recognition.basis'), foreign(basis)],
    [say(language, 'recognition.lasts'), lasts],
    [say(language, 'recognition.appeal'), foreign(appeal)],
    slip.appealed && [
      say(language, `recognition.appealed.${slip.appealed.state}`),
      html`${slip.appealed.note === undefined ? '' : foreign(slip.appealed.note)} <span class="small dim">${day(slip.appealed.at, language)}</span>`,
    ],
    [say(language, 'recognition.by'), say(language, 'recognition.by.two', { date: day(slip.recordedAt, language) })],
  ]
  const shown = rows.filter((row) => row !== false && row !== undefined)
  const covers =
    award === undefined
      ? say(language, 'recognition.single')
      : say(language, 'recognition.class', {
          edition: foreign(edition),
          from: day(award.from, language),
          until: day(award.until, language),
        })
  return html`<article class="slip${isOff ? ' off' : ''}"><p class="cc" aria-hidden="true">${host.state}</p><div><p class="small">${nameInState(foreign(host.name, 'en'), host, language)}</p><h3 class="dw">${icon(icons[slip.result])}<span>${words}</span></h3>${slip.about ?? ''}<p class="small dim">${covers}</p>${slip.openGaps && slip.result !== 'refused' ? html`<p class="small"><b>${say(language, 'recognition.conditional', { count: slip.openGaps })}</b></p>` : ''}${slip.replaced ? html`<p class="small">${say(language, 'recognition.replaced')}</p>` : ''}${slip.noLongerHeld ? html`<p class="small">${say(language, 'recognition.noLonger')}</p>` : ''}<dl class="sum">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></div></article>`
}
