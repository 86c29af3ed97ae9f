import { type Certificate, canonicalJson, DocumentFault, fromOpenBadge, parseUnsecured } from '@sijil/credentials'
import { lastSecondOf } from '@sijil/qualifications'
import { type Fault, RegistryError } from '../errors.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { centreIdOf } from '../verification/check-centre.ts'
import { completeDocument } from './complete-document.ts'
import { pointingInto } from './document-pointers.ts'
import { dayOf, inputOfCertificate, pages, wholeOf } from './input-of-certificate.ts'
import { issueCertificate, type Waiting } from './issue.ts'
import type { IssueDeps } from './issue-deps.ts'
import type { Issued } from './reopen.ts'
import type { SandboxOptions } from './sandbox.ts'
import { requireSigningBody } from './signing-body.ts'

/**
 * Issues a certificate from a VCALM request. The document must have our profile. The members that the server sets may be left out, and are
 * always set again. The issuer, qualification and centre that it names must be right. Without an Idempotency-Key the document itself is
 * the key, so sending it again issues nothing twice. Throws `validation-failed`.
 */
export async function issueDocument(
  {
    credential,
    options,
    idempotencyKey,
    ...request
  }: {
    issuer: string
    subject: string
    credential: Readonly<Record<string, unknown>>
    options: Pick<SandboxOptions, 'cryptosuite' | 'keyType'>
    idempotencyKey?: string
  },
  deps: IssueDeps,
): Promise<Issued | Waiting> {
  await requireMember({ owner: request.issuer, subject: request.subject, role: 'issue' }, { reader: deps.store })
  const { did } = await requireSigningBody(request.issuer, { trust: trustOf(deps.store), now: deps.now })
  requireOwnSuite(options)
  const certificate = parseCertificate(credential, deps.baseUrl)
  const faults = faultsOfOthers(certificate, { did, baseUrl: deps.baseUrl })
  if (faults.length > 0) throw refusal(faults)
  const key = idempotencyKey ?? `document ${canonicalJson(credential)}`
  const input = inputOfCertificate(certificate, deps.baseUrl)
  return pointingInto(credential, () => issueCertificate({ ...request, idempotencyKey: key, input }, deps))
}

/** Throws `validation-failed` if the caller asks for another signature than the one that this issuer makes. */
function requireOwnSuite({
  cryptosuite = 'eddsa-rdfc-2022',
  keyType,
}: Pick<SandboxOptions, 'cryptosuite' | 'keyType'>) {
  const detail = 'this issuer signs with eddsa-rdfc-2022 and an Ed25519 key only; leave it out'
  const asked = cryptosuite !== 'eddsa-rdfc-2022' ? 'cryptosuite' : keyType !== undefined ? 'keyType' : undefined
  if (asked !== undefined)
    throw new RegistryError('validation-failed', 'this issuer does not sign in that way', {
      faults: [{ pointer: `/options/${asked}`, detail }],
    })
}

function parseCertificate(credential: Readonly<Record<string, unknown>>, baseUrl: string): Certificate {
  try {
    return fromOpenBadge(parseUnsecured(completeDocument(credential, baseUrl)))
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    throw refusal([{ pointer: fault.pointer, detail: fault.message }], fault)
  }
}

const refusal = (faults: readonly Fault[], cause?: DocumentFault) =>
  new RegistryError('validation-failed', 'this issuer issues certificates of its own profile only', {
    cause,
    faults: faults.map(({ pointer, detail }) => ({ pointer: `/credential${pointer}`, detail })),
  })

const unitsIn = (id: string): string[] | undefined => /\?units=(.*)$/.exec(id)?.[1]?.split(',').toSorted()

/** Faults in members that the server would set differently. Ignoring them would change the meaning of the document. */
function faultsOfOthers(certificate: Certificate, { did, baseUrl }: { did: string; baseUrl: string }): Fault[] {
  const { issuer, qualification, units, centre, validUntil } = certificate
  const achievement = '/credentialSubject/achievement'
  const named = unitsIn(qualification.id)
  const listed = units.map(({ code }) => encodeURIComponent(code)).toSorted()
  // biome-ignore format: it reads as a table
  const rules: [boolean, string, string][] = [
    [issuer.id === did, '/issuer', 'must be the DID of the issuer of this address'],
    [issuer.onBehalfOf === undefined, '/issuer/parentOrg', 'nothing is issued on behalf of another body here; leave it out'],
    [wholeOf(qualification.id).startsWith(pages(baseUrl)), `${achievement}/id`, 'must be the address of a qualification of this registry, …/qualifications/{id}'],
    [named === undefined || named.join() === listed.join(), `${achievement}/id`, 'must name the units that resultDescription lists'],
    [(qualification.partOf?.id ?? wholeOf(qualification.id)) === wholeOf(qualification.id), `${achievement}/related`, 'must be the qualification of which this is a part'],
    [centre === undefined || centreIdOf(certificate, baseUrl) !== undefined, '/credentialSubject/source/id', 'must be the address of an assessment centre of this registry, …/centres/{id}; or leave source out'],
    [validUntil === undefined || validUntil === lastSecondOf(dayOf(validUntil)), '/validUntil', `a certificate holds until the end of a day, in UTC: give that day with T23:59:59Z`],
  ]
  return rules.flatMap(([holds, pointer, detail]) => (holds ? [] : [{ pointer, detail }]))
}
