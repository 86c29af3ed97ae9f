import type { Certificate } from '@sijil/credentials'
import { assessmentMethodOf, assessmentRouteOf, OTHER } from '@sijil/qualifications'
import type { CertificateWithoutPerson } from '@sijil/registry/verification'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import { nameInState } from '../state-names.ts'
import { dayOfIssue, lastChange, type State, showsFacts, stateOf, toneOf } from './state.ts'
import type { ResultValues } from './values.ts'

/** What a person's part of a certificate is. It exists in a page only where the name was asked for (design: "a page opened is not a page read"). */
interface Person {
  name: string
  nativeName?: string
  passportName?: string
  birthDate?: string
  registerNumber?: string
  certificateNumber: string
  signatory?: { name: string; position: string }
  /** Where it was assessed says where somebody lives or works. */
  centre?: { name: string }
  /** Free text may hold anything, so a name as well. */
  limits?: string
  otherRoute?: string
  otherMethod?: string
  fileName?: string
}

/** A certificate without the person: the only form in which the parts of the page that are always shown get it. */
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
  /** A name is there and may be asked for. */
  mayShowPerson: boolean
  issuedAt?: string
  issuer: Html
  /** The authority that revoked or suspended it; absent where the body itself did. */
  changer?: { id: string; name: Html }
}

/** The address of this very answer, which never says anything of the person. A document that was sent in has none: it starts anew. */
export const addressOf = ({ token, host }: Pick<ResultValues, 'token' | 'host'>): string =>
  token === undefined ? '/' : `/v/${token}${host === undefined ? '' : `?host=${host}`}`

type Titled = Pick<PublicCertificate['qualification'], 'title' | 'language' | 'localTitle'>
interface Title {
  text: string
  language: string
}

/** Both titles were signed: first the one in the reader's language, else the English one. */
export function titlesFor({ title, language, localTitle }: Titled, reader: string): [Title, ...Title[]] {
  const own = { text: title, language }
  if (localTitle === undefined) return [own]
  const isOther = localTitle.language === reader || (language !== reader && localTitle.language === 'en')
  return isOther ? [localTitle, own] : [own, localTitle]
}

/** The title as it stands in a sentence. */
export function titleFor(qualification: Titled, { language: reader }: PageContext): Html {
  const [{ text, language }] = titlesFor(qualification, reader)
  return foreign(text, language)
}

/** Days of issue are those of UTC: in the morning of the issuer's country it is still the day before, and an award of today looks like one of tomorrow. */
export const isDayAhead = ({ certificate, issuedAt }: Pick<Reading, 'certificate' | 'issuedAt'>): boolean =>
  [certificate?.awardedOn, certificate?.assessedOn].some(
    (day) => day !== undefined && issuedAt !== undefined && day > issuedAt.slice(0, 10),
  )

/** The person is taken out here, once, before anything is written: what a part was not given, it cannot show. */
export function readResult(values: ResultValues, page: PageContext): Reading {
  const { verification, fileName, passportName, ...rest } = values
  const { certificate, ...answer } = verification
  const state = stateOf(verification)
  const known = showsFacts(state, verification.checks) ? certificate : undefined
  const body = verification.issuer.today.chain.findLast((link) => link.role === 'body')
  const name = body?.name ?? known?.issuer.name
  const reading: Reading = {
    values: { ...rest, verification: answer },
    page,
    state,
    tone: toneOf(state),
    mayShowPerson: known !== undefined && values.person === 'hidden' && values.token !== undefined,
    issuer:
      name === undefined ? say(page.language, 'chain.body') : nameInState(foreign(name), body?.state, page.language),
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

/** The authority that changed it. It mostly stands in the chain, which says of which state it is. */
function nameOfChanger(id: string, { verification, authorities }: ResultValues, { language }: PageContext): Html {
  const link = verification.issuer.today.chain.find((one) => one.id === id)
  return nameInState(foreign(authorities?.[id] ?? id, 'en'), link?.state, language)
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
