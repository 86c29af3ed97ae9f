import type { Batch } from '@sijil/registry/batches'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { batchTitle } from './batch-list.ts'
import { batchTag } from './batches-page.ts'
import { changeWords } from './change-words.ts'
import { type DeskContext, pathHere } from './frame.ts'
import { proposedLine } from './proposals-page.ts'
import { type DeskReport, reportPath } from './reports-page.ts'
import type { Named, ShownProposal } from './values.ts'
import { actionWords, type WaitingAction } from './waiting-page.ts'

/** A batch that is not over. `isYours`: this member can take its next step. */
type BatchUnderWay = Pick<Batch, 'id' | 'act' | 'state' | 'rows' | 'submittedAt' | 'submittedBy'> & {
  isYours: boolean
}

/** Everything of a body that somebody has to do, for what this member may read. Newest first. */
export interface BodyWaits {
  proposals: readonly (ShownProposal & { isYours: boolean })[]
  actions: readonly (WaitingAction & { isYours: boolean })[]
  batches: readonly BatchUnderWay[]
  reports: readonly DeskReport[]
}

interface Row {
  path: string
  title: Html
  lines: readonly Html[]
  state: Html
}

const row = ({ path, title, lines, state }: Row, context: DeskContext): Html =>
  html`<li><div class="rl"><div><a href="${local(path, context)}"><span>${title}</span></a><p class="dim small">${lines.map((line, at) => html`${at === 0 ? '' : html`<br>`}${line}`)}</p></div>${state}</div></li>`

const yoursTag = (isYours: boolean, { language }: DeskContext): Html =>
  isYours
    ? tag('am', 'clock', say(language, 'desk.own.forYou'))
    : tag('gy', 'clock', say(language, 'desk.own.forOthers'))

const isRunning = ({ state }: BatchUnderWay): boolean => state === 'running'

function batchRow(body: Named, batch: BatchUnderWay, context: DeskContext): Html {
  const { language } = context
  const { id, rows, submittedBy, isYours } = batch
  const sent = say(language, 'desk.own.batch', { count: rows, officer: html`<code>${submittedBy}</code>` })
  const state = html`<div>${batchTag(batch.state, context)}${isRunning(batch) ? '' : html` ${yoursTag(isYours, context)}`}</div>`
  return row(
    {
      path: pathHere(context, body.id, 'batches', id),
      title: html`${batchTitle(batch, context)}`,
      lines: [sent],
      state,
    },
    context,
  )
}

function reportRow(body: Named, report: DeskReport, context: DeskContext): Html {
  const { language } = context
  const [first] = report.tellings
  if (first === undefined) return html``
  const title = html`${say(language, 'desk.own.report')}: ${say(language, `desk.report.reason.${first.reason}`)}`
  const path = reportPath(body, report, context)
  return row({ path, title, lines: [html`${moment(first.at, language)}`], state: yoursTag(true, context) }, context)
}

/** How much waits, and how much of it this member can do. What runs by itself is not counted. */
export function waitsWords({ proposals, actions, batches, reports }: BodyWaits, { language }: DeskContext): Html {
  const standing = [...proposals, ...actions, ...batches.filter((batch) => !isRunning(batch))]
  const count = standing.length + reports.length
  const yours = standing.filter(({ isYours }) => isYours).length + reports.length
  return count === 0
    ? say(language, 'desk.own.waits.none')
    : say(language, 'desk.own.waits', { count, yours: html`<b>${yours}</b>` })
}

/** What somebody has to do, and what runs by itself. */
export function waitsSections(waits: BodyWaits, body: Named, context: DeskContext): Html {
  const { language } = context
  const rows = [
    ...waits.proposals.map((proposal) => {
      const ends = say(language, 'desk.ends', { date: moment(proposal.endsAt, language) })
      return row(
        {
          path: pathHere(context, body.id, 'proposals', proposal.id),
          title: changeWords(proposal.change, language),
          lines: [proposedLine(proposal, context), ...(proposal.state === 'open' ? [ends] : [])],
          state: yoursTag(proposal.isYours, context),
        },
        context,
      )
    }),
    ...waits.actions.map((action) => {
      const by = { officer: html`<code>${action.askedBy}</code>`, date: moment(action.askedAt, language) }
      return row(
        {
          path: pathHere(context, body.id, 'waiting'),
          title: actionWords(action, context),
          lines: [html`<code>${action.certificate}</code>`, say(language, 'desk.waiting.asked', by)],
          state: yoursTag(action.isYours, context),
        },
        context,
      )
    }),
    ...waits.batches.filter((batch) => !isRunning(batch)).map((batch) => batchRow(body, batch, context)),
    ...waits.reports.map((report) => reportRow(body, report, context)),
  ]
  const running = waits.batches.filter(isRunning).map((batch) => batchRow(body, batch, context))
  const list = (found: readonly Html[]) => html`<ul class="rows">${found}</ul>`
  const now =
    running.length === 0 ? '' : html`<section><h2>${say(language, 'desk.own.running')}</h2>${list(running)}</section>`
  return html`<section><h2>${say(language, 'desk.own.what')}</h2>${rows.length === 0 ? html`<p>${say(language, 'desk.own.waits.none')}</p>` : list(rows)}</section>
${now}`
}
