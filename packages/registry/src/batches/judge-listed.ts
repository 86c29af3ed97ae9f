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
 * The fate of each row of a part of a list, as it would be now. Writes nothing. A certificate of another body is as unknown as one that does
 * not exist (I36). Rows that name one certificate twice are found in the whole list, also if they lie in two parts.
 */
export async function judgeListed(
  rows: readonly ReadRow[],
  { all, reader, ...asked }: Judging & { all: readonly ReadRow[] },
): Promise<JudgedRow[]> {
  const judging = { ...asked, reader: readOnce(reader), naming: rowsThatName(all, asked.secret) }
  return inParts(rows, AT_ONCE, (row) => judgeRow(row, judging))
}

async function judgeRow(row: ReadRow, judging: Judging & { naming: Naming }): Promise<JudgedRow> {
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
  if (isRepeat(row, judging.naming(named))) return faulty('listed-twice', undefined, named.uuid)
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

/** What a row says of its certificate. */
interface Mention {
  line: number
  tag?: string
  reason?: string
}
type Naming = (record: ReleasedRecord) => readonly Mention[]

/** The rows of the whole list that name a certificate: by its id, by its number, or by both if they belong together. */
function rowsThatName(all: readonly ReadRow[], secret: IssuerSecret): Naming {
  const mentions = new Map<string, Mention[]>()
  for (const { line, texts, faults } of all) {
    if (faults.length > 0) continue
    const { certificate, number, reason } = texts
    const tag = number === undefined ? undefined : numberTag(secret, number)
    const name = certificate === undefined ? tag : idIn(certificate)
    if (name === undefined) continue
    const row = { line, ...(tag && { tag }), ...(reason && { reason: reasonIn(reason) }) }
    const same = mentions.get(name)
    if (same === undefined) mentions.set(name, [row])
    else same.push(row)
  }
  return ({ uuid, reservation: { number } }) => [
    ...(mentions.get(uuid) ?? []).filter(({ tag }) => tag === undefined || tag === number.tag),
    ...(mentions.get(number.tag) ?? []),
  ]
}

/**
 * A certificate that several rows name is changed by the first one. If they do not agree on the reason, any of them may be wrong, so each
 * has the fault.
 */
function isRepeat({ line }: ReadRow, same: readonly Mention[]): boolean {
  const isAgreed = new Set(same.map(({ reason }) => reason)).size === 1
  return same.length > 1 && !(isAgreed && line === Math.min(...same.map((row) => row.line)))
}
