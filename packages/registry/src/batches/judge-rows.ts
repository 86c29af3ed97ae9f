import { canonicalJson } from '@sijil/credentials'
import { type CatalogueReader, catalogueOf } from '../catalogue/reader.ts'
import { requireFreeNumber } from '../certificates/certificate-number.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import type { Plan } from '../certificates/plan.ts'
import { recordsOfNumber } from '../certificates/records-of-number.ts'
import { type IssuerSecret, lookTag, numberTag, requestTag } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { inParts } from '../in-parts.ts'
import { planCertificate } from '../issuance/compose.ts'
import { requireCentre } from '../issuance/issue-centre.ts'
import { requireAuthority } from '../issuance/issuing-authority.ts'
import { requireSigningBody, type SigningBody } from '../issuance/signing-body.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import { type TrustReader, trustOf } from '../trust/reader.ts'
import type { FaultKind, RowFault } from './answers.ts'
import type { BatchDeps, Fate } from './batch-deps.ts'
import type { Field } from './columns.ts'
import type { ReadRow } from './read-rows.ts'
import { inputOf } from './row-input.ts'
import type { StatusChange } from './status-change.ts'

/** The fate of a row: ready, with its input, or with faults. */
export interface JudgedRow extends ReadRow {
  input?: IssueInput
  /** The edition that counts for it today. */
  edition?: string
  /** In place of the input, for a row of a list. */
  change?: StatusChange
}

export const isReady = ({ input, change }: JudgedRow): boolean => input !== undefined || change !== undefined

const AT_ONCE = 20

interface Judging {
  body: SigningBody
  secret: IssuerSecret
  trust: TrustReader
  catalogue: CatalogueReader
  /** Answers about authority repeat for rows of one qualification, day and centre. */
  authority: Map<string, Promise<RowFault | undefined>>
  /** Begins the names under which fates are remembered. */
  batch: string
  deps: Pick<BatchDeps, 'store' | 'policy' | 'now' | 'fates'>
}

/**
 * Judges each row as issuing would, today, and writes nothing. What changes until a row is issued is found then: each row is judged again
 * (I60). A row that was judged for the same batch shortly before keeps its fate, if the caller has a memory.
 */
export async function judgeRows(
  { owner: issuer, id: batch }: { owner: string; id: string },
  rows: readonly ReadRow[],
  secret: IssuerSecret,
  deps: Judging['deps'],
): Promise<JudgedRow[]> {
  // Everything is read once, so all rows are judged by one moment.
  const reader = readOnce(deps.store)
  const trust = trustOf(reader)
  const body = await requireSigningBody(issuer, { trust, now: deps.now })
  const judging: Judging = { body, secret, trust, catalogue: catalogueOf(reader), authority: new Map(), batch, deps }
  return inParts(rows, AT_ONCE, (row) => judgeRow(row, judging))
}

async function judgeRow(row: ReadRow, judging: Judging): Promise<JudgedRow> {
  if (row.faults.length > 0) return row
  const input = inputOf(row)
  const { faults, edition } = await fateOf(input, judging)
  return faults.length > 0 ? { ...row, faults: [...faults] } : { ...row, input, ...(edition && { edition }) }
}

function fateOf(input: IssueInput, judging: Judging): Promise<Fate> {
  const { secret, batch, deps } = judging
  const judge = () => judgeInput(input, judging)
  return deps.fates === undefined ? judge() : deps.fates(`${batch} ${requestTag(secret, canonicalJson(input))}`, judge)
}

async function judgeInput(input: IssueInput, judging: Judging): Promise<Fate> {
  const { trust, catalogue, deps, body } = judging
  let plan: Plan
  try {
    const planned = await planCertificate(input, { catalogue, now: deps.now })
    plan = await requireCentre(planned, { trust, policy: deps.policy, now: deps.now })
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'validation-failed') throw error
    return { faults: error.faults.map(({ pointer }) => faultAt(pointer)) }
  }
  const refused = await authorityFault(plan, judging)
  if (refused !== undefined) return { faults: [refused] }
  const taken = await takenBy(input, { issuer: body.id, secret: judging.secret, reader: deps.store })
  return { faults: taken === undefined ? [] : [{ ...taken, field: 'number' }], edition: plan.qualification.edition }
}

function authorityFault(plan: Plan, judging: Judging): Promise<RowFault | undefined> {
  const { body, trust, deps, authority } = judging
  const { qualification, award, input, centre } = plan
  const key = JSON.stringify([qualification.id, qualification.edition, award, input.assessedOn, centre?.id])
  const known = authority.get(key)
  if (known !== undefined) return known
  const asked = requireAuthority({ plan, body, trust }, deps).then(
    () => undefined,
    (error: unknown): RowFault => {
      if (!(error instanceof RegistryError) || !refusals.has(error.code)) throw error
      return { kind: error.faults.some(({ pointer }) => pointer === '/centre/id') ? 'centre' : 'not-accredited' }
    },
  )
  authority.set(key, asked)
  return asked
}

const refusals: ReadonlySet<string> = new Set(['type-not-in-scope', 'issuer-suspended', 'issuer-not-accredited'])

/** Whether the number is in use by a certificate in force, or by one that is being made. An earlier request with the same content has a kind of its own. */
export async function takenBy(
  input: IssueInput,
  { issuer, secret, reader }: { issuer: string; secret: IssuerSecret; reader: CommitReader },
): Promise<{ kind: 'already-issued' | 'number-in-use'; certificate?: string } | undefined> {
  const tag = numberTag(secret, input.certificateNumber)
  const look = await lookTag(secret, input.certificateNumber)
  const { replaces } = input
  try {
    await requireFreeNumber({ issuer, tag, look, uuid: '', ...(replaces && { replaces }) }, { reader })
    return undefined
  } catch (error) {
    if (!(error instanceof RegistryError) || (error.code !== 'conflict' && error.code !== 'in-progress')) throw error
  }
  const holder = (await recordsOfNumber(issuer, tag, reader)).find(({ state }) => state !== 'revoked')
  if (holder === undefined) return { kind: 'number-in-use' }
  const isSame = holder.reservation.requestTag === requestTag(secret, canonicalJson(input))
  return { kind: isSame ? 'already-issued' : 'number-in-use', certificate: holder.uuid }
}

/** The first part of a JSON Pointer, or all of it, and the kind of fault that it means. */
const places: readonly [start: string, kind: FaultKind, field?: Field][] = [
  ['/qualification', 'qualification', 'qualification'],
  ['/edition', 'edition', 'edition'],
  ['/units', 'units', 'unit'],
  ['/centre', 'centre', 'centreId'],
  ['/holder/name', 'name', 'name'],
  ['/holder/nativeName', 'name', 'nativeName'],
  ['/holder/birthDate', 'days', 'birthDate'],
  ['/assessedOn', 'days', 'assessedOn'],
  ['/awardedOn', 'days', 'awardedOn'],
  ['/validUntil', 'days', 'validUntil'],
  ['/certificateNumber', 'malformed', 'number'],
  ['/registerNumber', 'malformed', 'registerNumber'],
  ['/otherRoute', 'not-in-list', 'otherRoute'],
  ['/otherMethod', 'not-in-list', 'otherMethod'],
  ['/limits', 'malformed', 'limits'],
  ['/language', 'malformed', 'language'],
]

function faultAt(pointer: string): RowFault {
  const [, kind = 'other', field] = places.find(([start]) => pointer.startsWith(start)) ?? []
  return { kind: kind as FaultKind, ...(field && { field }) }
}
