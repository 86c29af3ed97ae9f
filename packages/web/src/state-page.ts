import { type Certifier, practiceParts, type StateProfile } from '@sijil/qualifications'
import { html } from 'hono/html'
import { citations } from './citations.ts'
import { day, dayOrLess } from './dates.ts'
import { describedLine } from './described-line.ts'
import { levelTable } from './framework-page.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { type MessageKey, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { local, type PageContext, page } from './page.ts'
import {
  assuranceOf,
  bulleted,
  frameworkLink,
  languagesOf,
  levelRange,
  notStated,
  regulatorsOf,
  standardsOf,
  termOf,
} from './state-facts.ts'
import { stateName } from './state-names.ts'
import { compareForm, levelsText, referencingText, stateNotice } from './states-page.ts'
import { type Cell, table } from './table.ts'

/** `not-known`: the registry is too large to look through for one question. */
type Listed = 'yes' | 'no' | 'not-known'

export interface StateValues {
  profile: StateProfile
  /** Whether this registry listed an authority or a body of the state at `asOf`. */
  registry: { authorities: Listed; bodies: Listed; asOf: string }
  /** The states that it can be compared with. */
  states: readonly string[]
}

type Citing = ReturnType<typeof citations>

const row = (key: Html, value: Html): Html => html`<div><dt>${key}</dt><dd>${value}</dd></div>`

const roleName = {
  'skills-certifier': 'role.skills-certifier',
  'nqf-authority': 'role.nqf-authority',
  'tvet-awarding': 'role.tvet-awarding',
  'trade-certifier': 'role.trade-certifier',
  regulator: 'role.regulator',
  'professional-regulator': 'role.professional-regulator',
} as const satisfies Record<Exclude<Certifier['role'], 'regional-register'>, MessageKey>
const roles = Object.keys(roleName) as (keyof typeof roleName)[]

function registrySection({ profile, registry }: StateValues, context: PageContext): Html {
  const { language } = context
  const { authorities, bodies, asOf } = registry
  return html`<section><h2>${say(language, 'state.registry')}</h2><p>${say(language, 'state.registry.asOf', { date: day(asOf, language) })} ${say(language, `state.registry.authorities.${authorities}`)} ${say(language, `state.registry.bodies.${bodies}`)}</p><p><a class="tlink" href="${local(`/issuers?c=${profile.state}`, context)}">${say(language, 'state.registry.link')}</a></p><p><a class="tlink" href="${local(`/qualifications?state=${profile.state}`, context)}">${say(language, 'catalogue.see.state')}</a></p></section>`
}

function frameworkSection(profile: StateProfile, { cite }: Citing, context: PageContext): Html {
  const { language } = context
  const { framework } = profile
  const { referencing, localName, law, authority, table: rows, titlesWithoutLevel, note } = framework
  return html`<section><h2>${say(language, 'states.framework')}</h2><dl class="sum">${row(say(language, 'states.framework'), html`${frameworkLink(profile, context)}${localName === undefined ? '' : html`<br>${foreign(localName.text, localName.language)}`}<br>${levelsText(framework, language)}${cite(framework)}`)}
${row(say(language, 'state.framework.law'), law === undefined ? notStated(context) : html`${foreign(law, 'en')}${cite(framework)}`)}
${row(say(language, 'state.framework.authority'), html`${foreign(authority, 'en')}${cite(framework)}`)}
${row(say(language, 'referencing.title'), html`${referencingText(framework, language)}${cite(referencing)}<br><span class="small">${foreign(referencing.report, 'en')}.</span>`)}
${titlesWithoutLevel === undefined ? '' : row(say(language, 'state.titlesWithoutLevel'), foreign(titlesWithoutLevel.join('; '), 'en'))}
${note === undefined ? '' : row(say(language, 'body.note'), foreign(note, 'en'))}</dl>
<h3>${say(language, 'framework.levels')}${cite({ sources: framework.sources, confidence: framework.titlesConfidence })}</h3>${levelTable(framework, context)}
${rows === undefined ? '' : html`<p class="small mt1">${rows.confirmedBy === undefined ? say(language, 'levels.unconfirmed') : ''}${cite({ sources: rows.sources })}</p>`}</section>`
}

function body(certifier: Certifier, { cite }: Citing, context: PageContext): Html {
  const { language } = context
  const { localName, domain, mandate, practice, contact, register, note } = certifier
  // Called where its result stands, so that the numbers of sources rise down the page.
  const reach = () => {
    if (domain === undefined && contact === undefined) return notStated(context)
    const site =
      domain === undefined ? '' : say(language, 'body.site', { domain: html`<bdi class="mono">${domain}</bdi>` })
    return html`${site}${contact === undefined ? '' : html`<br>${foreign(contact.office, 'en')}${cite(contact)}`}`
  }
  return html`<li><div class="flow-s"><h4>${foreign(fullName(certifier), 'en')}${cite(certifier)}</h4>${localName === undefined ? '' : html`<p>${foreign(localName.text, localName.language)}</p>`}<dl class="sum">
${row(say(language, 'body.mandate'), mandate === undefined ? notStated(context) : html`${foreign(mandate.text, 'en')}${cite(mandate)}`)}
${mandate === undefined ? '' : row(say(language, 'body.law'), mandate.law === undefined ? notStated(context) : foreign(mandate.law, 'en'))}
${mandate?.dated === undefined ? '' : row(say(language, 'body.dated'), html`${dayOrLess(mandate.dated, language)}`)}
${practice === undefined ? '' : html`${practiceParts.map((part) => row(say(language, `body.practice.${part}`), html`${foreign(practice[part], 'en')}${cite(practice)}`))}`}
${row(say(language, 'body.contact'), reach())}
${register === undefined ? '' : row(say(language, 'body.register'), html`${foreign(register, 'en')}${cite(certifier)}`)}
${note === undefined ? '' : row(say(language, 'body.note'), html`${foreign(note, 'en')}${cite(certifier)}`)}</dl>${describedLine(certifier, context)}</div></li>`
}

/** Groups the bodies by role. Those that certify skills come first. */
function bodiesSection({ bodies }: StateProfile, citing: Citing, context: PageContext): Html {
  const groups = roles
    .map((role) => ({ role, members: bodies.filter((each) => each.role === role) }))
    .filter(({ members }) => members.length > 0)
  return html`<section><h2>${say(context.language, 'state.bodies')}</h2>${groups.map(({ role, members }) => html`<h3 class="role">${say(context.language, roleName[role])}</h3><ul class="rows bodies">${members.map((member) => body(member, citing, context))}</ul>`)}</section>`
}

function certificatesSection({ bodies, framework }: StateProfile, { cite }: Citing, context: PageContext): Html {
  const { language } = context
  const rows = bodies.flatMap(({ awards, name, acronym, ...rest }) =>
    awards.map((award): [Cell, ...Cell[]] => [
      html`${foreign(award.title, 'en')}${cite(rest)}`,
      foreign(acronym ?? name, 'en'),
      award.levels === undefined
        ? notStated(context)
        : say(language, 'levels.level', { framework: framework.id, level: levelRange(award.levels) ?? '–' }),
      termOf(award, context),
    ]),
  )
  const heads = [
    say(language, 'state.certificate'),
    say(language, 'qualification.issuer'),
    say(language, 'state.levels'),
    say(language, 'state.validity'),
  ]
  return html`<section><h2>${say(language, 'state.certificates')}</h2>${rows.length === 0 ? notStated(context) : table(say(language, 'state.certificates'), heads, rows)}</section>`
}

function professionsSection({ professions }: StateProfile, citing: Citing, context: PageContext): Html {
  const { language } = context
  const rows = professions.map((profession): [Cell, ...Cell[]] => {
    const { id, name, signed, title, register } = profession.arrangement
    return [
      say(language, `profession.${id}`),
      regulatorsOf(profession, citing, context),
      html`${foreign(name, 'en')} <span class="small dim">${say(language, 'state.signed', { date: dayOrLess(signed.on, language) })}</span>${citing.cite(signed)}`,
      title === undefined
        ? html`–`
        : html`${foreign(title, 'en')}${register === undefined ? '' : html`<br><span class="small dim">${say(language, 'state.registered', { register: foreign(register, 'en') })}</span>`}`,
    ]
  })
  const heads = [
    say(language, 'state.profession'),
    say(language, 'state.regulator'),
    say(language, 'state.arrangement'),
    say(language, 'state.title'),
  ]
  return html`<section><h2>${say(language, 'state.professions')}</h2>${table(say(language, 'state.professions'), heads, rows)}<div class="call am mt2">${icon('warn')}<p><b>${say(language, 'mra.title')}</b> ${say(language, 'mra.text')}</p></div></section>`
}

/** One state: who certifies, which certificates exist, at which levels, and the sources. */
export function statePage(values: StateValues, context: PageContext): string {
  const { language } = context
  const { profile, states } = values
  const citing = citations(context)
  const feed = `/changes.atom?state=${profile.state}`
  const name = stateName(profile.state, language)
  const qualifications = profile.qualifications.map(
    ({ id, title }) =>
      html`<a class="tlink" href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a>`,
  )
  const main = html`<p class="crumb"><a href="${local('/states', context)}">${icon('left')}${say(language, 'state.all')}</a></p>
<div class="head"><h1>${name}</h1><p class="lead">${say(language, 'states.lead')}</p></div>
${stateNotice(context)}
<div class="sheet">${registrySection(values, context)}
${frameworkSection(profile, citing, context)}
${bodiesSection(profile, citing, context)}
${certificatesSection(profile, citing, context)}
<section><h2>${say(language, 'state.standards')}</h2>${standardsOf(profile, citing, context)}${describedLine(profile, context)}</section>
<section><h2>${say(language, 'state.assurance')}</h2>${assuranceOf(profile, citing, context)}${describedLine(profile, context)}</section>
<section><h2>${say(language, 'state.languages')}</h2><p>${languagesOf(profile, citing, context)}</p>${describedLine(profile, context)}</section>
${professionsSection(profile, citing, context)}
<section><h2>${say(language, 'state.qualifications')}</h2>${bulleted(qualifications, context)}</section>
<section><h2>${say(language, 'changes.title')}</h2><p><a class="tlink" href="${local(`/changes?state=${profile.state}`, context)}">${say(language, 'changes.see')}</a> · <a class="tlink" href="${feed}" type="application/atom+xml">${say(language, 'changes.follow')}</a></p></section>
<section><h2>${say(language, 'states.compare')}</h2>${compareForm(states, { one: profile.state }, context)}</section>
${citing.list()}</div>`
  return page({ title: stateName(profile.state, language), main, current: 'states', feed }, context)
}
