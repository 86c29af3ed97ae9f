import { readRecord } from '../certificates/read-record.ts'
import type { ReleasedRecord } from '../certificates/record.ts'
import { recordsOfNumber } from '../certificates/records-of-number.ts'
import { type IssuerSecret, numberTag } from '../certificates/secrecy.ts'
import { inParts } from '../in-parts.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import type { StatusAct } from './acts.ts'
import type { FaultKind, RowFault } from './answers.ts'
import type { JudgedRow } from './judge-rows.ts'
import { idIn, reasonIn } from './listed-row.ts'
import type { ReadRow } from './read-rows.ts'
import { hindrance, type StatusChange } from './status-change.ts'

const AT_ONCE = 20

interface Judging {
  issuer: string
  act: StatusAct
  secret: IssuerSecret
  reader: CommitReader
}

/**
 * The fate of each row of a list, as it would be now. Writes nothing. A certificate of another body is as unknown as one that does not
 * exist (I36).
 */
export async function judgeListed(
  rows: readonly ReadRow[],
  { reader, ...asked }: Omit<Judging, 'reader'> & { reader: CommitReader },
): Promise<JudgedRow[]> {
  const judging = { ...asked, reader: readOnce(reader) }
  return withoutRepeats(await inParts(rows, AT_ONCE, (row) => judgeRow(row, judging)))
}

async function judgeRow(row: ReadRow, judging: Judging): Promise<JudgedRow> {
  if (row.faults.length > 0) return row
  const { certificate, number, reason } = row.texts
  const faulty = (kind: FaultKind, field: RowFault['field'], uuid?: string): JudgedRow => ({
    ...row,
    faults: [{ kind, ...(field && { field }), ...(uuid && { certificate: uuid }) }],
  })
  const tag = number === undefined ? undefined : numberTag(judging.secret, number)
  const named = certificate === undefined ? await ofNumber(tag, judging) : await ofId(idIn(certificate), judging)
  if (named === undefined) return faulty('unknown-certificate', certificate === undefined ? 'number' : 'certificate')
  if (tag !== undefined && named.reservation.number.tag !== tag) return faulty('number-differs', 'number')
  const kind = hindrance(named, judging.act)
  if (kind !== undefined || named.state === 'revoked') return faulty(kind ?? 'already-revoked', undefined, named.uuid)
  const stated = reason && { reason: reasonIn(reason) as NonNullable<StatusChange['reason']> }
  const held = named.holds.length > 0 && ({ isHeld: true } as const)
  return { ...row, change: { certificate: named.uuid, state: named.state, ...held, ...stated } }
}

async function ofId(uuid: string | undefined, { issuer, reader }: Judging): Promise<ReleasedRecord | undefined> {
  const record = uuid === undefined ? undefined : await readRecord(issuer, uuid, reader)
  return record !== undefined && 'generation' in record ? record : undefined
}

/** A number names the certificate that has it now. One that is revoked gave it back. */
async function ofNumber(tag: string | undefined, { issuer, reader }: Judging): Promise<ReleasedRecord | undefined> {
  const records = tag === undefined ? [] : await recordsOfNumber(issuer, tag, reader)
  return records.find(({ state }) => state !== 'revoked') ?? records[0]
}

/**
 * A certificate that several rows name is changed by the first one. If they do not agree on the reason, any of them may be wrong, so each
 * has the fault.
 */
function withoutRepeats(rows: readonly JudgedRow[]): JudgedRow[] {
  const named = Map.groupBy(rows, ({ change }) => change?.certificate)
  return rows.map((row) => {
    const same = row.change && named.get(row.change.certificate)
    if (row.change === undefined || same === undefined || same.length === 1) return row
    const isAgreed = new Set(same.map(({ change }) => change?.reason)).size === 1
    if (isAgreed && same[0] === row) return row
    const { change, ...rest } = row
    return { ...rest, faults: [{ kind: 'listed-twice', certificate: change.certificate }] }
  })
}
