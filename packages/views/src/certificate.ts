import { type Certificate, issuerOfDid } from '@sijil/credentials'
import { levelIn, levelsOf, partOf, type Qualification, states } from '@sijil/qualifications'
import { baselineCatalogue, qualificationAt } from '@sijil/registry/catalogue'
import { historyFor, qualificationOf, type Verification, withoutPerson } from '@sijil/registry/verification'
import type { ResultValues } from '@sijil/web'
import { comparedWith, titleIn } from './comparable-titles.ts'
import { findEntity } from './entity.ts'
import { agreedLevel, levelRecordsAbout } from './level-records.ts'
import { namesOf } from './names.ts'
import { officesOf, officesToAsk } from './offices.ts'
import { openGapsBetween } from './open-gaps.ts'
import { passportName } from './passport-name.ts'
import type { ViewDeps } from './view.ts'

/** Longest id of a qualification that a page accepts, in characters: an owner with 64, a dot, and 40. */
export const MAX_QUALIFICATION_LENGTH = 105

interface Shown {
  /** If hidden, the values do not identify the certificate, and the template leaves out the person. */
  person: ResultValues['person']
  /** The token of the link that opened it. */
  token?: string | undefined
  /** The state for which the reader wants to compare the level. Unknown states are ignored. */
  host?: string | undefined
}

/** The values of a result page: the verdict, the levels, the state that the reader chose, and links to issuer and qualification. */
export async function certificateView(
  whole: Verification,
  { person, token, host: askedHost }: Shown,
  deps: Pick<ViewDeps, 'trust' | 'catalogue' | 'frameworks' | 'now' | 'baseUrl' | 'corridors' | 'comparisons'>,
): Promise<ResultValues> {
  const verification = person === 'hidden' ? beforeName(whole) : whole
  const { certificate } = verification
  const qualification = certificate && (await recordFor(certificate, verification, deps))
  // Only who opened a link chooses a host. A fictional one is offered where a corridor agreed on a level for it, or a comparison is joint.
  const asked = (token ?? askedHost) === undefined ? undefined : certificate
  const records = asked ? await levelRecordsAbout(asked, deps) : []
  const joint = asked ? await comparedWith(asked, deps) : []
  const hosts = hostsOf([
    ...records.map(({ text }) => text.content.host),
    ...joint.map(({ to: { pinned } }) => ({ state: pinned.state ?? '', stateName: pinned.stateName })),
  ])
  const host = hosts.find(({ iso2 }) => iso2 === askedHost)?.iso2
  const agreed = host && (await agreedLevel(records, host, deps))
  const comparable = host && titleIn(host, joint)
  const compared = host && (await deps.frameworks()).find(({ state }) => state === host)
  const levels = qualification && certificate && levelsOf(qualification, { on: certificate.validFrom.slice(0, 10) })
  const issuer = certificate && issuerOfDid(certificate.issuer.id, deps.baseUrl)
  const passport = certificate && passportName(certificate.holder.name)
  const changers = (verification.history ?? []).flatMap(({ by }) => by ?? [])
  const body = issuer ? await findEntity(issuer, deps) : undefined
  const acronym = body?.identity.acronym
  const offices = await officesToAsk(whole, body, deps)
  // With the name shown, the reader may be the holder.
  const answering = person === 'shown' && token !== undefined && body !== undefined && (await officesOf(body, deps))
  const openGaps = certificate && (await openGapsOf(verification, certificate, deps))
  const names = changers.length > 0 && (await namesOf(changers, deps))
  return {
    verification,
    person,
    ...(token && { token }),
    hosts,
    ...(host && { host }),
    ...(levels && {
      levels: {
        ...levels,
        ...(compared && { host: levelIn(levels, compared) }),
        ...(comparable && { comparable }),
        ...(agreed && { agreed }),
      },
    }),
    ...(issuer && {
      issuerPage: `/issuers/${issuer}?${new URLSearchParams(askedOfIssuer(verification, certificate))}`,
    }),
    ...(qualification && {
      qualificationPage: `/qualifications/${qualification.id}`,
      kind: qualification.kind,
      ...(qualification.requiredByLaw !== undefined &&
        certificate.qualification.partOf === undefined && {
          law: demandedOf(qualification, qualification.requiredByLaw),
        }),
    }),
    ...(acronym && { acronym }),
    ...(qualification &&
      certificate.qualification.partOf &&
      isPartOf(certificate, qualification) && { wholeUnits: qualification.units }),
    ...(offices && { offices }),
    ...(answering && { answering }),
    ...(names && { authorities: Object.fromEntries(changers.map((id) => [id, names(id)])) }),
    ...(passport && { passportName: passport }),
    ...(openGaps && { openGaps }),
  }
}

/** The states of ASEAN, and the fictional ones that records name. */
function hostsOf(known: readonly { state: string; stateName?: string | undefined }[]): ResultValues['hosts'] {
  const real = states.map(({ iso2, name }) => ({ iso2, name }))
  const named = known.flatMap(({ state, stateName }) =>
    stateName === undefined ? [] : [{ iso2: state, name: stateName }],
  )
  return [
    ...real,
    ...new Map(
      named.filter(({ iso2 }) => !real.some((one) => one.iso2 === iso2)).map((one) => [one.iso2, one]),
    ).values(),
  ]
}

const demandedOf = (
  { state, stateName, statedBy }: Qualification,
  requiredByLaw: NonNullable<Qualification['requiredByLaw']>,
): NonNullable<ResultValues['law']> => ({
  state,
  ...(stateName && { stateName }),
  ...(statedBy && { statedBy }),
  requiredByLaw,
})

/** Open gaps by decision, where a host authority decided something. */
async function openGapsOf(
  { recognition = [] }: Verification,
  certificate: Certificate,
  deps: Pick<ViewDeps, 'corridors' | 'now'>,
): Promise<ResultValues['openGaps']> {
  if (recognition.length === 0) return undefined
  const openGaps = await openGapsBetween(deps)
  const of = { qualification: qualificationOf(certificate), edition: certificate.qualification.edition }
  return Object.fromEntries(recognition.map(({ host }) => [host.id, openGaps(of, host.id)]))
}

/** False if the record has another edition, in which a unit of the certificate does not exist. Its number of units would be wrong. */
const isPartOf = ({ units }: Certificate, whole: Qualification): boolean =>
  partOf(
    whole,
    units.map(({ code }) => code),
  ) !== undefined

/** Removes the fields that identify the certificate, such as its number and the time of its issue. */
function beforeName(whole: Verification): Verification {
  const { certificate: shown, ...verification } = withoutPerson(whole)
  const { certificate } = whole
  return {
    ...verification,
    ...(certificate && shown && { certificate: { ...certificate, validFrom: shown.validFrom } }),
  }
}

/** The query for the issuer's page, so that it answers for the day and the qualification of the certificate. */
const askedOfIssuer = ({ issuer: { onIssueDate } }: Verification, certificate: Certificate) => ({
  'as-of': onIssueDate.effective.slice(0, 10),
  qualification: qualificationOf(certificate).slice(0, MAX_QUALIFICATION_LENGTH),
})

/** The record of today, of the edition that the certificate names. Undefined: there is none, or only another registry has it. */
async function recordFor(
  certificate: Certificate,
  { list }: Pick<Verification, 'list'>,
  { catalogue, now }: Pick<ViewDeps, 'catalogue' | 'now'>,
): Promise<Qualification | undefined> {
  const { edition } = certificate.qualification
  const today = { effective: now.toISOString(), recorded: now.toISOString() }
  const source = list
    ? { catalogue: baselineCatalogue(catalogue), keptBy: { registry: list.registry, hasLog: true } }
    : { catalogue, keptBy: undefined }
  return qualificationAt(await historyFor(certificate, source), { ...today, ...(edition && { edition }) })
}
