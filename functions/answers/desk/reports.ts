import { createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import type { NoteOpener } from '@sijil/registry'
import { closeReport, openReportMessage } from '@sijil/registry/reports'
import { reportsView, reportView, requireOffice } from '@sijil/views/desk'
import { deskPath, type ReportValues, reportPage, reportsPage } from '@sijil/web'
import type * as z from 'zod'
import { closeReportInput, openReportInput } from '../decision-inputs.ts'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'

type OfOne = { authority: string; body: string; id: string }

/** Reports of false certificates: the list, one report, opening what a reporter wrote, and closing. */
export const reportsAnswers = (parts: DeskParts & { reportTexts: NoteOpener }) => {
  const shown = async (asked: DeskRequest, { authority, body, id }: OfOne, more: Partial<ReportValues> = {}) => {
    const deps = atNow(parts)
    const office = await requireOffice(authority, asked.caller.subject, deps)
    const values = await reportView(office, body, id, deps)
    return reportPage({ ...values, ...more }, deskContext(asked, deskPath(authority, 'reports', body, id), parts))
  }

  return {
    'GET /desk/authorities/{authority}/reports': route<{ authority: string }, SignedIn>({
      async answer(asked) {
        const { authority } = asked.params
        const deps = atNow(parts)
        const office = await requireOffice(authority, asked.caller.subject, deps)
        // A list of another body's reports has none that this authority may read.
        const body = asked.query.body || undefined
        const question = { index: `REPORTS#${authority}`, filters: { ...(body && { body }) } }
        const place = { ...readPage(asked.query, question), ...(body && { body }) }
        const { values, next } = await reportsView(office, place, deps)
        const more = next && { next: createPageToken(next, question) }
        return page(reportsPage({ ...values, ...more }, deskContext(asked, deskPath(authority, 'reports'), parts)))
      },
    }),

    'GET /desk/authorities/{authority}/reports/{body}/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => page(await shown(asked, asked.params)),
    }),

    // The answer itself shows the text, so that it is in no address and in no page that is asked for again.
    'POST /desk/authorities/{authority}/reports/{body}/{id}/open': route<
      OfOne,
      SignedIn,
      z.output<typeof openReportInput>
    >({
      body: 'form',
      input: openReportInput,
      async answer(asked) {
        const telling = Number(asked.input.telling)
        const { subject } = asked.caller
        const deps = { store: parts.store, notes: parts.reportTexts, now: parts.clock() }
        const message = await openReportMessage({ ...asked.params, subject, telling }, deps)
        return page(await shown(asked, asked.params, { opened: { telling, message } }))
      },
    }),

    'POST /desk/authorities/{authority}/reports/{body}/{id}/close': route<
      OfOne,
      SignedIn,
      z.output<typeof closeReportInput>
    >({
      body: 'form',
      input: closeReportInput,
      answer: (asked) => {
        const { authority, body, id } = asked.params
        const { subject } = asked.caller
        return orReturned(
          async () => {
            await closeReport(
              { ...asked.params, subject, outcome: asked.input.outcome },
              { ...parts, now: parts.clock() },
            )
            return seeOther(deskPath(authority, 'reports', body, id), asked)
          },
          (problem) => shown(asked, asked.params, { problem }),
          { ...parts, wants: asked.wants },
        )
      },
    }),
  }
}
