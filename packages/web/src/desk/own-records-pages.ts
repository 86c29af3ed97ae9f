import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { STEP } from './action-pages.ts'
import { summary } from './change-facts.ts'
import { severalName } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import type {
  DatedEntry,
  LogoValues,
  PolicyValues,
  ShownLogo,
  ShownSignatory,
  SignatoryValues,
} from './own-records-values.ts'
import { logoPicture, policyRows } from './own-rows.ts'
import { marked, problemCall } from './problem-words.ts'

type Title = 'desk.policy' | 'desk.signatory' | 'desk.logo' | 'desk.webhooks'
const leads = {
  'desk.policy': 'desk.policy.lead',
  'desk.signatory': 'desk.signatory.lead',
  'desk.logo': 'desk.logo.lead',
  'desk.webhooks': 'desk.webhooks.lead',
} as const
const marks = { now: ['ok', 'check'], later: ['am', 'clock'], past: ['gy', 'minus'] } as const

const stateTag = (state: DatedEntry['state'], { language }: DeskContext): Html => {
  const [colour, name] = marks[state]
  return tag(colour, name, say(language, `desk.records.${state}`))
}

export function entryRow(entry: DatedEntry, what: Html, context: DeskContext): Html {
  const { language } = context
  const { from, recordedAt, actor, state } = entry
  const words = say(language, 'desk.records.from', {
    from: moment(from, language),
    date: moment(recordedAt, language),
    officer: html`<code>${actor}</code>`,
  })
  return html`<li><div class="rl"><div>${what}<p class="dim small">${words}</p></div>${stateTag(state, context)}</div></li>`
}

const listed = (rows: readonly Html[], { language }: DeskContext): Html =>
  rows.length === 0 ? html`<p>${say(language, 'desk.records.none')}</p>` : html`<ul class="rows">${rows}</ul>`

/** The frame of these pages: what counts and counted, what waits, and the form. */
export function recordPage(
  title: Title,
  { body, problem }: Pick<PolicyValues, 'body' | 'problem'>,
  parts: {
    before?: Html
    waiting?: readonly Html[]
    entries: readonly Html[]
    form?: Html
    fields?: Parameters<typeof problemCall>[2]
  },
  context: DeskContext,
): string {
  const { language } = context
  const { before = html``, waiting = [], entries, form } = parts
  const waits =
    waiting.length === 0
      ? ''
      : html`<section><h2>${say(language, 'desk.records.waiting')}</h2><ul class="rows">${waiting}</ul></section>`
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
${problemCall(problem, language, parts.fields ?? {})}<div class="head"><h1>${say(language, title)}</h1><p class="lead">${say(language, leads[title])}</p></div>
<div class="call mb2">${icon('info')}<p>${say(language, 'desk.records.two')}</p></div>
<div class="sheet">${before}${waits}<section><h2>${say(language, 'desk.records.history')}</h2>${listed(entries, context)}</section>${form === undefined ? '' : html`<section>${form}</section>`}</div>`
  return deskPage(
    { title: `${phrase(language, title)}: ${body.name}`, main, hasProblem: problem !== undefined },
    context,
  )
}

export const proposalLink = (body: string, proposal: string, context: DeskContext): Html =>
  html`<p><a class="tlink" href="${local(pathHere(context, body, 'proposals', proposal), context)}">${say(context.language, 'desk.grants.open')}</a></p>`

/** The policy of a body, with those of before. The form of the action begins with the present one. */
export function policyPage(values: PolicyValues, context: DeskContext): string {
  const { language } = context
  const { body, policy, entries, mayPropose } = values
  const { secondPerson, batchFrom, retentionYears, numberPattern } = policy
  const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
  const form = deskForm(
    pathHere(context, body.id, 'actions', 'set-policy'),
    html`${hidden(STEP, 'change')}${secondPerson.map((act) => hidden(severalName('secondPerson', act), 'yes'))}${hidden('batchFrom', String(batchFrom))}${retentionYears === undefined ? '' : hidden('retentionYears', String(retentionYears))}${numberPattern === undefined ? '' : hidden('numberPattern', numberPattern)}<p><button type="submit" class="btn">${say(language, 'desk.policy.change')}</button></p>`,
    context,
  )
  const usual = entries.length === 0 ? html`<p class="dim">${say(language, 'desk.policy.usual')}</p>` : ''
  return recordPage(
    'desk.policy',
    values,
    {
      before: html`<section><h2>${say(language, 'desk.records.now')}</h2>${usual}${summary(policyRows(policy, language))}</section>`,
      entries: entries.map((entry) => entryRow(entry, summary(policyRows(entry.policy, language)), context)),
      ...(mayPropose && { form }),
    },
    context,
  )
}

const signatoryWords = ({ title, name }: ShownSignatory, { language }: DeskContext): Html =>
  title === undefined
    ? html`<h3>${say(language, 'desk.signatory.nobody')}</h3>`
    : html`<h3>${foreign(title)}</h3>${name === undefined ? '' : html`<p>${foreign(name)}</p>`}`

const fieldOf = (name: string, label: Html) => ({
  isWrong: (pointer: string) => pointer === `/${name}` || pointer === `/signatory/${name}`,
  id: name,
  label,
})

/** Who signs for a body, and who did. The names are shown only after somebody asked for them by a form. */
export function signatoryPage(values: SignatoryValues, context: DeskContext): string {
  const { language } = context
  const { body, entries, waiting, areOpen, mayPropose, problem, typed = {} } = values
  const path = pathHere(context, body.id, 'signatory')
  const open =
    areOpen || entries.length + waiting.length === 0
      ? ''
      : deskForm(
          `${path}/names`,
          html`<p>${say(language, 'desk.signatory.sealed')}</p><p><button type="submit" class="btn alt">${icon('lock')}${say(language, 'desk.signatory.show')}</button></p>`,
          context,
          { isNative: true },
        )
  const line = (name: 'name' | 'title', max: number) =>
    html`<div><label for="${name}">${say(language, `desk.signatory.${name}`)}</label><p class="hint" id="${name}-hint">${say(language, `desk.signatory.${name}.hint`)}</p><input id="${name}" name="${name}" type="text" required maxlength="${max}" autocomplete="off" value="${typed[name] ?? ''}" aria-describedby="${name}-hint"${marked(`/${name}`, problem)}></div>`
  const form = html`<h2>${say(language, 'desk.signatory.new')}</h2>${deskForm(
    path,
    html`${line('name', 200)}${line('title', 200)}${dayField(typed.effectiveFrom, context)}<p><button type="submit" class="btn">${say(language, 'desk.records.propose')}</button></p>`,
    context,
    { isNative: true },
  )}${entries.length === 0 ? '' : endForm(path, 'desk.signatory.end', context)}`
  return recordPage(
    'desk.signatory',
    values,
    {
      ...(open !== '' && { before: html`<section>${open}</section>` }),
      waiting: waiting.map(
        (each) => html`<li>${signatoryWords(each, context)}${proposalLink(body.id, each.proposal, context)}</li>`,
      ),
      entries: entries.map((entry) => entryRow(entry, signatoryWords(entry, context), context)),
      ...(mayPropose && { form }),
      fields: {
        fields: [
          fieldOf('name', say(language, 'desk.signatory.name')),
          fieldOf('title', say(language, 'desk.signatory.title')),
          fieldOf('effectiveFrom', say(language, 'desk.field.effectiveFrom')),
        ],
      },
    },
    context,
  )
}

export const dayField = (value: string | undefined, { language }: DeskContext): Html =>
  html`<div><label for="effectiveFrom">${say(language, 'desk.field.effectiveFrom')} <span class="dim small">(${say(language, 'desk.optional')})</span></label><p class="hint" id="effectiveFrom-hint">${say(language, 'desk.field.effectiveFrom.hint')}</p><input id="effectiveFrom" name="effectiveFrom" type="date" value="${value ?? ''}" aria-describedby="effectiveFrom-hint"></div>`

export const endForm = (path: string, words: Extract<DeskKey, `desk.${string}.end`>, context: DeskContext): Html =>
  html`<details class="more"><summary>${say(context.language, words)}${icon('chev')}</summary>${deskForm(
    path,
    html`<input type="hidden" name="none" value="yes"><p><button type="submit" class="btn alt">${say(context.language, words)}</button></p>`,
    context,
    { isNative: true },
  )}</details>`

const logoWords = (body: LogoValues['body'], logo: ShownLogo | undefined, { language }: DeskContext): Html =>
  logo === undefined
    ? html`<h3>${say(language, 'desk.logo.none')}</h3>`
    : html`${logoPicture(body.id, logo, phrase(language, 'desk.logo.alt', { name: body.name }))}<p class="dim small">${say(language, 'desk.fact.logo.size', { width: logo.width, height: logo.height })}<br><code>${logo.digest}</code></p>`

/** The logo of a body, with those of before. */
export function logoPage(values: LogoValues, context: DeskContext): string {
  const { language } = context
  const { body, entries, waiting, mayPropose, problem } = values
  const path = pathHere(context, body.id, 'logo')
  const form = html`<h2>${say(language, 'desk.logo.new')}</h2>${deskForm(
    path,
    html`<div><label for="png">${say(language, 'desk.logo.file')}</label><p class="hint" id="png-hint">${say(language, 'desk.logo.file.hint')}</p><input id="png" name="png" type="file" accept="image/png" required aria-describedby="png-hint"${marked('/png', problem)}></div>${dayField(undefined, context)}<p><button type="submit" class="btn">${say(language, 'desk.records.propose')}</button></p>`,
    context,
    { hasFile: true },
  )}${entries.length === 0 ? '' : endForm(path, 'desk.logo.end', context)}`
  return recordPage(
    'desk.logo',
    values,
    {
      waiting: waiting.map(
        ({ logo, proposal }) =>
          html`<li>${logoWords(body, logo, context)}${proposalLink(body.id, proposal, context)}</li>`,
      ),
      entries: entries.map((entry) => entryRow(entry, logoWords(body, entry.logo, context), context)),
      ...(mayPropose && { form }),
      fields: { fields: [fieldOf('png', say(language, 'desk.logo.file'))] },
    },
    context,
  )
}
