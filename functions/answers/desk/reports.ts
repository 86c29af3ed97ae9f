import { createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import type { NoteOpener } from '@sijil/registry'
import { closeReport, openReportMessage } from '@sijil/registry/reports'
import { reportsView, reportView, requireOfficeAt } from '@sijil/views/desk'
import { type DeskKind, deskPathOf, type ReportValues, reportPage, reportsPage } from '@sijil/web'
import type * as z from 'zod'
import { closeReportInput, openReportInput } from '../decision-inputs.ts'
import { page } from '../pages/parts.ts'
import {
  atNow,
  type DeskParts,
  type DeskRequest,
  deskContext,
  ofAuthority,
  ofBody,
  orReturned,
  seeOther,
} from './parts.ts'

type OfOne = { body: string; id: string }
/** A request at the desk of an authority or of a body. */
type Asked = DeskRequest & { desk: DeskKind; owner: string }
type Opening = z.output<typeof openReportInput>
type Closing = z.output<typeof closeReportInput>

/** Reports of false certificates and of mistakes: the list, one report, opening what a reporter wrote, and closing. */
export const reportsAnswers = (parts: DeskParts & { reportTexts: NoteOpener }) => {
  const officeOf = ({ desk, owner, caller }: Asked) => requireOfficeAt(desk, owner, caller.subject, atNow(parts))
  const pathOf = ({ desk, owner }: Asked, ...more: string[]) => deskPathOf(desk, owner, 'reports', ...more)

  const list = async (asked: Asked) => {
    const { owner } = asked
    const office = await officeOf(asked)
    // A list of another body's reports has none that this authority may read.
    const body = asked.query.body || undefined
    const question = { index: `REPORTS#${owner}`, filters: { ...(body && { body }) } }
    const place = { ...readPage(asked.query, question), ...(body && { body }) }
    const { values, next } = await reportsView(office, place, atNow(parts))
    const more = next && { next: createPageToken(next, question) }
    return page(reportsPage({ ...values, ...more }, deskContext(asked, pathOf(asked), parts)))
  }

  const shown = async (asked: Asked, { body, id }: OfOne, more: Partial<ReportValues> = {}) => {
    const values = await reportView(await officeOf(asked), body, id, atNow(parts))
    return reportPage({ ...values, ...more }, deskContext(asked, pathOf(asked, body, id), parts))
  }

  // The answer itself shows the text, so that it is in no address and in no page that is asked for again.
  const open = async (asked: Asked, { body, id }: OfOne, input: Opening) => {
    await officeOf(asked)
    const telling = Number(input.telling)
    const officer = { authority: asked.owner, subject: asked.caller.subject }
    const deps = { store: parts.store, notes: parts.reportTexts, now: parts.clock() }
    const message = await openReportMessage({ ...officer, body, id, telling }, deps)
    return page(await shown(asked, { body, id }, { opened: { telling, message } }))
  }

  const close = async (asked: Asked, { body, id }: OfOne, { outcome }: Closing) => {
    await officeOf(asked)
    return orReturned(
      async () => {
        const officer = { authority: asked.owner, subject: asked.caller.subject }
        await closeReport({ ...officer, body, id, outcome }, { ...parts, now: parts.clock() })
        return seeOther(pathOf(asked, body, id), asked)
      },
      (problem) => shown(asked, { body, id }, { problem }),
      { ...parts, wants: asked.wants },
    )
  }

  return {
    'GET /desk/authorities/{authority}/reports': route<{ authority: string }, SignedIn>({
      answer: (asked) => list(ofAuthority(asked)),
    }),
    'GET /desk/authorities/{authority}/reports/{body}/{id}': route<OfOne & { authority: string }, SignedIn>({
      answer: async (asked) => page(await shown(ofAuthority(asked), asked.params)),
    }),
    'POST /desk/authorities/{authority}/reports/{body}/{id}/open': route<
      OfOne & { authority: string },
      SignedIn,
      Opening
    >({
      body: 'form',
      input: openReportInput,
      answer: (asked) => open(ofAuthority(asked), asked.params, asked.input),
    }),
    'POST /desk/authorities/{authority}/reports/{body}/{id}/close': route<
      OfOne & { authority: string },
      SignedIn,
      Closing
    >({
      body: 'form',
      input: closeReportInput,
      answer: (asked) => close(ofAuthority(asked), asked.params, asked.input),
    }),
    'GET /desk/issuers/{issuer}/reports': route<{ issuer: string }, SignedIn>({
      answer: (asked) => list(ofBody(asked)),
    }),
    'GET /desk/issuers/{issuer}/reports/{body}/{id}': route<OfOne & { issuer: string }, SignedIn>({
      answer: async (asked) => page(await shown(ofBody(asked), asked.params)),
    }),
    'POST /desk/issuers/{issuer}/reports/{body}/{id}/open': route<OfOne & { issuer: string }, SignedIn, Opening>({
      body: 'form',
      input: openReportInput,
      answer: (asked) => open(ofBody(asked), asked.params, asked.input),
    }),
    'POST /desk/issuers/{issuer}/reports/{body}/{id}/close': route<OfOne & { issuer: string }, SignedIn, Closing>({
      body: 'form',
      input: closeReportInput,
      answer: (asked) => close(ofBody(asked), asked.params, asked.input),
    }),
  }
}
