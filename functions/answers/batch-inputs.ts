import { fileKinds } from '@sijil/registry/batch-files'
import { acts, everyField, type Field, offerKinds } from '@sijil/registry/batches'
import * as z from 'zod'

const field = z.enum(everyField as [Field, ...Field[]])
const cell = z.string().max(1_000)

/** What people say about the file of a batch. It takes the place of what they said before. */
export const batchAnswersInput = z
  .strictObject({
    columns: z.partialRecord(field, z.int().min(0).max(255)).optional().meta({
      description:
        'The column of each field, from 0 on. Absent: by the names of the columns, and by what the body called them before.',
    }),
    same: z.partialRecord(field, cell).optional().meta({ description: 'One value for all rows without their own.' }),
    order: z.enum(['day-month', 'month-day']).optional().meta({ description: 'The order of 03/04/2026 in this file.' }),
    accepted: z.array(z.enum(offerKinds)).max(offerKinds.length).optional().meta({
      description: 'Kinds of faults whose offers count for all rows.',
    }),
    cells: z
      .array(z.strictObject({ line: z.int().min(1).max(2_000_000), field, text: cell }))
      .max(2_000)
      .optional()
      .meta({ description: 'Cells written anew, by the line of the file.' }),
  })
  .meta({ id: 'BatchAnswers' })

export const approveBatchInput = z
  .strictObject({ hash: z.string().regex(/^[\w-]{43}$/, { error: 'must be the hash of the closed batch' }) })
  .meta({ id: 'BatchApproval', description: 'Names exactly the rows that were shown.' })

/** Without a hash: reads a large file that was sent to its target. */
export const startBatchInput = z
  .strictObject({
    hash: approveBatchInput.shape.hash.optional(),
    act: z
      .enum(acts)
      .default('issue')
      .meta({ description: 'Without a hash: what the batch does with the rows of the file.' }),
  })
  .meta({
    id: 'BatchStart',
    description: 'With a hash, begins to issue a small batch. Without one, reads a large file that arrived.',
  })

export const askForFilesInput = z
  .strictObject({
    kind: z.enum(fileKinds).meta({
      description:
        '`links`: one CSV file. `papers`: PDF in ZIP files of 1,000. `codes`: the codes of the links as SVG and PNG, in ZIP files of 1,000.',
    }),
  })
  .meta({ id: 'BatchFiles' })

/** `ndjson`: one row a line, without the counts of the batch. */
export const resultsQuery = z.object({ format: z.enum(['json', 'ndjson']).optional() })

/** Of a long file: which part. Another text is no part, which is answered once the member is known. */
export const partIn = ({ part }: Readonly<Record<string, string | undefined>>): { part?: number } =>
  part === undefined ? {} : { part: /^[1-9]\d{0,3}$/.test(part) ? Number(part) : 0 }
