import { awardsIndex, type NumberClaimed } from '../certificates/certificate-number.ts'
import { listedRecord } from '../certificates/listed-record.ts'
import { countIn, lastCount, type NumberPattern, numberBy, parseNumberPattern } from '../certificates/number-pattern.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, CertificateRecord } from '../certificates/record.ts'
import { type IssuerSecret, issuerSecret, lookTag, numberTag, openNumber } from '../certificates/secrecy.ts'
import type { SecretReader } from '../ports.ts'
import { type CommitReader, streams } from '../stream.ts'
import { policyOn } from '../trust/body-policy.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { requireMember } from '../trust/members.ts'

export interface ProposedNumber {
  number: string
  /** The pattern of the body that gave it. Absent: it follows the last number of the qualification. */
  pattern?: string
}

/**
 * A number for a new certificate: by the pattern that the body recorded, or else the one after the last certificate of this qualification.
 * It is a proposal: whether it is free is judged when the certificate is checked and issued. Undefined: there is none.
 */
export async function proposeNumber(
  { issuer, subject, qualification }: { issuer: string; subject: string; qualification: string },
  { reader, secrets, now }: { reader: CommitReader; secrets: SecretReader; now: Date },
): Promise<ProposedNumber | undefined> {
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader })
  const { numberPattern } = await policyOn(issuer, { effective: now.toISOString(), recorded: EVERYTHING }, reader)
  const pattern = numberPattern === undefined ? undefined : parseNumberPattern(numberPattern, now)
  const secret = await issuerSecret(issuer, { reader, secrets })
  const number =
    pattern === undefined
      ? await afterTheLast({ issuer, qualification }, { reader, secret })
      : await nextBy(pattern, { issuer }, { reader, secret })
  return number === undefined ? undefined : { number, ...(pattern && { pattern: numberPattern }) }
}

interface NumberDeps {
  reader: CommitReader
  secret: IssuerSecret
}

async function afterTheLast(
  { issuer, qualification }: { issuer: string; qualification: string },
  { reader, secret }: NumberDeps,
): Promise<string | undefined> {
  const { commits } = await reader.list<NumberClaimed>(awardsIndex(issuer, qualification), {
    limit: 1,
    newestFirst: true,
  })
  const uuid = commits[0]?.events[0]?.uuid
  const number = numberOf(uuid === undefined ? undefined : await readRecord(issuer, uuid, reader), secret)
  return number === undefined ? undefined : numberAfter(number)
}

const numberOf = (record: CertificateRecord | undefined, secret: IssuerSecret): string | undefined =>
  record === undefined || record.erased !== undefined
    ? undefined
    : openNumber(secret, record.uuid, record.reservation.number.sealed)

/**
 * A number that no certificate of the body ever claimed. It begins at the certificate that was issued last, and finds the end of the claimed
 * ones in steps that double, so it reads some dozen records at most, however many there are.
 */
async function nextBy(
  pattern: NumberPattern,
  { issuer }: { issuer: string },
  { reader, secret }: NumberDeps,
): Promise<string | undefined> {
  const isClaimed = async (count: number): Promise<boolean> => {
    const number = numberBy(pattern, count)
    for (const tag of [numberTag(secret, number), await lookTag(secret, number)])
      if (tag !== undefined && (await reader.read(streams.number(issuer, tag))).length > 0) return true
    return false
  }
  const beyond = lastCount(pattern) + 1
  const { commits } = await reader.list<CertificateEvent>(`CERTIFICATES#${issuer}`, { limit: 1, newestFirst: true })
  const last = numberOf(commits[0] && (await listedRecord(commits[0], reader)), secret)
  // Everything up to `taken` counts as claimed, and `free` is not, or is beyond the last.
  let taken = (last === undefined ? undefined : countIn(pattern, last)) ?? 0
  let free = taken + 1
  for (let step = 2; free < beyond && (await isClaimed(free)); step *= 2)
    [taken, free] = [free, Math.min(free + step, beyond)]
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2)
    if (await isClaimed(middle)) taken = middle
    else free = middle
  }
  return free < beyond ? numberBy(pattern, free) : undefined
}

/** Digits that a computer counts exactly. */
const MOST_DIGITS = 15

/** Counts the digits at the end on by one, and keeps their length: after `26-MAS2-000099` comes `26-MAS2-000100`. */
export function numberAfter(number: string): string | undefined {
  const [, before = '', digits = ''] = /^(.*?)(\d+)$/s.exec(number) ?? []
  if (digits === '' || digits.length > MOST_DIGITS) return undefined
  return `${before}${String(Number(digits) + 1).padStart(digits.length, '0')}`
}
