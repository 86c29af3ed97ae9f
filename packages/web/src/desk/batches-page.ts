import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { type IconName, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { batchTitle, countWords } from './batch-list.ts'
import type { BatchesValues, ListedBatch } from './batch-values.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { marked, problemCall } from './problem-words.ts'

const tags = {
  open: ['am', 'clock'],
  closed: ['am', 'clock'],
  running: ['ok', 'check'],
  paused: ['am', 'pause'],
  cancelled: ['gy', 'minus'],
  finished: ['ok', 'check'],
} as const satisfies Record<ListedBatch['state'], readonly ['ok' | 'am' | 'gy', IconName]>

export function batchTag(state: ListedBatch['state'], { language }: DeskContext): Html {
  const [colour, name] = tags[state]
  return tag(colour, name, say(language, `desk.batch.state.${state}`))
}

const FILE = 'table'
const listActs = ['suspend', 'reinstate', 'revoke'] as const

/** What a file does. A clerk who may do one thing is asked nothing. */
function actField(id: string, acts: readonly ('issue' | (typeof listActs)[number])[], { language }: DeskContext): Html {
  if (acts.length === 1) return html`<input type="hidden" name="act" value="${acts[0]}">`
  const options = acts.map((act) => html`<option value="${act}">${say(language, `desk.list.act.${act}`)}</option>`)
  return html`<div><label for="${id}">${say(language, 'desk.list.act')}</label><select id="${id}" name="act">${options}</select></div>`
}

/** The form that begins a list of changes. Nothing changes by it. */
function listForm(path: string, { key, problem }: BatchesValues, context: DeskContext): Html {
  const { language } = context
  const form = deskForm(
    path,
    html`<input type="hidden" name="key" value="${key}">${actField('act', listActs, context)}<div><label for="list">${say(language, 'desk.list.file')}</label><p class="hint" id="list-hint">${say(language, 'desk.list.file.hint')}</p><input id="list" name="${FILE}" type="file" accept=".csv,.txt,.xlsx,.ndjson" required aria-describedby="list-hint"${marked(`/${FILE}`, problem)}></div><p><button type="submit" class="btn alt">${say(language, 'desk.list.send')}</button></p>`,
    context,
    { hasFile: true },
  )
  return html`<section><h2>${say(language, 'desk.list.new')}</h2><p>${say(language, 'desk.list.lead')}</p>${form}</section>`
}

/** The batches of a body, and the form that begins one. Nothing is issued by it. */
export function batchesPage(values: BatchesValues, context: DeskContext): string {
  const { language } = context
  const { body, batches, mayIssue, mayChange, key, large, arrived, next, problem } = values
  const path = pathHere(context, body.id, 'batches')
  const form = deskForm(
    path,
    html`<input type="hidden" name="key" value="${key}"><div><label for="${FILE}">${say(language, 'desk.batch.file')}</label><p class="hint" id="${FILE}-hint">${say(language, 'desk.batch.file.hint')}</p><input id="${FILE}" name="${FILE}" type="file" accept=".csv,.txt,.xlsx,.ndjson" required aria-describedby="${FILE}-hint"${marked(`/${FILE}`, problem)}></div><p><button type="submit" class="btn">${say(language, 'desk.batch.send')}</button></p>`,
    context,
    { hasFile: true },
  )
  const more =
    large === undefined
      ? html`<p><a class="tlink" href="${local(`${path}?large=yes`, context)}">${say(language, 'desk.batch.large')}</a></p>`
      : html`<h2>${say(language, 'desk.batch.large')}</h2><form class="flow" method="post" action="${large.url}" enctype="multipart/form-data" data-native>${Object.entries(large.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<div><label for="large">${say(language, 'desk.batch.large.file')}</label><p class="hint" id="large-hint">${say(language, 'desk.batch.large.hint')}</p><input id="large" name="file" type="file" accept=".csv,.txt,.xlsx,.ndjson" required aria-describedby="large-hint"></div><p><button type="submit" class="btn">${say(language, 'desk.batch.large.send')}</button></p></form>`
  const may = [...(mayIssue ? (['issue'] as const) : []), ...(mayChange ? listActs : [])]
  const came =
    arrived === undefined
      ? ''
      : html`<section><h2>${say(language, 'desk.batch.arrived')}</h2>${deskForm(path, html`<input type="hidden" name="arrived" value="${arrived}"><p>${say(language, 'desk.batch.arrived.hint')}</p>${actField('arrived-act', may, context)}<p><button type="submit" class="btn">${say(language, 'desk.batch.arrived.check')}</button></p>`, context, { hasFile: true })}</section>`
  const row = (batch: ListedBatch) =>
    html`<li><div class="rl"><div><h3><a href="${local(`${path}/${batch.id}`, context)}">${batchTitle(batch, context)}</a></h3><p class="small">${countWords(batch, context)}</p><p class="dim small"><code>${batch.submittedBy}</code></p></div>${batchTag(batch.state, context)}</div></li>`
  const list =
    batches.length === 0
      ? html`<p>${say(language, 'desk.batch.none')}</p>`
      : html`<ul class="rows">${batches.map(row)}</ul>`
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${path}?${new URLSearchParams({ page: next })}`, context)}" rel="next">${say(language, 'desk.batch.older')}</a></p>`
  const fields = [
    {
      isWrong: (pointer: string) => pointer === `/${FILE}`,
      id: mayIssue ? FILE : 'list',
      label: say(language, 'desk.batch.file'),
    },
  ]
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
${problemCall(problem, language, { fields })}<div class="head"><h1>${say(language, 'desk.batches')}</h1><p class="lead">${say(language, 'desk.batches.lead')}</p></div>
<div class="sheet">${may.length > 0 ? came : ''}${mayIssue ? html`<section><h2>${say(language, 'desk.batch.new')}</h2>${form}</section>` : ''}${mayChange ? listForm(path, values, context) : ''}${may.length > 0 ? html`<section>${more}</section>` : ''}<section><h2>${say(language, 'desk.batch.all')}</h2>${list}</section></div>${further}`
  return deskPage(
    { title: `${phrase(language, 'desk.batches')}: ${body.name}`, main, hasProblem: problem !== undefined },
    context,
  )
}
