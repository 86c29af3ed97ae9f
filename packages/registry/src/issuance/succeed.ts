import type { IssueInput } from '../certificates/issue-input.ts'
import { RegistryError } from '../errors.ts'
import { inputOfCertificate } from './input-of-certificate.ts'
import { issueCertificate, type Waiting } from './issue.ts'
import type { IssueDeps } from './issue-deps.ts'
import { type OpenCertificateDeps, openCertificate } from './open-certificate.ts'
import type { Issued } from './reopen.ts'

/** How a certificate is followed: `correct` ends it and keeps its number, `renew` is a new award beside it. */
export type Succession = 'correct' | 'renew'

/** Members of the request that change. `null` removes one (JSON Merge Patch, RFC 7396). Holder, centre and signatory change as a whole. */
export type Changes = { readonly [Name in Exclude<keyof IssueInput, Link>]?: IssueInput[Name] | null }
type Link = 'qualification' | 'replaces' | 'renews'

/** What a new award states anew, because it comes from another assessment. */
const ofAward = [
  'certificateNumber',
  'assessedOn',
  'awardedOn',
  'validUntil',
  'route',
  'otherRoute',
  'method',
  'otherMethod',
  'assessor',
  'centre',
] as const satisfies readonly (keyof IssueInput)[]

interface Asked {
  issuer: string
  uuid: string
  subject: string
  succession: Succession
}

/**
 * The number of a certificate, and the request with which it is corrected or renewed, as it begins: a correction with everything that was signed, a renewal
 * with the holder and the qualification. It opens the details of the holder, which is recorded.
 */
export async function beginSuccession(
  { issuer, uuid, subject, succession }: Asked,
  deps: OpenCertificateDeps & Pick<IssueDeps, 'baseUrl'>,
): Promise<{ number: string; input: Partial<IssueInput> & Pick<IssueInput, 'qualification' | 'holder'> }> {
  const { record, certificate } = await openCertificate({ issuer, uuid, subject, purpose: succession }, deps)
  const { units, ...stated } = inputOfCertificate(certificate, deps.baseUrl)
  const input = { ...stated, ...(certificate.qualification.partOf && units && { units }) }
  const { certificateNumber: number } = certificate
  return succession === 'correct'
    ? { number, input: { ...input, edition: record.reservation.edition, replaces: uuid } }
    : { number, input: { ...without(input, ofAward), renews: uuid } }
}

/** Issues the successor of a certificate, with these changes. The steps and refusals are those of every certificate. */
export async function succeedCertificate(
  { changes, idempotencyKey, ...asked }: Asked & { changes: Changes; idempotencyKey: string },
  deps: IssueDeps,
): Promise<Issued | Waiting> {
  const { issuer, subject } = asked
  const { input } = await beginSuccession(asked, deps)
  return issueCertificate({ issuer, subject, idempotencyKey, input: changed(input, changes) }, deps)
}

function changed(begun: Partial<IssueInput>, changes: Changes): IssueInput {
  const merged = Object.entries({ ...begun, ...changes }).filter(([, value]) => value !== null)
  const { certificateNumber, holder, qualification, ...rest } = Object.fromEntries(merged) as Partial<IssueInput>
  if (certificateNumber === undefined || holder === undefined || qualification === undefined)
    throw new RegistryError('validation-failed', 'the certificate cannot be issued as described', {
      faults: [
        { pointer: holder === undefined ? '/holder' : '/certificateNumber', detail: 'is missing', reason: 'missing' },
      ],
    })
  return { ...rest, qualification, holder, certificateNumber }
}

const without = <T extends object, K extends keyof T>(value: T, names: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name))) as Omit<
    T,
    K
  >
