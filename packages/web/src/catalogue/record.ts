import { html } from 'hono/html'
import { sourceLink } from '../citations.ts'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import { languageField, local, type PageContext } from '../page.ts'
import { type Cell, table } from '../table.ts'

interface NamedOwner {
  id: string
  /** The name that it had then. */
  name: string
}

/** What is recorded about a qualification for one day, and who stated it. */
export interface RecordValues {
  id: string
  /** The day of the question. */
  on: string
  /** Today, in UTC. */
  today: string
  /** Absent: we read the record from public sources. */
  owner?: NamedOwner
  /** The day of the record that is shown. */
  recordedOn: string
  edition: string
  /** The editions that count on that day, in the order of their statements. */
  editions: readonly {
    id: string
    from: string
    until?: string
    supersedes?: string
    source: string
  }[]
  /** Every statement, in the order of the records. */
  statements: readonly {
    type:
      | 'qualification-stated'
      | 'edition-stated'
      | 'qualification-retired'
      | 'edition-placed'
      | 'placement-ended'
      | 'assigned'
    edition?: string
    basis?: string
    placement?: { framework: string; level: number }
    statedBy: NamedOwner
    effectiveAt: string
    recordedAt: string
  }[]
  /** The framework of its level, if its authority stated it: its id is long, and its short name is what people know. */
  frame?: { id: string; acronym?: string }
  retiredOn?: string
  nextEditionOn?: string
}

/** The address of the same record for another day or in another edition. */
function addressOf({ id, on, today }: RecordValues, change: { edition?: string; on?: string }): string {
  const query = new URLSearchParams({ ...(on !== today && { on }), ...change })
  return query.size === 0 ? `/qualifications/${id}` : `/qualifications/${id}?${query}`
}

/** Says which day is shown, that nothing is awarded any more, and that the standard changes. */
export function recordNotices(values: RecordValues, context: PageContext): Html {
  const { language } = context
  const { id, on, today, retiredOn, nextEditionOn } = values
  const call = (title: Html, text: Html) =>
    html`<div class="call am mb2">${icon('clock')}<div><p><b>${title}</b> ${text}</p></div></div>`
  const another =
    on === today
      ? ''
      : call(
          say(language, 'qualification.on.shown', { date: day(on, language) }),
          html`<a href="${local(`/qualifications/${id}`, context)}">${say(language, 'qualification.on.today')}</a>`,
        )
  const ended =
    retiredOn === undefined
      ? ''
      : call(
          say(language, 'qualification.retired', { date: day(retiredOn, language) }),
          say(language, 'qualification.retired.text'),
        )
  const next =
    nextEditionOn === undefined || retiredOn !== undefined
      ? ''
      : call(
          say(language, 'qualification.next', { date: day(nextEditionOn, language) }),
          say(language, 'qualification.next.text'),
        )
  return html`${another}${ended}${next}`
}

/** Who stated what is shown. The texts are their words and not those of the registry (Q015). */
export function statedByWords({ owner, recordedOn }: RecordValues, context: PageContext): Html {
  const { language } = context
  if (owner === undefined) return say(language, 'qualification.baseline', { date: day(recordedOn, language) })
  const name = foreign(owner.name, 'en')
  return html`<a href="${local(`/issuers/${owner.id}`, context)}">${name}</a><br><span class="small dim">${say(language, 'qualification.owner.words', { owner: name })}</span>`
}

export function editionsSection(values: RecordValues, context: PageContext): Html {
  const { editions } = values
  if (editions.length === 0) return html``
  const { language } = context
  const title = say(language, 'qualification.editions')
  const heads = [
    say(language, 'qualification.edition'),
    say(language, 'qualification.edition.period'),
    say(language, 'qualification.edition.follows'),
    say(language, 'qualification.edition.source'),
  ]
  const rows = editions.map(({ id, from, until, supersedes, source }): [Cell, ...Cell[]] => [
    id === values.edition
      ? html`${foreign(id)} <span class="small dim">(${say(language, 'qualification.edition.shown')})</span>`
      : html`<a href="${local(addressOf(values, { edition: id }), context)}"><span class="vh">${say(language, 'qualification.edition')} </span>${foreign(id)}</a>`,
    until === undefined
      ? say(language, 'qualification.edition.open', { date: day(from, language) })
      : say(language, 'facts.from', { from: day(from, language), until: day(until, language) }),
    supersedes === undefined ? '–' : foreign(supersedes),
    sourceLink(source),
  ])
  return html`<section id="editions"><h2>${title}</h2>${table(title, heads, rows)}</section>`
}

/** Every statement with its two moments. */
export function statementsSection({ statements, frame }: RecordValues, context: PageContext): Html {
  if (statements.length === 0) return html``
  const { language } = context
  const title = say(language, 'qualification.statements')
  const heads = [
    say(language, 'qualification.statement.recorded'),
    say(language, 'qualification.statement.effective'),
    say(language, 'qualification.owner'),
    say(language, 'qualification.statement'),
  ]
  const rows = statements.map(
    ({ type, edition = '', basis = '', placement, statedBy, effectiveAt, recordedAt }): [Cell, ...Cell[]] => {
      const words = {
        'qualification-stated': () => say(language, 'qualification.statement.qualification'),
        'edition-stated': () => say(language, 'qualification.statement.edition', { edition: foreign(edition) }),
        'qualification-retired': () =>
          say(language, 'qualification.statement.retired', { basis: foreign(basis, 'en') }),
        'edition-placed': () =>
          say(language, 'qualification.statement.placed', {
            edition: foreign(edition),
            level: html`${placement?.framework === frame?.id ? frame?.acronym : placement?.framework} ${placement?.level}`,
          }),
        'placement-ended': () =>
          say(language, 'qualification.statement.placementEnded', {
            edition: foreign(edition),
            basis: foreign(basis, 'en'),
          }),
        assigned: () => say(language, 'qualification.statement.assigned', { basis: foreign(basis, 'en') }),
      }
      return [moment(recordedAt, language), moment(effectiveAt, language), foreign(statedBy.name, 'en'), words[type]()]
    },
  )
  return html`<section id="statements"><h2>${title}</h2><p class="dim small">${say(language, 'qualification.statements.text')}</p>${table(title, heads, rows)}</section>`
}

/** Asks for the same record on another day. */
export function dayForm(
  { path, on, today }: { path: string; on: string; today: string },
  label: Html,
  context: PageContext,
): Html {
  const { language } = context
  return html`<form class="noprint" method="get" action="${path}">${languageField(context)}<label for="on">${label}</label><div class="go w34 mt1"><input id="on" name="on" type="date" max="${today}" value="${on}"><button type="submit" class="btn alt">${say(language, 'qualification.on.go')}</button></div></form>`
}
