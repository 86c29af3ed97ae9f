import { type Answer, type Request, requireOwnSite, route } from '@sijil/http'
import { RegistryError, remembered } from '@sijil/registry'
import {
  type HandedIn,
  isReportId,
  type ReportDeps,
  type ReportReason,
  reportFake,
  reportReasons,
} from '@sijil/registry/reports'
import { listReportable, noSuchThing } from '@sijil/views'
import {
  fieldOfMistake,
  mistakeWords,
  parseToken,
  type ReportMistake,
  readTyped,
  reportFakePage,
  reportSentPage,
  type TypedReport,
} from '@sijil/web'
import type * as z from 'zod/mini'
import { reportFakeInput } from './inputs.ts'
import { atNow, contextOf, either, type PageParts, page } from './parts.ts'
import { isReadable, isReadableLine, MOST, plain } from './report-texts.ts'

export type ReportParts = PageParts & Pick<ReportDeps, 'store' | 'notes' | 'patience'>

type Form = z.output<typeof reportFakeInput>
type Asked = Request<unknown, unknown, Form, Readonly<Record<string, string>>>

/** The form to report a false certificate, and the page after it was sent. */
export const reportFakeAnswers = (parts: ReportParts) => {
  // Anybody may ask for the form, so bodies are read at most once in ten seconds, as trust is.
  const everyBody = remembered(
    () => listReportable(atNow(parts)),
    () => parts.clock().getTime(),
  )
  const form = async (
    asked: Pick<Asked, 'language' | 'query' | 'wants'>,
    typed: TypedReport,
    mistakes: readonly ReportMistake[],
  ): Promise<string> => {
    // Only a whole code goes on without being shown in a field. Anything else is typed text that can be corrected.
    const carried = mistakes.some((mistake) => fieldOfMistake(mistake) === 'code') ? undefined : tokenOf(typed)
    const values = { bodies: await everyBody(), reasons: reportReasons, typed, carried, mistakes }
    return reportFakePage(values, contextOf(asked, '/report-fake', parts))
  }
  const tokenOf = ({ code }: TypedReport) => (code === undefined ? undefined : parseToken(code))

  return {
    'GET /report-fake': route<Record<never, string>, undefined>({
      async answer(asked) {
        if (asked.wants === 'json')
          return { status: 200, body: { report: `${parts.baseUrl}/report-fake`, reasons: reportReasons } }
        return page(await form(asked, {}, []))
      },
    }),

    'POST /report-fake': route<Record<never, string>, undefined, Form>({
      body: 'multipart',
      input: reportFakeInput,
      async answer(asked) {
        requireOwnSite(asked.headers, parts.baseUrl)
        const { document: _, step, ...typed } = asked.input
        // A verdict page opens the form with its code, so that the code is in no address.
        if (step === undefined && asked.wants === 'html') return page(await form(asked, typed, []))
        const read = readForm(asked.input, parts.baseUrl)
        if ('mistakes' in read) return refused(read.mistakes, typed, asked)
        try {
          const sent = await reportFake(read, { ...atNow(parts), ...parts })
          if (asked.wants === 'json') return { status: 200, body: sent }
          const language = asked.query.lang === undefined ? '' : `?lang=${asked.language}`
          return { status: 303, headers: { location: `/report-fake/sent/${sent.reference}${language}` } }
        } catch (error) {
          const isBody = error instanceof RegistryError && error.faults.some(({ pointer }) => pointer === '/body')
          if (!isBody || asked.wants === 'json') throw error
          return refused(['body'], typed, asked)
        }
      },
    }),

    'GET /report-fake/sent/{reference}': route<{ reference: string }, undefined>({
      answer(asked) {
        const { reference } = asked.params
        if (!isReportId(reference)) throw noSuchThing()
        const path = `/report-fake/sent/${reference}`
        return either(asked, { reference }, () => reportSentPage({ reference }, contextOf(asked, path, parts)))
      },
    }),
  }

  async function refused(mistakes: readonly ReportMistake[], typed: TypedReport, asked: Asked): Promise<Answer> {
    if (asked.wants === 'html') return page(await form(asked, typed, mistakes), 422)
    const context = contextOf(asked, '/report-fake', parts)
    throw new RegistryError('validation-failed', 'The report is not complete.', {
      faults: mistakes.map((mistake) => ({
        pointer: `/${fieldOfMistake(mistake)}`,
        detail: mistakeWords(mistake, context),
      })),
    })
  }
}

interface Read {
  handedIn: HandedIn
  reason: ReportReason
  body?: string
  words?: string
  contact?: string
}

/** Reads a whole report, or names every mistake at once. */
function readForm(form: Form, baseUrl: string): Read | { mistakes: readonly ReportMistake[] } {
  const { reason, body } = form
  const handedIn = handedInBy(form, baseUrl)
  const words = plain(form.words)
  const contact = plain(form.contact)
  const mistakes: ReportMistake[] = [
    ...(typeof handedIn === 'string' ? [handedIn] : []),
    ...(reason === undefined ? (['reason'] as const) : []),
    ...(isReadable(words, MOST.words) ? [] : (['words'] as const)),
    ...(isReadableLine(contact, MOST.contact) ? [] : (['contact'] as const)),
  ]
  if (typeof handedIn === 'string' || reason === undefined || mistakes.length > 0) return { mistakes }
  return { handedIn, reason, ...(body && { body }), ...(words && { words }), ...(contact && { contact }) }
}

function handedInBy({ code, document }: Form, baseUrl: string): HandedIn | ReportMistake {
  if (code !== undefined && document !== undefined) return 'several'
  if (document !== undefined) return { file: document.bytes }
  if (code === undefined) return 'empty'
  const read = readTyped(code, baseUrl)
  if ('token' in read) return { token: read.token }
  if (read.fault === 'own') return 'own'
  const site = read.fault === 'foreign' ? siteIn(code) : undefined
  return site === undefined ? 'code' : { site }
}

/** The origin of the first link in a text. The rest of a link can hold a name, so it is dropped here. */
function siteIn(text: string): string | undefined {
  const [found] =
    /https?:\/\/[^\s<>"']+/iu.exec(text) ?? /(?<![^\s])[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#])/u.exec(text) ?? []
  if (found === undefined) return undefined
  const url = URL.parse(found.includes('://') ? found : `https://${found}`)
  // `origin` has neither a user name nor a password.
  return url === null || url.origin === 'null' || url.origin.length > MOST_OF_SITE ? undefined : url.origin
}

/** Letters of an origin. A host name has at most 253. */
const MOST_OF_SITE = 270
