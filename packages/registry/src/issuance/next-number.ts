import { awardsIndex, type NumberClaimed } from '../certificates/certificate-number.ts'
import { readRecord } from '../certificates/read-record.ts'
import { issuerSecret, openNumber } from '../certificates/secrecy.ts'
import type { SecretReader } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

/**
 * The number after the last one that the body gave to a certificate of this qualification, as its own pattern goes on. It is a proposal:
 * whether it is free is judged when the certificate is checked and issued. Undefined: there is none, or it does not end in digits.
 */
export async function proposeNumber(
  { issuer, subject, qualification }: { issuer: string; subject: string; qualification: string },
  { reader, secrets }: { reader: CommitReader; secrets: SecretReader },
): Promise<string | undefined> {
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader })
  const { commits } = await reader.list<NumberClaimed>(awardsIndex(issuer, qualification), {
    limit: 1,
    newestFirst: true,
  })
  const uuid = commits[0]?.events[0]?.uuid
  const record = uuid === undefined ? undefined : await readRecord(issuer, uuid, reader)
  if (record === undefined || record.erased !== undefined) return undefined
  return numberAfter(
    openNumber(await issuerSecret(issuer, { reader, secrets }), record.uuid, record.reservation.number.sealed),
  )
}

/** Digits that a computer counts exactly. */
const MOST_DIGITS = 15

/** Counts the digits at the end on by one, and keeps their length: after `26-MAS2-000099` comes `26-MAS2-000100`. */
export function numberAfter(number: string): string | undefined {
  const [, before = '', digits = ''] = /^(.*?)(\d+)$/s.exec(number) ?? []
  if (digits === '' || digits.length > MOST_DIGITS) return undefined
  return `${before}${String(Number(digits) + 1).padStart(digits.length, '0')}`
}
