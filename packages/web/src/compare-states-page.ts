import { levelsSideBySide, type StateProfile } from '@sijil/qualifications'
import { html } from 'hono/html'
import { citations } from './citations.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { local, type PageContext, page } from './page.ts'
import {
  assuranceOf,
  bulleted,
  frameworkLink,
  languagesOf,
  levelRange,
  notStated,
  registersOf,
  regulatorsOf,
  standardsOf,
} from './state-facts.ts'
import { stateLink, stateName } from './state-names.ts'
import { compareForm, levelsText, referencingText, stateNotice } from './states-page.ts'
import { type Cell, table } from './table.ts'

export interface CompareStatesValues {
  /** Absent: the reader has not chosen two states yet. */
  pair?: readonly [StateProfile, StateProfile]
  states: readonly string[]
  chosen?: { one?: string | undefined; other?: string | undefined }
  /** Why the sent form shows no comparison. */
  fault?: 'missing' | 'same'
}

type Citing = ReturnType<typeof citations>

/** The bodies that certify or award. Regulators of a profession have a row of their own. */
const certifying = ({ bodies }: StateProfile) => bodies.filter(({ role }) => role !== 'professional-regulator')

function awardsOf(profile: StateProfile, { cite }: Citing, context: PageContext): Html {
  const { language } = context
  const awards = certifying(profile).flatMap(({ awards: each, ...body }) =>
    each.map((award) => {
      const level = levelRange(award.levels)
      const details = [
        ...(level === undefined ? [] : [say(language, 'levels.level', { framework: profile.framework.id, level })]),
        ...(award.years === undefined ? [] : [say(language, 'state.years', { count: award.years })]),
      ]
      return html`${foreign(award.title, 'en')}${cite(body)}${details.map((detail) => html`<br><span class="small dim">${detail}</span>`)}`
    }),
  )
  return bulleted(awards, context)
}

function systems(pair: readonly [StateProfile, StateProfile], citing: Citing, context: PageContext): Html {
  const { language } = context
  const both = (head: Html, cell: (profile: StateProfile) => Html): [Cell, ...Cell[]] => [head, ...pair.map(cell)]
  const rows: [Cell, ...Cell[]][] = [
    both(
      say(language, 'states.framework'),
      (profile) => html`${frameworkLink(profile, context)}${citing.cite(profile.framework)}`,
    ),
    both(say(language, 'issuer.levels'), ({ framework }) => levelsText(framework, language)),
    both(say(language, 'state.framework.law'), ({ framework }) =>
      framework.law === undefined ? notStated(context) : html`${foreign(framework.law, 'en')}${citing.cite(framework)}`,
    ),
    both(
      say(language, 'state.framework.authority'),
      ({ framework }) => html`${foreign(framework.authority, 'en')}${citing.cite(framework)}`,
    ),
    both(
      say(language, 'referencing.title'),
      ({ framework }) => html`${referencingText(framework, language)}${citing.cite(framework.referencing)}`,
    ),
    both(say(language, 'body.note'), ({ framework: { note } }) => (note === undefined ? html`–` : foreign(note, 'en'))),
    both(say(language, 'state.bodies'), (profile) =>
      bulleted(
        certifying(profile).map((body) => html`${foreign(fullName(body), 'en')}${citing.cite(body)}`),
        context,
      ),
    ),
    both(say(language, 'state.certificates'), (profile) => awardsOf(profile, citing, context)),
    both(say(language, 'state.standards'), (profile) => standardsOf(profile, citing, context)),
    both(say(language, 'state.assurance'), (profile) => assuranceOf(profile, citing, context)),
    both(say(language, 'body.register'), (profile) => registersOf(profile, citing, context)),
    both(say(language, 'state.languages'), (profile) => languagesOf(profile, citing, context)),
    ...pair[0].professions.map(({ arrangement: { id } }) =>
      both(say(language, 'compare.regulator', { profession: say(language, `profession.${id}`) }), ({ professions }) => {
        const profession = professions.find(({ arrangement }) => arrangement.id === id)
        return profession === undefined ? notStated(context) : regulatorsOf(profession, citing, context)
      }),
    ),
    both(
      say(language, 'state.registry'),
      ({ state }) =>
        html`<a href="${local(`/issuers?c=${state}`, context)}">${say(language, 'state.registry.link')}</a>`,
    ),
  ]
  const heads = [phrase(language, 'compare.what'), ...pair.map(({ state }) => stateName(state, language))]
  return html`<section><h2>${say(language, 'compare.table')}</h2>${table(say(language, 'compare.table'), heads, rows)}</section>`
}

/** Compares levels only through the AQRF, and only if the referencing of both states was endorsed. */
function levels([one, other]: readonly [StateProfile, StateProfile], { cite }: Citing, context: PageContext): Html {
  const { language } = context
  const found = levelsSideBySide(one.framework, other.framework)
  const title = html`<h2>${say(language, 'compare.levels')}</h2>`
  if (found === undefined) return html`<section>${title}<p>${say(language, 'compare.levels.none')}</p></section>`
  const cell = ({ framework }: StateProfile, at: readonly number[]): Cell =>
    at.length === 0
      ? say(language, 'issuer.not-known')
      : bulleted(
          at.map(
            (level) =>
              html`${say(language, 'levels.level', { framework: framework.id, level })}${framework.titles[level] === undefined ? '' : html`<br><span class="small dim">${foreign(framework.titles[level].join('; '), 'en')}</span>`}`,
          ),
          context,
        )
  const rows = found.rows.map((row): [Cell, ...Cell[]] => [
    say(language, 'levels.level', { framework: 'AQRF', level: row.aqrf }),
    cell(one, row.one),
    cell(other, row.other),
  ])
  const unknown = [
    ...found.unknown.one.map((level) => ({ framework: one.framework.id, level })),
    ...found.unknown.other.map((level) => ({ framework: other.framework.id, level })),
  ]
  const heads = ['AQRF', stateName(one.state, language), stateName(other.state, language)]
  const sources = [one, other].flatMap(({ framework }) => framework.table?.sources ?? [])
  const isConfirmed = [one, other].every(({ framework }) => framework.table?.confirmedBy !== undefined)
  return html`<section>${title}${table(say(language, 'compare.levels'), heads, rows)}
${unknown.map((each) => html`<p class="mt1">${say(language, 'compare.unknown', each)}</p>`)}
<p class="small mt1">${isConfirmed ? '' : say(language, 'levels.unconfirmed')}${cite({ sources: [...new Set(sources)] })}</p>
<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>`
}

/** Two states side by side, or the form that asks for them. */
export function compareStatesPage(values: CompareStatesValues, context: PageContext): string {
  const { pair, states, chosen = {}, fault } = values
  const { language } = context
  const citing = citations(context)
  const crumb = html`<p class="crumb"><a href="${local('/states', context)}">${icon('left')}${say(language, 'state.all')}</a></p>`
  if (pair === undefined) {
    const main = html`${crumb}<div class="head"><h1>${say(language, 'states.compare')}</h1><p class="lead">${say(language, 'states.compare.hint')}</p></div>
<div class="sheet"><section>${compareForm(states, chosen, context, fault)}</section></div>`
    const title = phrase(language, 'states.compare')
    const begun = fault === undefined ? title : `${phrase(language, 'home.error')}: ${title}`
    return page({ title: begun, main, current: 'states' }, context)
  }
  const [one, other] = pair
  const title = { one: stateName(one.state, language), other: stateName(other.state, language) }
  const main = html`${crumb}<div class="head"><h1>${say(language, 'compare.title', { one: stateLink(one, context), other: stateLink(other, context) })}</h1><p class="lead">${say(language, 'compare.lead')}</p></div>
${stateNotice(context)}
<div class="sheet">${systems(pair, citing, context)}
${levels(pair, citing, context)}
<section><h2>${say(language, 'compare.others')}</h2>${compareForm(states, { one: one.state, other: other.state }, context)}</section>
${citing.list()}</div>`
  return page({ title: phrase(language, 'compare.title', title), main, current: 'states' }, context)
}
