import type { Endpoint, ListedDelivery } from '@sijil/registry/webhooks'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { summary } from './change-facts.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'
import { dayField, endForm, entryRow, proposalLink, recordPage } from './own-records-pages.ts'
import type { WebhooksValues } from './own-records-values.ts'
import { endpointRows, kindWords } from './own-rows.ts'
import { marked } from './problem-words.ts'

const endpointWords = (endpoint: Endpoint | undefined, { language }: DeskContext): Html =>
  endpoint === undefined
    ? html`<h3>${say(language, 'desk.webhooks.none')}</h3>`
    : summary(endpointRows(endpoint, language))

const states = {
  waiting: ['am', 'clock'],
  delivered: ['ok', 'check'],
  failed: ['no', 'x'],
} as const

function replayForm(body: string, id: string, words: Html, context: DeskContext): Html {
  const path = pathHere(context, body, 'webhooks', id, 'replay')
  return deskForm(path, html`<p><button type="submit" class="btn alt">${words}</button></p>`, context)
}

function deliveryRow(delivery: ListedDelivery, { body, mayPropose, endpoint }: WebhooksValues, context: DeskContext) {
  const { language } = context
  const { id, kind, at, state, attempts, last, due } = delivery
  const [tone, name] = states[state]
  const answer = last === undefined ? '' : html` · ${say(language, `desk.webhooks.answer.${last.answer}`)}`
  const next = due === undefined ? '' : html` · ${say(language, 'desk.webhooks.due', { date: moment(due, language) })}`
  const again =
    mayPropose && endpoint !== undefined && state !== 'waiting'
      ? replayForm(body.id, id, say(language, 'desk.webhooks.replay'), context)
      : ''
  return html`<li><div class="rl"><div><h3>${kindWords(kind, language)}</h3><p class="dim small">${moment(at, language)}<br><code>${id}</code><br>${say(language, 'desk.webhooks.attempts', { count: attempts })}${answer}${next}</p>${again}</div>${tag(tone, name, say(language, `desk.webhooks.state.${state}`))}</div></li>`
}

function logSection(values: WebhooksValues, context: DeskContext): Html {
  const { language } = context
  const { body, deliveries, pausedAt, mayPropose, isAsked = false } = values
  const mayReplay = mayPropose && (pausedAt !== undefined || deliveries.some(({ state }) => state === 'failed'))
  const asked = isAsked
    ? html`<div class="call ok mb2" role="status">${icon('check')}<p>${say(language, 'desk.webhooks.asked')}</p></div>`
    : ''
  const all = mayReplay ? replayForm(body.id, 'failed', say(language, 'desk.webhooks.replay.failed'), context) : ''
  const rows =
    deliveries.length === 0
      ? html`<p>${say(language, 'desk.webhooks.log.none')}</p>`
      : html`<p class="dim small">${say(language, 'desk.webhooks.log.last', { count: deliveries.length })}</p><ul class="rows">${deliveries.map((each) => deliveryRow(each, values, context))}</ul>`
  return html`<section><h2>${say(language, 'desk.webhooks.log')}</h2>${asked}${all}${rows}</section>`
}

function secretSection({ body, made, secretMadeAt, mayPropose }: WebhooksValues, context: DeskContext): Html {
  const { language } = context
  const shown =
    made === undefined
      ? ''
      : html`<div class="call am mb2" role="status">${icon('lock')}<div><h3>${say(language, 'desk.webhooks.secret.shown')}</h3><p><code data-secret>${made.secret}</code></p><p class="small">${say(language, 'desk.webhooks.secret.alone', { date: moment(made.signsAlone, language) })}</p></div></div>`
  const since =
    secretMadeAt === undefined
      ? say(language, 'desk.webhooks.secret.none')
      : say(language, 'desk.webhooks.secret.since', { date: moment(secretMadeAt, language) })
  const form = mayPropose
    ? deskForm(
        pathHere(context, body.id, 'webhooks', 'secret'),
        html`<p><button type="submit" class="btn alt">${icon('lock')}${say(language, 'desk.webhooks.secret.make')}</button></p>`,
        context,
        // The browser shows the answer itself, so that no script holds the secret.
        { isNative: true },
      )
    : ''
  return html`<section><h2>${say(language, 'desk.webhooks.secret')}</h2>${shown}<p>${since}</p><p class="dim">${say(language, 'desk.webhooks.secret.lead')}</p>${form}</section>`
}

function endpointForm(
  { body, entries, endpoint, allKinds, problem, typed = {} }: WebhooksValues,
  context: DeskContext,
): Html {
  const { language } = context
  const { url = '', kinds = endpoint?.kinds ?? allKinds } = typed
  const path = pathHere(context, body.id, 'webhooks')
  const choices = allKinds.map(
    (kind) =>
      html`<label class="opt"><input type="checkbox" name="kinds.${kind}" value="yes"${kinds.includes(kind) ? html` checked` : ''}><span>${kindWords(kind, language)}</span></label>`,
  )
  return html`<h2>${say(language, 'desk.webhooks.new')}</h2>${deskForm(
    path,
    html`<div><label for="url">${say(language, 'desk.webhooks.url')}</label><p class="hint" id="url-hint">${say(language, 'desk.webhooks.url.hint')}</p><input id="url" name="url" type="url" required maxlength="500" autocomplete="off" value="${url}" aria-describedby="url-hint"${marked('/endpoint/url', problem)}></div><fieldset id="kinds"><legend>${say(language, 'desk.webhooks.kinds')}</legend>${choices}</fieldset>${dayField(typed.effectiveFrom, context)}<p><button type="submit" class="btn">${say(language, 'desk.records.propose')}</button></p>`,
    context,
    { isNative: true },
  )}${entries.length === 0 ? '' : endForm(path, 'desk.webhooks.end', context)}`
}

/** Where a body is told what happens, with its secret and the log of what was sent. */
export function webhooksPage(values: WebhooksValues, context: DeskContext): string {
  const { language } = context
  const { body, endpoint, pausedAt, entries, waiting, mayPropose } = values
  const rests =
    pausedAt === undefined
      ? ''
      : html`<div class="call am mb2">${icon('pause')}<div><h3>${say(language, 'desk.webhooks.paused', { date: moment(pausedAt, language) })}</h3><p>${say(language, 'desk.webhooks.paused.hint')}</p></div></div>`
  const now =
    endpoint === undefined
      ? html`<p>${say(language, 'desk.webhooks.no-endpoint')}</p>`
      : summary(endpointRows(endpoint, language))
  const field = (name: string, words: Html) => ({
    isWrong: (pointer: string) => pointer.startsWith(`/endpoint/${name}`) || pointer === `/${name}`,
    id: name,
    label: words,
  })
  return recordPage(
    'desk.webhooks',
    values,
    {
      before: html`<section>${rests}<h2>${say(language, 'desk.records.now')}</h2>${now}</section>${secretSection(values, context)}${logSection(values, context)}`,
      waiting: waiting.map(
        ({ endpoint: proposed, proposal }) =>
          html`<li>${endpointWords(proposed, context)}${proposalLink(body.id, proposal, context)}</li>`,
      ),
      entries: entries.map((entry) => entryRow(entry, endpointWords(entry.endpoint, context), context)),
      ...(mayPropose && { form: endpointForm(values, context) }),
      fields: {
        fields: [
          field('url', say(language, 'desk.webhooks.url')),
          field('kinds', say(language, 'desk.webhooks.kinds')),
          field('effectiveFrom', say(language, 'desk.field.effectiveFrom')),
        ],
      },
    },
    context,
  )
}
