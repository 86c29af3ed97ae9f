import type { Field } from '@sijil/registry/batches'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { table } from '../table.ts'
import { listTables } from './batch-list.ts'
import { batchPath, csvLinks, press, shownPart } from './batch-press.ts'
import type { BatchValues, OpenBatch, ShownFault } from './batch-values.ts'
import { classWords } from './certificate-status.ts'
import { type DeskContext, pathHere } from './frame.ts'

/** The label of each field of a file. */
const labels = {
  qualification: 'desk.batch.qualification',
  edition: 'desk.batch.edition',
  name: 'desk.field.holder.name',
  nativeName: 'desk.field.holder.nativeName',
  birthDate: 'desk.field.holder.birthDate',
  number: 'desk.field.certificateNumber',
  registerNumber: 'desk.field.registerNumber',
  assessedOn: 'desk.field.assessedOn',
  awardedOn: 'desk.field.awardedOn',
  validUntil: 'desk.field.validUntil',
  route: 'desk.field.route',
  otherRoute: 'desk.field.otherRoute',
  method: 'desk.field.method',
  otherMethod: 'desk.field.otherMethod',
  assessor: 'desk.field.assessor',
  centreId: 'desk.field.centre.id',
  unit: 'desk.field.units',
  limits: 'desk.field.limits',
  signatoryName: 'desk.field.signatory.name',
  signatoryPosition: 'desk.field.signatory.position',
  language: 'desk.field.language',
  replaces: 'desk.batch.replaces',
  certificate: 'desk.list.certificate',
  reason: 'desk.batch.why',
} as const satisfies Record<Field, DeskKey>

/** The letter of a column, as spreadsheets show it. */
const letter = (column: number): string =>
  `${column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : ''}${String.fromCharCode(65 + (column % 26))}`

const option = (value: string, words: Html | string, isChosen: boolean) =>
  html`<option value="${value}"${isChosen ? html` selected` : ''}>${words}</option>`

/** Which column holds which field, one value for all rows, and the order of days. */
function columnsSection(values: BatchValues, open: OpenBatch, context: DeskContext): Html {
  const { language } = context
  const { columns, fields, same, qualifications, reasons, order, asksOrder, isInTwoOrders, misfits } = open
  const selects = columns.map(({ column, name, field }) => {
    const id = `column-${column}`
    const words = say(language, 'desk.batch.column', { letter: letter(column) })
    return html`<div><label for="${id}">${words}${name === undefined ? '' : html`: ${foreign(name)}`}</label><select id="${id}" name="column:${column}"${field !== undefined && misfits.includes(field) ? html` aria-invalid="true"` : ''}><option value="">${say(language, 'desk.batch.column.none')}</option>${fields.map((each) => option(each, say(language, labels[each]), each === field))}</select></div>`
  })
  const reason = html`<div><label for="same-reason">${say(language, 'desk.list.same.reason')}</label><select id="same-reason" name="same:reason"><option value="">${say(language, 'desk.batch.same.none')}</option>${(reasons ?? []).map((each) => option(each, classWords(each, context), each === same.reason))}</select></div>`
  const qualification = html`<div><label for="same-qualification">${say(language, 'desk.batch.same.qualification')}</label><select id="same-qualification" name="same:qualification"><option value="">${say(language, 'desk.batch.same.none')}</option>${qualifications.map(({ id, title }) => html`<option value="${id}" lang="en"${id === same.qualification ? html` selected` : ''}>${title} (${id})</option>`)}</select></div>`
  const edition = html`<div><label for="same-edition">${say(language, 'desk.batch.same.edition')}</label><input id="same-edition" name="same:edition" type="text" maxlength="100" autocomplete="off" value="${same.edition ?? ''}"></div>`
  const days =
    asksOrder || order !== undefined
      ? html`<div><label for="order">${say(language, 'desk.batch.order')}</label><p class="hint" id="order-hint">${say(language, isInTwoOrders ? 'desk.batch.order.two' : 'desk.batch.order.hint')}</p><select id="order" name="order" aria-describedby="order-hint"><option value="">${say(language, 'desk.batch.order.none')}</option>${option('day-month', say(language, 'desk.batch.order.day'), order === 'day-month')}${option('month-day', say(language, 'desk.batch.order.month'), order === 'month-day')}</select></div>`
      : ''
  const wrong =
    misfits.length === 0
      ? ''
      : html`<div class="call no">${icon('warn')}<div><p>${say(language, 'desk.batch.misfits')}</p><ul class="bul">${misfits.map((field) => html`<li>${say(language, labels[field])}</li>`)}</ul></div></div>`
  const form = press(
    'columns',
    values,
    html`${days}${selects}${reasons === undefined ? html`${qualification}${edition}` : reason}<p><button type="submit" class="btn alt">${say(language, 'desk.batch.check')}</button></p>`,
    context,
  )
  return html`<section><h2>${say(language, 'desk.batch.columns')}</h2><p class="hint">${say(language, 'desk.batch.columns.hint')}</p>${wrong}${form}</section>`
}

/** Each kind of fault, with one button for all of a kind if there is an offer. */
function kindsSection(values: BatchValues, open: OpenBatch, context: DeskContext): Html {
  const { language } = context
  const { kinds } = open
  const row = ({ kind, rows, hasOffer }: OpenBatch['kinds'][number]) => {
    const one = open.faults.find((fault) => fault.kind === kind && fault.offer !== undefined)
    const example =
      one === undefined
        ? ''
        : html`<p class="small">${say(language, 'desk.batch.offer.example', { text: foreign(one.text ?? ''), offer: html`<b>${foreign(one.offer ?? '')}</b>` })}</p>`
    const accept = hasOffer
      ? press(
          'accept',
          values,
          html`<input type="hidden" name="kind" value="${kind}"><p><button type="submit" class="btn alt">${say(language, 'desk.batch.accept', { rows })}</button></p>`,
          context,
        )
      : ''
    return html`<li data-kind="${kind}"><h3>${say(language, 'desk.batch.kind.rows', { rows, kind: say(language, `desk.batch.kind.${kind}`) })}</h3>${example}${accept}</li>`
  }
  return kinds.length === 0
    ? html``
    : html`<section><h2>${say(language, 'desk.batch.faults')}</h2><ul class="rows">${kinds.map(row)}</ul></section>`
}

function cellsSection(values: BatchValues, open: OpenBatch, context: DeskContext): Html {
  const { language } = context
  const { faults, place, places, areNamesOpen } = open
  if (faults.length === 0) return html``
  const seen = new Set<string>()
  const input = ({ line, field }: ShownFault): Html => {
    const name = `cell:${line}:${field}`
    if (field === undefined || seen.has(name)) return html``
    seen.add(name)
    return html`<input name="${name}" type="text" maxlength="1000" autocomplete="off" aria-label="${phrase(language, 'desk.batch.cell', { line, field: phrase(language, labels[field]) })}">`
  }
  const held = ({ text, offer, certificate }: ShownFault): Html =>
    html`${text === undefined ? '' : foreign(text)}${offer === undefined ? '' : html` → <b>${foreign(offer)}</b>`}${certificate === undefined ? '' : html` <a href="${local(pathHere(context, values.body.id, 'certificates', certificate), context)}">${say(language, 'desk.batch.certificate')}</a>`}`
  const rows = table(
    say(language, 'desk.batch.cells'),
    [
      say(language, 'desk.batch.line'),
      say(language, 'desk.batch.field'),
      say(language, 'desk.batch.why'),
      say(language, 'desk.batch.held'),
      say(language, 'desk.batch.new.value'),
    ],
    faults.map((fault) => [
      String(fault.line),
      fault.field === undefined ? html`` : say(language, labels[fault.field]),
      say(language, `desk.batch.kind.${fault.kind}`),
      held(fault),
      input(fault),
    ]),
  )
  const save = press(
    'cells',
    values,
    html`<input type="hidden" name="rows" value="${place}">${rows}<p><button type="submit" class="btn alt">${say(language, 'desk.batch.save')}</button></p>`,
    context,
  )
  const names = areNamesOpen
    ? ''
    : press(
        'names',
        values,
        html`<input type="hidden" name="rows" value="${place}"><p class="hint">${say(language, 'desk.batch.names.hint')}</p><p><button type="submit" class="btn alt">${icon('lock')}${say(language, 'desk.batch.names')}</button></p>`,
        context,
      )
  const part = shownPart(values)
  const link = (to: number, words: Html, rel: string) => {
    const query = `rows=${to}${part === undefined ? '' : `&part=${part}`}`
    return html`<a class="tlink" rel="${rel}" href="${local(`${batchPath(values, context)}?${query}`, context)}">${words}</a>`
  }
  const pager =
    places === 1
      ? ''
      : html`<nav class="go mt2 mb2" aria-label="${phrase(language, 'desk.batch.cells')}"><span class="small dim">${say(language, 'desk.batch.place', { place, places })}</span>${place > 1 ? html` ${link(place - 1, say(language, 'desk.batch.before'), 'prev')}` : ''}${place < places ? html` ${link(place + 1, say(language, 'desk.batch.after'), 'next')}` : ''}</nav>`
  return html`<section><h2>${say(language, 'desk.batch.cells')}</h2><p class="hint">${say(language, 'desk.batch.cells.hint')}</p>${save}${pager}${names}${open.list === undefined ? csvLinks(html`${say(language, 'desk.batch.rest')} `, values, part === undefined ? [] : [part], context) : ''}</section>`
}

/** Which part of a long file is shown, with links to the others. */
function partsSection(values: BatchValues, { part, parts, partsClosed }: OpenBatch, context: DeskContext): Html {
  const { language } = context
  if (parts === 1) return html``
  const link = (_: unknown, at: number) => {
    const words = phrase(language, 'desk.batch.part', { part: at + 1, parts })
    const path = `${batchPath(values, context)}?part=${at + 1}`
    return at + 1 === part
      ? html`<li><b aria-current="page">${words}</b></li>`
      : html`<li><a class="tlink" href="${local(path, context)}">${words}</a></li>`
  }
  return html`<section><h2>${say(language, 'desk.batch.parts')}</h2><p>${say(language, 'desk.batch.parts.hint', { closed: partsClosed, parts })}</p><ul class="bul">${Array.from({ length: parts }, link)}</ul></section>`
}

/** The press that closes what is shown. Parts of a long file are closed in their order. */
function closeForm(values: BatchValues, open: OpenBatch, context: DeskContext): Html {
  const { language } = context
  const { ready, faulty, misfits, list, part, parts, partsClosed } = open
  if (misfits.length > 0 || (ready === 0 && parts === 1)) return html``
  if (part <= partsClosed) return html`<p>${say(language, 'desk.batch.part.closed')}</p>`
  if (part > partsClosed + 1) return html`<p>${say(language, 'desk.batch.part.later')}</p>`
  const words =
    parts === 1
      ? say(language, 'desk.batch.close', { ready, faulty })
      : say(language, 'desk.batch.close.part', { part, parts, ready, faulty })
  const follows = say(language, list === undefined ? 'desk.batch.close.follows' : 'desk.list.close.follows')
  return press(
    'close',
    values,
    html`<p>${follows}</p><p><button type="submit" class="btn">${words}</button></p>`,
    context,
  )
}

/** The sections of a batch whose rows are not fixed. Nothing is signed by any of their forms. */
export function openSections(values: BatchValues, open: OpenBatch, context: DeskContext): Html {
  const { language } = context
  const { ready, faulty, list, kinds, misfits } = open
  // A value that many rows lack is in another column, or one value of all rows. To type it row by row is the last resort.
  const isUnmapped = misfits.length > 0 || kinds.some(({ kind }) => kind === 'missing')
  const cells = cellsSection(values, open, context)
  const columns = columnsSection(values, open, context)
  const sections = isUnmapped ? html`${columns}${cells}` : html`${cells}${columns}`
  const fates = say(language, list === undefined ? 'desk.batch.fates.text' : 'desk.list.fates.text', { ready, faulty })
  return html`${partsSection(values, open, context)}<section><h2>${say(language, 'desk.batch.fates')}</h2><p data-fates>${fates}</p>${list === undefined ? '' : listTables(list, values, context)}${closeForm(values, open, context)}</section>${kindsSection(values, open, context)}${sections}`
}
