import type { ChainLink } from '@sijil/registry'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { type IconName, icon, tag } from './icons.ts'
import { say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { chainLink } from './result/chain.ts'
import { table } from './table.ts'

export interface IssuerValues {
  issuer: {
    id: string
    did: string
    name: string
    localName?: { text: string; language: string }
    /** The name of its state. */
    state?: string
    acronym?: string
    domain?: string
  }
  /** A reading aid; the four answers inside a verdict are another matter. */
  answers: Record<IssuerQuestion, { answer: 'yes' | 'no' | 'in-part' | 'not-known'; sentence: string }>
  /** Top first, as of that day. */
  chain: readonly ChainLink[]
  scope: readonly { field: string; qualifications: string; levels: string; from?: string; until?: string }[]
  /** Newest first. */
  timeline: readonly { at: string; sentence: string; tone: 'ok' | 'no' | 'am' | 'gy' }[]
  keys: readonly {
    kid: string
    purpose: 'certificates' | 'lists'
    state: 'in-use' | 'retired' | 'compromised'
    from?: string
    until?: string
    publicKeyMultibase: string
  }[]
  /** The day that was asked about. */
  asOf: string
}
export type IssuerQuestion = 'real' | 'may' | 'scope' | 'standing'

const questions = ['real', 'may', 'scope', 'standing'] as const satisfies readonly IssuerQuestion[]

// biome-ignore format: it reads as a table
const answerIcons = {
  yes:         { icon: 'check', className: 'c-ok' },
  no:          { icon: 'x',     className: 'c-no' },
  'in-part':   { icon: 'minus', className: 'c-am' },
  'not-known': { icon: 'q',     className: 'c-am' },
} as const satisfies Record<string, { icon: IconName; className: string }>

function fourAnswers({ answers, asOf }: IssuerValues, { language }: PageContext): Html {
  const each = questions.map((question) => {
    const { answer, sentence } = answers[question]
    const { icon: name, className } = answerIcons[answer]
    return html`<div><dt>${say(language, `issuer.${question}`)}</dt><dd class="a ${className}">${icon(name)}${say(language, `issuer.${answer}`)}</dd><dd>${foreign(sentence)}</dd></div>`
  })
  return html`<section aria-labelledby="four"><h2 class="mb1" id="four">${say(language, 'issuer.four', { date: day(asOf, language) })}</h2><dl class="four">${each}</dl><p class="small dim mt1 mb2">${say(language, 'issuer.four.note')}</p></section>`
}

function scopeTable({ scope, issuer }: IssuerValues, { language }: PageContext): Html {
  const date = (text: string | undefined) =>
    text === undefined ? say(language, 'noEnd') : html`<span class="nw">${day(text, language)}</span>`
  const start = (text: string | undefined) =>
    text === undefined ? '–' : html`<span class="nw">${day(text, language)}</span>`
  const content =
    scope.length === 0
      ? html`<p>${say(language, 'issuer.scope.none')}</p>`
      : table(
          say(language, 'issuer.scope.of', { name: issuer.acronym ?? issuer.name }),
          [
            say(language, 'facts.field'),
            say(language, 'issuer.qualifications'),
            say(language, 'issuer.levels'),
            say(language, 'issuer.from'),
            say(language, 'issuer.until'),
          ],
          scope.map((row) => [
            foreign(row.field),
            foreign(row.qualifications),
            foreign(row.levels),
            start(row.from),
            date(row.until),
          ]),
        )
  return html`<section id="scope"><h2>${say(language, 'issuer.scope.title')}</h2>${content}</section>`
}

const dotIcons = { ok: 'check', no: 'x', am: 'pause', gy: 'clock' } as const

function timeline({ timeline: entries }: IssuerValues, { language }: PageContext): Html {
  if (entries.length === 0) return html``
  return html`<section><h2>${say(language, 'issuer.timeline')}</h2><ol class="chain">${entries.map((entry) => html`<li><span class="dot ${entry.tone}">${icon(dotIcons[entry.tone])}</span><h3>${day(entry.at, language)}</h3><p>${foreign(entry.sentence)}</p></li>`)}</ol></section>`
}

// biome-ignore format: it reads as a table
const keyTags = {
  'in-use':    { tone: 'ok', icon: 'check' },
  retired:     { tone: 'gy', icon: 'minus' },
  compromised: { tone: 'no', icon: 'x' },
} as const

function keyTable({ keys }: IssuerValues, { language }: PageContext): Html {
  if (keys.length === 0) return html``
  const rows = keys.map((key): [Html, ...Html[]] => [
    html`<span class="mono">${key.kid}</span>`,
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
  const where = [issuer.acronym, issuer.state].filter((part) => part !== undefined)
  const main = html`<p class="crumb"><a href="${local('/issuers', context)}">${icon('left')}${say(language, 'issuer.all')}</a></p>
<div class="head"><h1>${foreign(issuer.name)}</h1><p class="lead">${where.map((part, index) => html`${index === 0 ? '' : ', '}${foreign(part)}`)}${issuer.localName === undefined ? '' : html`${where.length > 0 ? '. ' : ''}${foreign(issuer.localName.text, issuer.localName.language)}`}</p></div>
<form class="sheet pad mb2" method="get" action="/issuers/${issuer.id}">${languageField(context)}<label for="as-of">${say(language, 'issuer.asOf')}</label><p class="hint" id="as-of-hint">${say(language, 'issuer.asOf.hint')}</p><div class="go w34"><input id="as-of" name="as-of" type="date" value="${asOf.slice(0, 10)}" aria-describedby="as-of-hint"><button type="submit" class="btn alt">${say(language, 'issuer.asOf.go')}</button></div></form>
${fourAnswers(values, context)}
<div class="cols"><div class="mainc sheet">
${scopeTable(values, context)}
<section><h2>${say(language, 'issuer.chain')}</h2>${chain.length === 0 ? html`<p>${say(language, 'chain.empty')}</p>` : html`<ol class="chain">${chain.map((link) => chainLink(link, context))}</ol>`}</section>
${timeline(values, context)}
${keyTable(values, context)}
</div><div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.contact')}</h2><p>${issuer.domain === undefined ? say(language, 'issuer.contact.none') : say(language, 'issuer.contact.text', { domain: html`<bdi class="mono">${issuer.domain}</bdi>` })}</p></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.machines')}</h2><ul><li><a class="tlink" href="/issuers/${issuer.id}/did.json">${icon('file')}${say(language, 'issuer.did')}</a></li></ul><p class="small"><bdi class="mono">${issuer.did}</bdi></p></section></div></div></div>`
  return page({ title: issuer.name, main, current: 'issuers' }, context)
}
