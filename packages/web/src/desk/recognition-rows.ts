import { html } from 'hono/html'
import { day } from '../dates.ts'
import { bullets, foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownRecognition } from './values.ts'

type Row = readonly [Html, Html]

/** Everything that two officers decide about a class of certificates. A term without a limit says so. */
export function recognitionRows(shown: ShownRecognition, language: Language): Row[] {
  const {
    qualification,
    edition,
    title,
    decision,
    issuers = [],
    covers,
    terms,
    fitting,
    appealed,
    jointly = [],
    hash,
  } = shown
  const rows: (Row | false | undefined)[] = [
    [
      say(language, 'desk.field.standard'),
      html`${title === undefined ? '' : html`${foreign(title, 'en')} `}<code class="dim small">${qualification}</code>`,
    ],
    [say(language, 'desk.field.ofEdition'), foreign(edition)],
    [say(language, 'desk.recognition.decision'), html`<code>${decision}</code>`],
    issuers.length > 0 && [
      say(language, 'desk.field.issuers'),
      bullets(issuers.map(({ id, name }) => html`${foreign(name, 'en')} <code class="dim small">${id}</code>`)),
    ],
    covers && [
      say(language, 'desk.recognition.award'),
      say(language, 'desk.recognition.period', {
        from: day(covers.award.from, language),
        until: day(covers.award.until, language),
      }),
    ],
    covers && [say(language, 'desk.field.issuedUntil'), html`${day(covers.issuedUntil, language)}`],
    ...(terms === undefined ? [] : termRows(terms, language)),
    jointly.length > 0 && [
      say(language, 'desk.field.jointlyWith'),
      bullets(jointly.map(({ id, name }) => html`${foreign(name, 'en')} <code class="dim small">${id}</code>`)),
    ],
    hash !== undefined && [say(language, 'desk.joint.hash'), html`<code>${hash}</code>`],
    fitting !== undefined && [
      say(language, 'desk.recognition.fitting'),
      html`<span data-fitting>${fittingWords(fitting, language)}</span>`,
    ],
    appealed && [say(language, 'desk.field.appealState'), say(language, `desk.appealState.${appealed.state}`)],
    appealed && [say(language, 'desk.field.note'), foreign(appealed.note)],
  ]
  return rows.filter((row) => row !== false && row !== undefined)
}

const linesOf = (texts: readonly string[]) => bullets(texts.map((text) => foreign(text)))

/** The terms of a decision, about a class of certificates or about one. */
export function termRows(
  { result, units, measures, conditions, until, entitles, appeal }: NonNullable<ShownRecognition['terms']>,
  language: Language,
): (Row | false)[] {
  return [
    [say(language, 'desk.field.result'), html`<b>${say(language, `desk.result.${result}`)}</b>`],
    [
      say(language, 'desk.field.recognisedUnits'),
      units === undefined ? say(language, 'desk.recognition.whole') : html`<code>${units.join(', ')}</code>`,
    ],
    measures !== undefined && [say(language, 'desk.field.measures'), linesOf(measures)],
    conditions !== undefined && [say(language, 'desk.field.conditions'), foreign(conditions)],
    [
      say(language, 'desk.field.endsOn'),
      until === undefined ? say(language, 'desk.noEnd') : html`${day(until, language)}`,
    ],
    entitles !== undefined && [
      say(language, 'desk.field.entitles'),
      bullets(
        entitles.map(
          ({ kind, text, source, readOn }) =>
            html`${kind}: ${foreign(text)} (${foreign(source)}, ${day(readOn, language)})`,
        ),
      ),
    ],
    [say(language, 'desk.field.appeal'), foreign(appeal)],
  ]
}

/** Never an exact number of a small class: that would be about single people. */
function fittingWords(fitting: NonNullable<ShownRecognition['fitting']>, language: Language): Html {
  if (fitting === 'none' || fitting === 'one-to-nine' || fitting === 'not-counted')
    return say(language, `desk.recognition.fitting.${fitting}`)
  return say(language, 'desk.recognition.fitting.many', { count: fitting.slice('at-least-'.length) })
}
