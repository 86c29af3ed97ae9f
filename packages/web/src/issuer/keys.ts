import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { tag } from '../icons.ts'
import { say } from '../messages/say.ts'
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

export function keyTable({ keys }: IssuerValues, context: PageContext): Html {
  const { language } = context
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
  return html`<section><h2>${say(language, 'issuer.keys')}</h2><p class="dim small">${say(language, 'issuer.keys.text')}</p>${table(say(language, 'issuer.keys'), heads, rows)}${keys.map((key) => chainOf(key, context))}</section>`
}
