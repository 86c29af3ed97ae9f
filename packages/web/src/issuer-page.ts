import type { Scope } from '@sijil/qualifications'
import type { Assurance, ChainLink, IssuerStanding } from '@sijil/registry'
import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { type IconName, icon, tag } from './icons.ts'
import { type LogProofValues, logProof } from './log-proof.ts'
import { type Language, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { chainLink } from './result/chain.ts'
import { stateLink } from './state-names.ts'
import { table } from './table.ts'

export interface IssuerValues {
  issuer: {
    id: string
    did: string
    name: string
    localName?: { text: string; language: string }
    /** ISO 3166-1 alpha-2, or `ASEAN`. */
    state: string
    acronym?: string
    domain?: string
    /** Where to complain or ask for a correction: an office, never a person. */
    contact?: string
    successor?: { id: string; name: string }
  }
  /** A reading aid; the four answers inside a verdict are another matter. */
  answers: {
    real: 'yes' | 'no' | 'not-known'
    may: 'yes' | 'no'
    scope: 'in-part' | 'no'
    standing: 'yes' | 'no' | 'not-known'
  }
  standing: IssuerStanding
  /** Since when it is suspended or withdrawn. */
  since?: string
  /** What it rests on: a law, a licence. */
  basis: string
  /** Top first, as of that day. */
  chain: readonly ChainLink[]
  scope: readonly (Omit<Scope, 'qualifications'> & {
    /** Titles, or all of a framework, by its name. Absent: all of its qualifications. */
    qualifications?: readonly string[] | { framework: string }
    from: string
    until?: string
    pilot?: boolean
    /** What a reviewer found. Gaps are shown. */
    assurance?: Assurance
  })[]
  /** Newest first. */
  timeline: readonly (
    | { at: string; event: 'listed' | 'ends' }
    | { at: string; event: 'accredited' | 'amended' | 'suspended' | 'lifted' | 'withdrawn'; basis: string }
  )[]
  keys: readonly {
    kid: string
    purpose: 'certificates' | 'lists'
    state: 'in-use' | 'suspended' | 'retired' | 'compromised'
    from?: string
    until?: string
    publicKeyMultibase: string
  }[]
  /** What keeps it from issuing at the moment. Absent: nothing, or it could not be read just now. */
  interruptions?: { key?: { since: string }; paused: readonly { title: string; since: string }[] }
  /** What the public log has of it. */
  log: LogProofValues
  /** The day that was asked about. */
  asOf: string
}

const questions = ['real', 'may', 'scope', 'standing'] as const satisfies readonly (keyof IssuerValues['answers'])[]

// biome-ignore format: it reads as a table
const answerIcons = {
  yes:         { icon: 'check', className: 'c-ok' },
  no:          { icon: 'x',     className: 'c-no' },
  'in-part':   { icon: 'minus', className: 'c-am' },
  'not-known': { icon: 'q',     className: 'c-am' },
} as const satisfies Record<string, { icon: IconName; className: string }>

const textOrNone = (text: string | undefined, language: Language) => (text === undefined ? '–' : day(text, language))

/** Why the answer is what it is. */
function sentences({ answers, standing, since, basis, issuer }: IssuerValues, language: Language) {
  const date = textOrNone(since, language)
  const ofStanding = () => {
    if (standing === 'suspended' || standing === 'withdrawn')
      return say(language, `issuer.standing.${standing}`, { date })
    return say(language, answers.standing === 'yes' ? 'issuer.standing.yes' : 'issuer.standing.not-known')
  }
  return {
    real:
      answers.real === 'yes'
        ? say(language, 'issuer.real.yes', { basis: foreign(basis, 'en') })
        : say(language, `issuer.real.${answers.real}`),
    may: say(language, `issuer.may.${answers.may}`, { name: foreign(issuer.acronym ?? issuer.name, 'en') }),
    scope: say(language, `issuer.scope.${answers.scope}`),
    standing: ofStanding(),
  }
}

function fourAnswers(values: IssuerValues, { language }: PageContext): Html {
  const { answers, asOf } = values
  const why = sentences(values, language)
  const each = questions.map((question) => {
    const answer = answers[question]
    const { icon: name, className } = answerIcons[answer]
    return html`<div><dt>${say(language, `issuer.${question}`)}</dt><dd class="a ${className}">${icon(name)}${say(language, `issuer.${answer}`)}</dd><dd>${why[question]}</dd></div>`
  })
  return html`<section aria-labelledby="four"><h2 class="mb1" id="four">${say(language, 'issuer.four', { date: day(asOf, language) })}</h2><dl class="four">${each}</dl><p class="small dim mt1 mb2">${say(language, 'issuer.four.note')}</p></section>`
}

/** It says nothing about what was issued before, and says so. */
function interruptionsOf({ interruptions }: IssuerValues, { language }: PageContext): Html {
  if (interruptions === undefined) return html``
  const { key, paused } = interruptions
  const mark = tag('am', 'warn', say(language, 'issuer.interrupted'))
  const since = (moment: string) => ({ date: day(moment.slice(0, 10), language) })
  return html`${key === undefined ? '' : html`<p>${mark} ${say(language, 'issuer.interrupted.key', since(key.since))}</p>`}${paused.map((kind) => html`<p>${mark} ${say(language, 'issuer.interrupted.kind', { ...since(kind.since), qualification: foreign(kind.title, 'en') })}</p>`)}`
}

type ScopeRow = IssuerValues['scope'][number]

/** As fields or occupations limit it, by their codes. */
function fieldOf({ fields, occupations }: ScopeRow, language: Language): Html {
  if (fields?.length) return html`ISCED-F ${fields.join(', ')}`
  return occupations?.length ? html`ISCO-08 ${occupations.join(', ')}` : say(language, 'issuer.scope.anyField')
}

function qualificationsOf({ qualifications }: ScopeRow, language: Language): Html {
  if (qualifications === undefined) return say(language, 'issuer.scope.all')
  if ('framework' in qualifications)
    return say(language, 'issuer.scope.allOf', { framework: foreign(qualifications.framework, 'en') })
  const [only, ...more] = qualifications
  if (only !== undefined && more.length === 0) return foreign(only, 'en')
  return html`<ul class="bul">${qualifications.map((title) => html`<li>${foreign(title, 'en')}</li>`)}</ul>`
}

function scopeTable({ scope, issuer }: IssuerValues, { language }: PageContext): Html {
  const date = (text: string) => html`<span class="nw">${day(text, language)}</span>`
  const content =
    scope.length === 0
      ? html`<p>${say(language, 'issuer.scope.none')}</p>`
      : table(
          say(language, 'issuer.scope.of', { name: fullName(issuer) }),
          [
            say(language, 'facts.field'),
            say(language, 'issuer.qualifications'),
            say(language, 'issuer.levels'),
            say(language, 'issuer.from'),
            say(language, 'issuer.until'),
          ],
          scope.map((row) => [
            fieldOf(row, language),
            html`${qualificationsOf(row, language)}${row.pilot ? html` ${tag('am', 'warn', say(language, 'pilot.tag'))}` : ''}`,
            row.levels === undefined
              ? say(language, 'issuer.scope.anyLevel')
              : say(language, 'issuer.scope.levels', row.levels),
            date(row.from),
            row.until === undefined ? say(language, 'noEnd') : date(row.until),
          ]),
        )
  return html`<section id="scope"><h2>${say(language, 'issuer.scope.title')}</h2>${content}</section>`
}

/** Evidence of quality assurance, with its gaps; that there is none is said too. */
function assuranceOf({ scope }: IssuerValues, { language }: PageContext): Html {
  const reviews = scope.flatMap(({ assurance }) => (assurance === undefined ? [] : [assurance]))
  const each = reviews.map(
    ({ reviewer, reviewedOn, findings, gaps, checklist = [], nextReviewOn }) =>
      html`<p>${say(language, 'issuer.assurance.by', { reviewer: foreign(reviewer, 'en'), date: day(reviewedOn, language) })} ${foreign(findings, 'en')}</p>${gaps.length === 0 ? html`<p>${say(language, 'issuer.assurance.noGaps')}</p>` : html`<h3>${say(language, 'issuer.assurance.gaps')}</h3><ul class="bul">${gaps.map((gap) => html`<li>${foreign(gap, 'en')}</li>`)}</ul>`}${checklist.length === 0 ? '' : html`<h3>${say(language, 'issuer.assurance.checklist')}</h3><ul class="bul">${checklist.map(({ principle, met, note }) => html`<li><b>${say(language, `issuer.assurance.met.${met}`)}</b> ${foreign(principle, 'en')}${note === undefined ? '' : html` <span class="dim">${foreign(note, 'en')}</span>`}</li>`)}</ul>`}${nextReviewOn === undefined ? '' : html`<p class="dim small">${say(language, 'issuer.assurance.next', { date: day(nextReviewOn, language) })}</p>`}`,
  )
  return html`<section><h2>${say(language, 'issuer.assurance')}</h2>${each.length === 0 ? html`<p>${say(language, 'issuer.assurance.none')}</p>` : each}</section>`
}

// biome-ignore format: it reads as a table
const dots = {
  listed:     { tone: 'ok', icon: 'check' },
  accredited: { tone: 'ok', icon: 'check' },
  lifted:     { tone: 'ok', icon: 'check' },
  amended:    { tone: 'ok', icon: 'plus' },
  ends:       { tone: 'gy', icon: 'clock' },
  suspended:  { tone: 'am', icon: 'pause' },
  withdrawn:  { tone: 'no', icon: 'x' },
} as const satisfies Record<IssuerValues['timeline'][number]['event'], { tone: string; icon: IconName }>

function timeline({ timeline: entries }: IssuerValues, { language }: PageContext): Html {
  if (entries.length === 0) return html``
  return html`<section><h2>${say(language, 'issuer.timeline')}</h2><ol class="chain">${entries.map((entry) => html`<li><span class="dot ${dots[entry.event].tone}">${icon(dots[entry.event].icon)}</span><h3>${day(entry.at, language)}</h3><p>${'basis' in entry ? say(language, `event.${entry.event}`, { basis: foreign(entry.basis, 'en') }) : say(language, `event.${entry.event}`)}</p></li>`)}</ol></section>`
}

// biome-ignore format: it reads as a table
const keyTags = {
  'in-use':    { tone: 'ok', icon: 'check' },
  suspended:   { tone: 'am', icon: 'pause' },
  retired:     { tone: 'gy', icon: 'minus' },
  compromised: { tone: 'no', icon: 'x' },
} as const

function keyTable({ keys }: IssuerValues, { language }: PageContext): Html {
  if (keys.length === 0) return html``
  const rows = keys.map((key): [Html, ...Html[]] => [
    html`<span class="mono nw">${key.kid}</span>`,
    say(language, `issuer.key.${key.purpose}`),
    html`${tag(keyTags[key.state].tone, keyTags[key.state].icon, say(language, `issuer.key.${key.state}`))}${key.from === undefined ? '' : html`<br><span class="small">${key.until === undefined ? say(language, 'chain.since', { from: day(key.from, language) }) : say(language, 'chain.period', { from: day(key.from, language), until: day(key.until, language) })}</span>`}`,
    html`<span class="mono">${key.publicKeyMultibase}</span>`,
  ])
  const heads = [
    say(language, 'issuer.key'),
    say(language, 'issuer.key.use'),
    say(language, 'issuer.key.status'),
    say(language, 'issuer.key.value'),
  ]
  return html`<section><h2>${say(language, 'issuer.keys')}</h2><p class="dim small">${say(language, 'issuer.keys.text')}</p>${table(say(language, 'issuer.keys'), heads, rows)}</section>`
}

/** One body: may it issue what, since when, on whose word. `as-of` asks the same about another day. */
export function issuerPage(values: IssuerValues, context: PageContext): string {
  const { language } = context
  const { issuer, asOf, chain } = values
  const main = html`<p class="crumb"><a href="${local('/issuers', context)}">${icon('left')}${say(language, 'issuer.all')}</a></p>
<div class="head"><h1>${foreign(fullName(issuer), 'en')}</h1><p class="lead">${issuer.localName === undefined ? '' : html`${foreign(issuer.localName.text, issuer.localName.language)}<br>`}${stateLink(issuer.state, context)}</p>${issuer.successor === undefined ? '' : html`<p>${say(language, 'issuer.successor', { name: html`<a class="tlink" href="${local(`/issuers/${issuer.successor.id}`, context)}">${foreign(issuer.successor.name, 'en')}</a>` })}</p>`}${interruptionsOf(values, context)}</div>
<form class="sheet pad mb2" method="get" action="/issuers/${issuer.id}">${languageField(context)}<label for="as-of">${say(language, 'issuer.asOf')}</label><p class="hint" id="as-of-hint">${say(language, 'issuer.asOf.hint')}</p><div class="go w34"><input id="as-of" name="as-of" type="date" value="${asOf.slice(0, 10)}" aria-describedby="as-of-hint"><button type="submit" class="btn alt">${say(language, 'issuer.asOf.go')}</button></div></form>
${fourAnswers(values, context)}
<div class="cols"><div class="mainc sheet">
${scopeTable(values, context)}
<section><h2>${say(language, 'issuer.chain')}</h2>${chain.length === 0 ? html`<p>${say(language, 'chain.empty')}</p>` : html`<ol class="chain">${chain.map((link) => chainLink(link, context))}</ol>`}</section>
${assuranceOf(values, context)}
${timeline(values, context)}
${logProof(values.log, context)}
${keyTable(values, context)}
</div><div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.contact')}</h2><p>${issuer.domain === undefined ? say(language, 'issuer.contact.none') : say(language, 'issuer.contact.text', { domain: html`<bdi class="mono">${issuer.domain}</bdi>` })}</p>${issuer.contact === undefined ? '' : html`<p>${say(language, 'issuer.contact.office', { contact: html`<bdi>${issuer.contact}</bdi>` })}</p>`}<p class="small dim">${say(language, 'issuer.mandate', { mandate: foreign(values.basis, 'en') })}</p></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.machines')}</h2><ul><li><a class="tlink" href="/issuers/${issuer.id}/did.json">${icon('file')}${say(language, 'issuer.did')}</a></li></ul><p class="small"><bdi class="mono">${issuer.did}</bdi></p></section></div></div></div>`
  return page({ title: issuer.name, main, current: 'issuers', script: assetPaths.logProof }, context)
}
