import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { type Language, say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import { table } from '../table.ts'
import type { IssuerValues } from './values.ts'

// biome-ignore format: it reads as a table
const keyTags = {
  'in-use':    { tone: 'ok', icon: 'check' },
  suspended:   { tone: 'am', icon: 'pause' },
  retired:     { tone: 'gy', icon: 'minus' },
  compromised: { tone: 'no', icon: 'x' },
} as const

function chainOf({ kid, chain = [] }: IssuerValues['keys'][number], { language }: PageContext): Html {
  if (chain.length === 0) return html``
  const each = chain.map(
    ({ subject, until, fingerprint }) =>
      html`<li>${foreign(subject)}<br><span class="small">${say(language, 'chain.until', { until: day(until, language) })}</span><br><span class="mono small">${fingerprint}</span></li>`,
  )
  return html`<h3 class="mt2">${say(language, 'issuer.key.chain', { kid: html`<span class="mono">${kid}</span>` })}</h3><p class="dim small">${say(language, 'issuer.key.chain.text')}</p><ol class="num">${each}</ol>`
}

function windowOf({ from, until, state }: IssuerValues['keys'][number], language: Language): Html {
  if (from === undefined) return html``
  const begin = { from: day(from, language) }
  const words =
    until === undefined
      ? say(language, 'chain.since', begin)
      : say(language, state === 'compromised' ? 'issuer.key.compromisedFrom' : 'chain.period', {
          ...begin,
          until: day(until, language),
        })
  return html`<br><span class="small">${words}</span>`
}

export function keyTable({ keys }: IssuerValues, context: PageContext): Html {
  const { language } = context
  if (keys.length === 0) return html``
  const isCompromised = keys.some(({ state, purpose }) => state === 'compromised' && purpose === 'certificates')
  const rows = keys.map((key): [Html, ...Html[]] => [
    html`<span class="mono">${key.kid}</span>`,
    say(language, `issuer.key.${key.purpose}`),
    html`${tag(keyTags[key.state].tone, keyTags[key.state].icon, say(language, `issuer.key.${key.state}`))}${windowOf(key, language)}`,
    html`<span class="mono">${key.publicKeyMultibase}</span>`,
  ])
  const heads = [
    say(language, 'issuer.key'),
    say(language, 'issuer.key.use'),
    say(language, 'issuer.key.status'),
    say(language, 'issuer.key.value'),
  ]
  return html`<section><h2>${say(language, 'issuer.keys')}</h2><p class="dim small">${say(language, 'issuer.keys.text')}</p>${isCompromised ? html`<div class="call no mb1">${icon('warn')}<p>${say(language, 'issuer.keys.compromised')}</p></div>` : ''}${table(say(language, 'issuer.keys'), heads, rows)}${keys.map((key) => chainOf(key, context))}</section>`
}
