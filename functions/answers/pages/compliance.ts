import { csvOf } from '@sijil/credentials/csv'
import { EdgeError, keptFor, route } from '@sijil/http'
import { complianceTable, complianceView } from '@sijil/views'
import { compliancePage } from '@sijil/web'
import { atNow, contextAt, type PageParts, shown } from './parts.ts'

/** How far states say that they have come with the work plans of arrangements. No answer depends on a certificate or a person. */
export const complianceAnswers = (parts: PageParts) => ({
  'GET /compliance': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { format = '' } = asked.query
      if (format !== '' && format !== 'csv')
        throw new EdgeError('malformed-request', 'there is no such form', {
          faults: [{ pointer: '/format', detail: 'must be csv, or left out' }],
        })
      if (format === '')
        return shown(asked, await complianceView(atNow(parts)), (values) =>
          compliancePage(values, contextAt(asked, '/compliance', parts)),
        )
      const { columns, rows } = await complianceTable(atNow(parts))
      return {
        status: 200,
        // Without the mark, spreadsheets take other letters for Thai and Burmese ones.
        body: `\ufeff${csvOf(columns, rows)}`,
        type: 'text/csv; charset=utf-8; header=present',
        headers: { 'content-disposition': 'attachment; filename="compliance.csv"', 'cache-control': keptFor('minute') },
      }
    },
  }),
})
