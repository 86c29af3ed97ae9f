import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { tag } from '../icons.ts'
import { type DeskKey, isMessage, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { localNamesOf } from '../names.ts'
import { stateName, stateWords } from '../state-names.ts'
import { nameWords } from './change-words.ts'
import { descriptionRows } from './description-rows.ts'
import { frameworkRows, placementRows } from './framework-rows.ts'
import { ownRows } from './own-rows.ts'
import { recognitionRows } from './recognition-rows.ts'
import { complianceRows, trackRows } from './track-rows.ts'
import type { Named, ShownChange, ShownGrant, ShownTerms } from './values.ts'
import { versionRows } from './version-rows.ts'

export type Row = readonly [label: Html, value: Html]

export const summary = (rows: readonly Row[]): Html =>
  html`<dl class="sum">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`

const named = (one: Named, language: Language): Html =>
  html`${nameWords(one, language)} <span class="dim small"><code>${one.id}</code></span>`
const listed = (texts: readonly string[]): Html =>
  html`<ul class="bul">${texts.map((text) => html`<li>${foreign(text, 'en')}</li>`)}</ul>`

function qualificationsOf({ qualifications }: ShownTerms, language: Language): Html {
  if (qualifications === undefined) return say(language, 'desk.fact.places.any')
  if ('framework' in qualifications)
    return say(language, 'desk.accredit.framework', { framework: foreign(qualifications.framework, 'en') })
  return qualifications.length === 0 ? say(language, 'desk.fact.qualifications.none') : listed(qualifications)
}

function reviewOf({ assurance }: ShownTerms, language: Language): Html {
  if (assurance === undefined) return say(language, 'desk.fact.none')
  const { reviewer, reviewedOn, findings, gaps, checklist = [] } = assurance
  const words = say(language, 'desk.fact.review.by', {
    reviewer: foreign(reviewer, 'en'),
    date: day(reviewedOn, language),
    findings: foreign(findings, 'en'),
  })
  const found =
    gaps.length === 0 ? '' : html` ${say(language, 'desk.fact.review.gaps', { gaps: foreign(gaps.join('; '), 'en') })}`
  const points = checklist.map(({ principle, met }) => `${principle} (${met})`).join('; ')
  const answered =
    points === '' ? '' : html` ${say(language, 'desk.fact.review.checklist', { points: foreign(points, 'en') })}`
  return html`${words}${found}${answered}`
}

// biome-ignore format: it reads as a table
/** Words for each term. A term without a limit says so, because an officer could read silence as "nothing". */
const termFacts = {
  qualifications: (terms, language) => qualificationsOf(terms, language),
  levels:         ({ levels }, language) => levels === undefined ? say(language, 'desk.fact.places.any') : say(language, 'desk.levels', levels),
  fields:         ({ fields }, language) => codes(fields, language),
  occupations:    ({ occupations }, language) => codes(occupations, language),
  places:         ({ places }, language) => places === undefined ? say(language, 'desk.fact.places.any') : html`${places.length === 0 ? say(language, 'desk.fact.none') : places.map((place) => stateName(place, language)).join(', ')}`,
  sites:          ({ sites }, language) => codes(sites, language),
  units:          ({ units }, language) => units === undefined ? say(language, 'desk.fact.places.any') : codes(units.flatMap(({ qualification, codes: own }) => own.map((code) => `${qualification}: ${code}`)), language),
  until:          ({ until }, language) => until === undefined ? say(language, 'desk.noEnd') : html`${moment(until, language)}`,
  pilot:          ({ pilot }, language) => say(language, pilot ? 'desk.fact.pilot.yes' : 'desk.no'),
  power:          ({ mayChangeStatus }, language) => say(language, mayChangeStatus ? 'desk.fact.power.yes' : 'desk.no'),
  review:         (terms, language) => reviewOf(terms, language),
} as const satisfies Record<string, (terms: ShownTerms, language: Language) => Html>
type TermFact = keyof typeof termFacts

const codes = (given: readonly string[] | undefined, language: Language): Html =>
  given === undefined
    ? say(language, 'desk.fact.places.any')
    : given.length === 0
      ? say(language, 'desk.fact.none')
      : html`<code>${given.join(', ')}</code>`

/** One row for each term. A term that changes also shows its old value. */
function termRows(terms: ShownTerms, language: Language, before?: ShownTerms): Row[] {
  return (Object.keys(termFacts) as TermFact[]).map((fact) => {
    const value = termFacts[fact](terms, language)
    const old = before && termFacts[fact](before, language)
    const isOther = old !== undefined && String(old) !== String(value)
    return [
      say(language, `desk.fact.${fact}`),
      isOther ? html`${value}<div class="dim">${say(language, 'desk.fact.before', { value: old })}</div>` : value,
    ]
  })
}

export const grantRows = ({ id, right, from, terms, also = [] }: ShownGrant, language: Language): Row[] => [
  [say(language, 'desk.fact.grant'), html`<code>${id}</code>`],
  [say(language, 'desk.fact.right'), say(language, `desk.right.${right}`)],
  [say(language, 'desk.fact.began'), html`${moment(from, language)}`],
  ...[...also, terms].flatMap((each) => termRows(each, language)),
]

const isReasonClass = (key: string): key is Extract<DeskKey, `desk.class.${string}`> =>
  isMessage(key) && key.startsWith('desk.class.')

/** A reason class in the reader's language. */
function reasonWords(reason: string, language: Language): Html {
  const key = `desk.class.${reason}`
  return isReasonClass(key) ? say(language, key) : foreign(reason)
}

/** Everything that a proposal says, one row for each fact. */
export function changeRows(change: ShownChange, language: Language): Row[] {
  const { about, right, grant, terms, jointly, onBehalfOf, basis, effectiveAt, certificate, successor, key, member } =
    change
  const rows: (Row | false | undefined)[] = [
    [say(language, 'desk.fact.about'), named(about, language)],
    ...resembledRows(change, language),
    effectiveAt !== undefined && [say(language, 'desk.fact.from'), html`${moment(effectiveAt, language)}`],
    basis !== undefined && [say(language, 'desk.fact.basis'), foreign(basis)],
    right !== undefined && [say(language, 'desk.fact.right'), say(language, `desk.right.${right}`)],
    jointly && [say(language, 'desk.fact.jointly'), named(jointly, language)],
    onBehalfOf && [say(language, 'desk.fact.onBehalfOf'), named(onBehalfOf, language)],
    ...(terms === undefined ? [] : termRows(terms, language, grant?.terms)),
    ...(terms === undefined && grant !== undefined ? grantRows(grant, language) : []),
    ...(certificate === undefined ? [] : certificateRows(certificate, language)),
    ...(change.identity === undefined ? [] : identityRows(change.identity, language)),
    ...domainRows(change, language),
    ...externalSignerRows(change, language),
    ...listRows(change, language),
    ...contactRows(change, language),
    successor && [say(language, 'desk.fact.successor'), named(successor, language)],
    ...(key === undefined ? [] : keyRows(key, language)),
    change.brake !== undefined && [say(language, 'desk.fact.brake'), html`${change.brake}`],
    ...ownRows(change, language),
    ...(change.framework === undefined ? [] : frameworkRows(change.framework, language)),
    ...(change.recognition === undefined ? [] : recognitionRows(change.recognition, language)),
    ...(change.placement === undefined ? [] : placementRows(change.placement, language)),
    ...(change.description === undefined ? [] : descriptionRows(change.description, language)),
    ...(change.joint === undefined ? [] : versionRows(change.joint, language)),
    ...(change.track === undefined ? [] : trackRows(change.track, language)),
    ...(change.compliance === undefined ? [] : complianceRows(change.compliance, language)),
    change.catalogue && [
      say(language, 'desk.statement.qualification'),
      html`${foreign(change.catalogue.title, 'en')} <span class="dim small"><code>${change.catalogue.id}</code></span>`,
    ],
    member && [say(language, 'desk.fact.member'), html`<code>${member.subject}</code>`],
    member && [say(language, 'desk.fact.roles'), rolesOf(member, language)],
  ]
  return rows.filter((row): row is Row => row !== false && row !== undefined)
}

/** The roles that a member then has, or loses, and those of before if they differ. */
function rolesOf({ roles, before }: NonNullable<ShownChange['member']>, language: Language): Html {
  const list = html`<ul class="bul">${roles.map((role) => html`<li>${say(language, `desk.memberRole.${role}`)}</li>`)}</ul>`
  if (before === undefined) return list
  const value =
    before.length === 0
      ? say(language, 'desk.fact.none')
      : html`${before.map((role, at) => html`${at === 0 ? '' : ' · '}${say(language, `desk.memberRole.${role}`)}`)}`
  return html`${list}<div class="dim">${say(language, 'desk.fact.before', { value })}</div>`
}

const certificateRows = ({ id, reason }: NonNullable<ShownChange['certificate']>, language: Language): Row[] => [
  [say(language, 'desk.fact.certificate'), html`<code>${id}</code>`],
  ...(reason === undefined ? [] : [[say(language, 'desk.fact.reason'), reasonWords(reason, language)] as const]),
]

function identityRows(identity: NonNullable<ShownChange['identity']>, language: Language): Row[] {
  const { acronym, website, mandate, contact, legalReference, demonstration } = identity
  const rows: (Row | undefined | false)[] = [
    ...localNamesOf(identity).map(
      (name) => [say(language, 'desk.fact.localName'), foreign(name.text, name.language)] as const,
    ),
    acronym !== undefined && [say(language, 'desk.fact.acronym'), foreign(acronym)],
    [say(language, 'desk.fact.state'), stateWords(identity, language)],
    [say(language, 'desk.fact.website'), foreign(website)],
    [say(language, 'desk.fact.mandate'), foreign(mandate, 'en')],
    contact !== undefined && [say(language, 'desk.fact.contact'), foreign(contact)],
    legalReference !== undefined && [say(language, 'desk.fact.legalReference'), foreign(legalReference)],
    demonstration && [say(language, 'desk.fact.demonstration'), say(language, 'desk.fact.demonstration.yes')],
  ]
  return rows.filter((row): row is Row => row !== false && row !== undefined)
}

function contactRows({ contact }: ShownChange, language: Language): Row[] {
  if (contact === undefined) return []
  const words = (text: string | undefined) => (text === undefined ? say(language, 'desk.fact.none') : foreign(text))
  // Once it is carried out, the record has the new contact, and no longer the one of before.
  const isOther = contact.before !== contact.text
  const before = html`<div class="dim">${say(language, 'desk.fact.before', { value: words(contact.before) })}</div>`
  return [[say(language, 'desk.fact.contact'), html`${words(contact.text)}${isOther ? before : ''}`]]
}

function domainRows({ domain }: ShownChange, language: Language): Row[] {
  if (domain === undefined) return []
  const shown =
    domain === 'stated'
      ? say(language, 'desk.fact.domain.stated')
      : say(language, 'desk.fact.domain.shown', {
          domain: html`<code>${domain.domain}</code>`,
          date: day(domain.readOn, language),
          hash: html`<code>${domain.sha256}</code>`,
        })
  return [[say(language, 'desk.fact.domain'), shown]]
}

function resembledRows({ resembles, succeeds }: ShownChange, language: Language): Row[] {
  const rows: Row[] = []
  if (succeeds !== undefined) rows.push([say(language, 'desk.fact.succeeds'), named(succeeds, language)])
  if (resembles !== undefined) {
    const each = resembles.map(
      ({ registry, alike, ...one }) =>
        html`<li>${named(one, language)}${alike === undefined ? '' : html`, ${say(language, 'desk.fact.resembles.as', { name: html`<b>${foreign(alike)}</b>` })}`}${registry === undefined ? '' : html`, ${say(language, 'desk.fact.resembles.list', { registry: html`<code>${registry}</code>` })}`}</li>`,
    )
    rows.push([tag('am', 'warn', say(language, 'desk.fact.resembles')), html`<ul class="bul">${each}</ul>`])
  }
  return rows
}

function keyRows(
  { kid, purpose, algorithm, compromisedFrom, publicKeyMultibase, keyRef }: NonNullable<ShownChange['key']>,
  language: Language,
): Row[] {
  const rows: (Row | false)[] = [
    kid !== undefined && [say(language, 'desk.fact.key'), html`<code>${kid}</code>`],
    (purpose === 'certificates' || purpose === 'lists' || purpose === 'decisions') && [
      say(language, 'desk.fact.purpose'),
      say(language, `desk.purpose.${purpose}`),
    ],
    keyRef !== undefined && [say(language, 'desk.fact.keyRef'), html`<code>${keyRef}</code>`],
    publicKeyMultibase !== undefined && [
      say(language, 'desk.fact.publicKey'),
      html`<code>${publicKeyMultibase}</code>`,
    ],
    algorithm !== undefined && [say(language, 'desk.fact.algorithm'), html`<code>${algorithm}</code>`],
    compromisedFrom !== undefined && [say(language, 'desk.fact.moment'), html`${moment(compromisedFrom, language)}`],
  ]
  return rows.filter((row): row is Row => row !== false)
}

function externalSignerRows({ elsewhere, chain }: ShownChange, language: Language): Row[] {
  const rows: Row[] = []
  if (elsewhere !== undefined) rows.push([say(language, 'desk.fact.did'), html`<code>${elsewhere.did}</code>`])
  for (const key of elsewhere?.keys ?? []) rows.push(...keyRows(key, language))
  if (chain !== undefined) {
    const each = chain.map((fingerprint) => html`<li><code>${fingerprint}</code></li>`)
    rows.push([say(language, 'desk.fact.chain'), html`<ol class="num">${each}</ol>`])
  }
  return rows
}

function listRows({ list }: ShownChange, language: Language): Row[] {
  if (list === undefined) return []
  const { registry, keys, states } = list
  const named: Row = [say(language, 'desk.fact.registry'), html`<code>${registry}</code>`]
  if (keys === undefined) return [named]
  return [
    named,
    [
      say(language, 'desk.fact.speaksFor'),
      states === undefined
        ? say(language, 'desk.fact.endorses')
        : html`${states.map((state) => stateName(state, language)).join(', ')}`,
    ],
    [
      say(language, 'desk.fact.listKeys'),
      html`<ul class="bul">${keys.map((key) => html`<li><code>${key}</code></li>`)}</ul>`,
    ],
  ]
}
