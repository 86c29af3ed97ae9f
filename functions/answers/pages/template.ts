import { csvOf } from '@sijil/credentials/csv'
import { keptFor, parseQuery, route } from '@sijil/http'
import { batchTemplateView } from '@sijil/views'
import * as z from 'zod/mini'
import { atNow, chosen, type PageParts } from './parts.ts'

const templateQuery = z.object({
  edition: z.optional(z.string().check(z.maxLength(200, { error: 'must have at most 200 characters' }))),
})

/** Rows that a person can fill in below the first one. */
const OPEN_ROWS = 500
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Spreadsheets for the certificates of one edition, with the columns that a batch knows. */
export const templateAnswers = (parts: PageParts) => {
  const sheetOf = (id: string, query: Readonly<Record<string, string>>) =>
    batchTemplateView(id, parseQuery(templateQuery, chosen(query)), atNow(parts))
  const file = (name: string) => ({
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': keptFor('minute'),
  })
  return {
    'GET /qualifications/{id}/template.csv': route<{ id: string }, undefined>({
      async answer({ params, query }) {
        const { columns, row } = await sheetOf(params.id, query)
        const names = columns.map(({ name }) => name)
        // Excel reads a file as UTF-8 only if it begins with this mark.
        const body = `\ufeff${csvOf(names, [row])}`
        return { status: 200, body, type: 'text/csv; charset=utf-8; header=present', headers: file('template.csv') }
      },
    }),
    'GET /qualifications/{id}/template.xlsx': route<{ id: string }, undefined>({
      async answer({ params, query }) {
        const { columns, row } = await sheetOf(params.id, query)
        const { writeXlsx } = await import('@sijil/tables')
        const body = writeXlsx({ columns, rows: [row], openRows: OPEN_ROWS })
        return { status: 200, body, type: XLSX, headers: file('template.xlsx') }
      },
    }),
  }
}
