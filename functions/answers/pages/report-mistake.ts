import { type Answer, type Request, requireOwnSite, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import {
  isReportId,
  type MistakeReport,
  mistakeReasons,
  type RecordName,
  type ReportableRecord,
  type ReportDeps,
  reportMistake,
  requireRecord,
} from '@sijil/registry/reports'
import { noSuchThing } from '@sijil/views'
import {
  type MistakeFormFault,
  mistakeFormWords,
  mistakePath,
  mistakeSentPage,
  type Operator,
  reportMistakePage,
  type TypedMistake,
} from '@sijil/web'
import type * as z from 'zod/mini'
import { reportMistakeInput } from './inputs.ts'
import { atNow, contextOf, either, type PageParts, page } from './parts.ts'
import { addressIn, isReadable, isReadableLine, MOST, plain } from './report-texts.ts'

export type MistakeParts = PageParts &
  Pick<ReportDeps, 'store' | 'notes' | 'patience'> & { operator: Operator | undefined }

type Form = z.output<typeof reportMistakeInput>
type OfRecord = { kind: string; id: string }
type Asked = Pick<
  Request<OfRecord, unknown, unknown, Readonly<Record<string, string>>>,
  'language' | 'params' | 'query' | 'wants'
>

/** As the addresses of records name them. */
const kinds: Readonly<Record<string, RecordName['of']>> = { qualifications: 'qualification', frameworks: 'framework' }

function recordIn({ kind, id }: OfRecord): RecordName {
  const of = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (of === undefined) throw noSuchThing()
  return { of, id }
}

/** The form to report a mistake in a public record, and the page after it was sent. */
export const reportMistakeAnswers = (parts: MistakeParts) => {
  const deps = () => ({ ...atNow(parts), ...parts })
  const context = (asked: Asked, record: RecordName) => contextOf(asked, mistakePath(record), parts)
  const form = (
    asked: Asked,
    { record, found }: { record: RecordName; found: ReportableRecord },
    typed: TypedMistake,
    faults: readonly MistakeFormFault[] = [],
  ): string => {
    const { title, editions, owner } = found
    const named = owner && { owner: { id: owner.id, name: owner.identity.name } }
    const values = {
      record,
      title,
      editions,
      ...named,
      operator: parts.operator,
      reasons: mistakeReasons,
      typed,
      faults,
    }
    return reportMistakePage(values, context(asked, record))
  }

  return {
    'GET /report-mistake/{kind}/{id}': route<OfRecord, undefined>({
      async answer(asked) {
        const record = recordIn(asked.params)
        const { edition, sent } = asked.query
        // Nothing is looked up for a number, so nobody learns whether there is such a report.
        if (sent !== undefined && isReportId(sent) && asked.wants === 'html')
          return page(
            mistakeSentPage(
              { record, reference: sent },
              contextOf(asked, `${mistakePath(record)}?sent=${sent}`, parts),
            ),
          )
        const found = await requireRecord(record, deps())
        const { title, owner, editions } = found
        const stated = { record: { kind: record.of, id: record.id, title, editions }, owner: owner?.id ?? null }
        return either(asked, { ...stated, reasons: mistakeReasons }, () => form(asked, { record, found }, { edition }))
      },
    }),

    'POST /report-mistake/{kind}/{id}': route<OfRecord, undefined, Form>({
      body: 'form',
      input: reportMistakeInput,
      async answer(asked) {
        requireOwnSite(asked.headers, parts.baseUrl)
        const record = recordIn(asked.params)
        const read = readForm(asked.input, record)
        if ('faults' in read) return refused(read.faults, record, asked)
        try {
          const sent = await reportMistake(read, deps())
          if (asked.wants === 'json') return { status: 200, body: sent }
          const query = new URLSearchParams({ ...langOf(asked), sent: sent.reference })
          return { status: 303, headers: { location: `${mistakePath(record)}?${query}` } }
        } catch (error) {
          if (!(error instanceof RegistryError) || asked.wants === 'json') throw error
          if (error.reason === 'nobody-answers') return refused([], record, asked, 409)
          if (error.faults.some(({ pointer }) => pointer === '/edition')) return refused(['edition'], record, asked)
          throw error
        }
      },
    }),
  }

  async function refused(
    faults: readonly MistakeFormFault[],
    record: RecordName,
    asked: Asked & { input: Form },
    status = 422,
  ): Promise<Answer> {
    const found = await requireRecord(record, deps())
    if (asked.wants === 'html') return page(form(asked, { record, found }, asked.input, faults), status)
    throw new RegistryError('validation-failed', 'The report is not complete.', {
      faults: faults.map((field) => ({
        pointer: `/${field}`,
        detail: mistakeFormWords(field, context(asked, record)),
      })),
    })
  }
}

const langOf = ({ language, query }: Pick<Asked, 'language' | 'query'>): Record<string, string> =>
  query.lang === undefined ? {} : { lang: language }

/** Reads a whole report, or names every fault at once. */
function readForm(form: Form, record: RecordName): MistakeReport | { faults: readonly MistakeFormFault[] } {
  const { reason, edition } = form
  const [words, contact, typed] = [plain(form.words), plain(form.contact), plain(form.source)]
  const source = typed ? addressIn(typed) : undefined
  const faults: MistakeFormFault[] = [
    ...(reason === undefined ? (['reason'] as const) : []),
    ...(isReadable(words, MOST.words) ? [] : (['words'] as const)),
    ...(typed && source === undefined ? (['source'] as const) : []),
    ...(isReadableLine(contact, MOST.contact) ? [] : (['contact'] as const)),
  ]
  if (reason === undefined || faults.length > 0) return { faults }
  return {
    record,
    reason,
    ...(edition && { edition }),
    ...(words && { words }),
    ...(source && { source }),
    ...(contact && { contact }),
  }
}
