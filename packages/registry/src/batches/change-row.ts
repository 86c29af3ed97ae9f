import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import type { Patience } from '../lost-race.ts'
import { changeStatus } from '../status/change-status.ts'
import type { CommitStore } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import type { StatusAct } from './acts.ts'
import type { Batch } from './batch.ts'
import { meanings } from './refusals.ts'
import type { RowResult, RowWork } from './row-work.ts'
import { eventOf, type StatusRow } from './status-change.ts'

interface ChangeDeps {
  store: CommitStore
  patience: Patience
  clock: () => Date
}

/**
 * Carries out the rows of a list. Two officers agreed on each of them, so the brake does not count them (I72). An event names its list, so
 * a row that was carried out is never carried out again, also if a person undid it since.
 */
export const changeWork = (
  batch: Batch & { act: StatusAct },
  rows: readonly StatusRow[],
  deps: ChangeDeps,
): RowWork => ({
  begin: (row) => changeRow(row, batch, rows[row] as StatusRow, deps),
  async settle(row) {
    const { certificate } = (rows[row] as StatusRow).change
    const record = await readRecord(batch.owner, certificate, deps.store)
    return record !== undefined && isDoneBy(batch, record) ? certificate : undefined
  },
})

async function changeRow(
  row: number,
  batch: Batch & { act: StatusAct },
  { change }: StatusRow,
  { store, patience, clock }: ChangeDeps,
): Promise<RowResult> {
  const { owner: issuer, act, submittedBy: actor, approvedBy } = batch
  const { certificate: uuid } = change
  try {
    await requireMember({ owner: issuer, subject: actor, role: 'status' }, { reader: store })
    await changeStatus(
      { issuer, uuid, actor },
      (record) => {
        const event = isDoneBy(batch, record) ? undefined : eventOf(change, act, record)
        return event && { ...event, batch: batch.id, ...(approvedBy && { approvedBy }) }
      },
      { store, patience, now: clock() },
    )
    return { row, certificate: uuid }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const meaning = meanings[error.code]
    if ('fail' in meaning) throw error
    return 'stop' in meaning ? { row, stop: meaning.stop } : { row, code: 'certificate-changed', certificate: uuid }
  }
}

const isDoneBy = ({ id }: Batch, { commits }: CertificateRecord): boolean =>
  commits.some(({ events }) =>
    events.some((event) => event.type !== 'issued' && 'batch' in event && event.batch === id),
  )
