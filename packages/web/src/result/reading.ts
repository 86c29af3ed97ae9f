import type { Certificate } from '@sijil/credentials'
import { assessmentMethodOf, assessmentRouteOf, OTHER } from '@sijil/qualifications'
import type { ChainLink } from '@sijil/registry/trust'
import type { CertificateWithoutPerson } from '@sijil/registry/verification'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import { nameInState } from '../state-names.ts'
import { countsToday, dayOfIssue, lastChange, type State, showsFacts, stateOf, toneOf } from './state.ts'
import type { ResultValues } from './values.ts'

/**
 * The personal part of a certificate. A page holds it only if the reader asked for the name (design: "a page opened is not a page
 * read").
 */
interface Person {
  name: string
  nativeName?: string
  passportName?: string
  birthDate?: string
  registerNumber?: string
  certificateNumber: string
  signatory?: { name: string; position: string }
  /** Personal, because the place of assessment shows where somebody lives or works. */
  centre?: { name: string }
  /** Personal, because free text may hold a name. */
  limits?: string
  otherRoute?: string
  otherMethod?: string
  fileName?: string
}

/** A certificate without the person. The parts of the page that are always shown get nothing else. */
export type PublicCertificate = CertificateWithoutPerson

/** Everything that the parts of a result page read. */
export interface Reading {
  values: Omit<ResultValues, 'verification' | 'fileName' | 'passportName'> & {
    verification: Omit<ResultValues['verification'], 'certificate'>
  }
  page: PageContext
  state: State
  tone: ReturnType<typeof toneOf>
  certificate?: PublicCertificate
  person?: Person
  /** The certificate counts and has a name, and the reader may ask for it. Nobody relies on the name of one that does not count. */
  mayShowPerson: boolean
  issuedAt?: string
  issuer: Html
  /** The authority that revoked or suspended it. Absent: the body itself did. */
  changer?: { id: string; name: Html }
}

/** The address of this answer, without anything about the person. A document that was sent in has no address, so this is the start page. */
export const addressOf = ({ token, host, paper }: Pick<ResultValues, 'token' | 'host' | 'paper'>): string => {
  const query = String(
    new URLSearchParams({ ...(host && { host }), ...(paper && { from: paper === 'contradiction' ? paper : 'paper' }) }),
  )
  return token === undefined ? '/' : `/v/${token}${query && `?${query}`}`
}

type Titled = Pick<PublicCertificate['qualification'], 'title' | 'language' | 'localTitle'>
interface Title {
  text: string
  language: string
}

/** Both titles were signed. The one in the reader's language comes first, or else the English one. */
export function titlesFor({ title, language, localTitle }: Titled, reader: string): [Title, ...Title[]] {
  const own = { text: title, language }
  if (localTitle === undefined) return [own]
  const isOther = localTitle.language === reader || (language !== reader && localTitle.language === 'en')
  return isOther ? [localTitle, own] : [own, localTitle]
}

/** The title to use in a sentence. */
export function titleFor(qualification: Titled, { language: reader }: PageContext): Html {
  const [{ text, language }] = titlesFor(qualification, reader)
  return foreign(text, language)
}

/**
 * True if the award or the assessment seems to come after the day of issue. Days of issue are in UTC. East of it the next day may have
 * begun already.
 */
export const isDayAhead = ({ certificate, issuedAt }: Pick<Reading, 'certificate' | 'issuedAt'>): boolean =>
  [certificate?.awardedOn, certificate?.assessedOn].some(
    (day) => day !== undefined && issuedAt !== undefined && day > issuedAt.slice(0, 10),
  )

/** The link of the chain that is the issuer itself. A principal is also a body, but it issued nothing here. */
export const issuerLink = ({ issuer }: Pick<ResultValues['verification'], 'issuer'>): ChainLink | undefined =>
  issuer.today.chain.findLast((link) => link.role === 'body' && link.principal !== true)

/** Removes the person once, here, before any part is rendered. A part cannot show what it was not given. */
export function readResult(values: ResultValues, page: PageContext): Reading {
  const { verification, fileName, passportName, ...rest } = values
  const { certificate, ...answer } = verification
  const state = stateOf(verification)
  const known = showsFacts(state, verification.checks) ? certificate : undefined
  const body = issuerLink(verification)
  const name = body?.name ?? known?.issuer.name
  const reading: Reading = {
    values: { ...rest, verification: answer },
    page,
    state,
    tone: toneOf(state),
    mayShowPerson:
      known !== undefined && countsToday(state) && values.person === 'hidden' && values.token !== undefined,
    issuer:
      name === undefined ? say(page.language, 'chain.body') : nameInState(foreign(name, 'en'), body, page.language),
  }
  const issuedAt = dayOfIssue({ history: verification.history, certificate: known })
  if (issuedAt !== undefined) reading.issuedAt = issuedAt
  const changer = state === 'revoked' || state === 'suspended' ? lastChange(verification.history, state)?.by : undefined
  if (changer !== undefined) reading.changer = { id: changer, name: nameOfChanger(changer, values, page) }
  if (known === undefined) return reading
  reading.certificate = publicPart(known)
  if (values.person === 'shown') reading.person = personOf(known, { passportName, fileName })
  return reading
}

/** The authority that changed the status. The chain usually has it, and with it its state. */
function nameOfChanger(id: string, { verification, authorities }: ResultValues, { language }: PageContext): Html {
  const link = verification.issuer.today.chain.find((one) => one.id === id)
  return nameInState(foreign(authorities?.[id] ?? id, 'en'), link, language)
}

function publicPart(certificate: Certificate): PublicCertificate {
  const { id, holder, certificateNumber, signatory, assessor, centre, status, route, method, ...rest } = certificate
  const { limits, ...qualification } = rest.qualification
  return {
    ...rest,
    qualification: { ...qualification, limited: limits !== undefined },
    ...(route !== undefined && { route: assessmentRouteOf(route) }),
    ...(method !== undefined && { method: assessmentMethodOf(method) }),
  }
}

function personOf(
  { holder, certificateNumber, signatory, centre, qualification: { limits }, route, method }: Certificate,
  { passportName, fileName }: Pick<ResultValues, 'passportName' | 'fileName'>,
): Person {
  return {
    name: holder.name,
    certificateNumber,
    ...(holder.nativeName !== undefined && { nativeName: holder.nativeName }),
    ...(holder.birthDate !== undefined && { birthDate: holder.birthDate }),
    ...(holder.registerNumber !== undefined && { registerNumber: holder.registerNumber }),
    ...(passportName !== undefined && { passportName }),
    ...(signatory !== undefined && { signatory }),
    ...(centre !== undefined && { centre }),
    ...(limits !== undefined && { limits }),
    ...(route !== undefined && assessmentRouteOf(route) === OTHER && { otherRoute: route }),
    ...(method !== undefined && assessmentMethodOf(method) === OTHER && { otherMethod: method }),
    ...(fileName !== undefined && { fileName }),
  }
}
