import { type Certificate, type Day, type Form, type Instant, schemaPaths, type Unit } from '@sijil/credentials'
import {
  endOfValidity,
  kinds,
  knownEdition,
  lastSecondOf,
  levelsOf,
  type Qualification,
  supportsStatedLevel,
} from '@sijil/qualifications'
import { notAwarded, type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import type { CatalogueReader } from '../catalogue/reader.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import type { Plan } from '../certificates/plan.ts'
import { statusReferences } from '../certificates/status-pair.ts'
import { ENGLISH, isPart, languagesOf, titlesOf } from '../certificates/titles.ts'
import { HOUR_MS } from '../clocks.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { endOfDay } from '../moments.ts'
import { centreUrl } from '../verification/check-centre.ts'
import { assessmentFaults, signedAssessment } from './assessment.ts'
import { kindFaults } from './kind-faults.ts'
import { nameFaults } from './name-faults.ts'
import { namesHolder } from './names-holder.ts'

/** A body in the east may be a day ahead of UTC. No time zone is further than UTC+14. */
const FURTHEST_EAST_MS = 14 * HOUR_MS

/** Checks the input and plans the certificate. Throws `validation-failed` with every fault that it finds. */
export async function planCertificate(
  given: IssueInput,
  { now, catalogue }: { now: Date; catalogue: CatalogueReader },
): Promise<Plan> {
  const input = normalised(given)
  const faults: Fault[] = [...nameFaults(input), ...assessmentFaults(input)]
  const fault = (pointer: string, detail: string) => faults.push({ pointer, detail })
  const today = now.toISOString().slice(0, 10)

  const award = input.awardedOn ?? input.assessedOn
  if (award === undefined) fault('/awardedOn', 'give awardedOn or assessedOn: validity begins on that day')
  const latest = new Date(now.getTime() + FURTHEST_EAST_MS).toISOString().slice(0, 10)
  for (const member of ['assessedOn', 'awardedOn'] as const) {
    if ((input[member] ?? today) > latest) fault(`/${member}`, 'this day lies in the future')
  }
  if (input.assessedOn && input.awardedOn && input.assessedOn > input.awardedOn)
    fault('/assessedOn', 'the assessment comes before the award')
  if (input.limits !== undefined && namesHolder(input.limits, input.holder))
    fault('/limits', 'has a name of the holder in it: say what is limited, and leave the person out')
  const { birthDate } = input.holder
  if (birthDate !== undefined && birthDate > (input.assessedOn ?? award ?? latest))
    fault('/holder/birthDate', 'this day is after the assessment, or the award')

  const history = await catalogue(input.qualification)
  const days = { award: award ?? today, assessed: input.assessedOn ?? award ?? today }
  const qualification = qualificationOn(days, history, { input, now, fault })
  const units = qualification ? unitsOf(qualification, input, fault) : []
  if (qualification && !languagesOf(qualification, units).includes(input.language ?? ENGLISH))
    fault('/language', `the title is in ${languagesOf(qualification, units).join(' and in ')}`)
  const validUntil = qualification && award ? validityOf(qualification, award, input, now, fault) : undefined
  if (qualification && award)
    faults.push(...kindFaults(qualification.kind, { award, validUntil, recipient: input.recipient }))
  if (faults.length > 0 || qualification === undefined || award === undefined) {
    throw new RegistryError('validation-failed', 'the certificate cannot be issued as described', { faults })
  }
  return { input, qualification, history, units, part: isPart(qualification, units), award, validUntil }
}

/**
 * The qualification on the day of the award, in the edition that the input names, or in which awards are made on the day of assessment.
 * Verification asks for the same record later.
 */
function qualificationOn(
  { award, assessed }: { award: Day; assessed: Day },
  history: QualificationHistory,
  {
    input: { edition },
    now,
    fault,
  }: { input: IssueInput; now: Date; fault: (pointer: string, detail: string) => void },
): Qualification | undefined {
  const recorded = now.toISOString()
  const question = { effective: endOfDay(assessed), recorded }
  const chosen = edition ?? qualificationAt(history, question)?.edition
  const qualification =
    chosen === undefined
      ? undefined
      : qualificationAt(history, { effective: endOfDay(award), recorded, edition: chosen })
  if (qualification === undefined) {
    const isKnown = edition !== undefined && qualificationAt(history, question) !== undefined
    if (isKnown) fault('/edition', 'no such edition: see /qualifications/{id}')
    else fault('/qualification', 'no such qualification: see /qualifications/{id}')
    return undefined
  }
  if (edition !== undefined && qualification.edition !== edition) {
    fault('/edition', 'no such edition: see /qualifications/{id}')
    return undefined
  }
  const why = notAwarded(history, { ...question, edition: qualification.edition })
  if (why === 'retired') fault('/qualification', 'this qualification is no longer awarded')
  if (why === 'not-begun') fault('/edition', 'awards under this edition begin on a later day')
  if (why === 'ended') fault('/edition', 'awards under this edition ended before that day')
  return qualification
}

/** Normalises all texts to Unicode NFC, before anything is hashed, stored or signed. No later step normalises. */
function normalised<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'string' ? member.normalize('NFC') : member,
  )
}

function unitsOf(
  qualification: Qualification,
  { units }: IssueInput,
  fault: (pointer: string, detail: string) => void,
): readonly Unit[] {
  if (units === undefined) return qualification.units
  const chosen = new Set(units)
  if (chosen.size !== units.length) fault('/units', 'a unit is named twice')
  if (chosen.size === 0) fault('/units', 'name at least one unit, or leave units out for the whole qualification')
  units.forEach((code, index) => {
    if (!qualification.units.some((unit) => unit.code === code))
      fault(`/units/${index}`, `not a unit of ${qualification.title}`)
  })
  return qualification.units.filter((unit) => chosen.has(unit.code))
}

function validityOf(
  qualification: Qualification,
  award: Day,
  { validUntil, awardedOn }: IssueInput,
  now: Date,
  fault: (pointer: string, detail: string) => void,
): Instant | undefined {
  const scheme = endOfValidity(qualification, award)
  const asked = validUntil === undefined ? undefined : lastSecondOf(validUntil)
  if (asked !== undefined && scheme !== undefined && asked > scheme) {
    fault('/validUntil', `the scheme ends it on ${scheme.slice(0, 10)}; an earlier day is possible, a later one is not`)
  }
  if (validUntil !== undefined && validUntil < award) fault('/validUntil', 'this day is before the award')
  const end = asked ?? scheme
  if (end !== undefined && Date.parse(end) <= now.getTime()) {
    const counted = awardedOn === undefined ? '/assessedOn' : '/awardedOn'
    fault(asked ? '/validUntil' : counted, 'this certificate would have ended already')
  }
  return end
}

/** The facts that the reservation fixes. The same plan and facts always make the same document, byte for byte. */
export interface Fixed {
  uuid: string
  subject: string
  created: Instant
  status: { pair: string; index: number }
  form: Form
}

export interface IssuerFacts {
  /** Id of the body in paths. */
  id: string
  did: string
  name: string
  website: string
}

export function composeCertificate(plan: Plan, fixed: Fixed, issuer: IssuerFacts, baseUrl: string): Certificate {
  const { input, qualification, units, part, centre } = plan
  const { holder, signatory } = input
  const page = `${baseUrl}/qualifications/${qualification.id}`
  // The first form signed the edition as recorded, even if the record says that no source states one.
  const edition = fixed.form === 1 ? qualification.edition : knownEdition(qualification)
  return {
    id: `urn:uuid:${fixed.uuid}`,
    issuer: { id: issuer.did, name: issuer.name, url: issuer.website },
    holder: {
      id: `urn:uuid:${fixed.subject}`,
      name: holder.name,
      ...(holder.nativeName && { nativeName: holder.nativeName }),
      ...(holder.birthDate && { birthDate: holder.birthDate }),
      ...(input.registerNumber && { registerNumber: input.registerNumber }),
    },
    certificateNumber: input.certificateNumber,
    qualification: {
      id: part ? `${page}?units=${units.map(({ code }) => encodeURIComponent(code)).join(',')}` : page,
      kind: part ? 'MicroCredential' : kinds[qualification.kind].inCertificate,
      ...titlesOf(plan),
      description: qualification.description,
      ...(qualification.code && { code: qualification.code }),
      ...(edition && { edition }),
      field: qualification.field,
      ...(part && { partOf: { id: page, title: qualification.title } }),
      ...(input.limits && { limits: input.limits }),
    },
    levels: part ? [] : statedLevels(qualification, fixed.created.slice(0, 10), baseUrl),
    ...(qualification.occupation && { occupation: pick(qualification.occupation) }),
    ...(qualification.fieldOfEducation && { fieldOfEducation: pick(qualification.fieldOfEducation) }),
    units: units.map(({ code, title }) => ({ code, title })),
    ...(input.assessedOn && { assessedOn: input.assessedOn }),
    ...(input.awardedOn && { awardedOn: input.awardedOn }),
    ...signedAssessment(input),
    ...(input.assessor && { assessor: input.assessor }),
    ...(centre && { centre: { id: centreUrl(baseUrl, centre.id), name: centre.name } }),
    ...(signatory && { signatory: { name: signatory.name, position: signatory.position } }),
    validFrom: fixed.created,
    ...(plan.validUntil && { validUntil: plan.validUntil }),
    status: statusReferences(fixed.status, baseUrl),
    schema: `${baseUrl}${schemaPaths[fixed.form]}`,
  }
}

const pick = ({ code, title, url }: { code: string; title: string; url: string }) => ({ code, title, url })

/** The levels that verification supports on that day, with their citations. So no level is signed that our own check would refuse. */
function statedLevels(qualification: Qualification, on: Day, baseUrl: string): Certificate['levels'] {
  const { national, aqrf } = levelsOf(qualification, { on })
  return (
    [
      ['national', national],
      ['aqrf', aqrf],
    ] as const
  ).flatMap(([kind, { framework, level, name, url, basis }]) => {
    if (level === undefined || !supportsStatedLevel(qualification, { kind, framework, level }, { on })) return []
    return [
      {
        kind,
        framework,
        level,
        name: name ?? `${framework} level ${level}`,
        url: `${baseUrl}${url ?? ''}`,
        citation: basis,
      },
    ]
  })
}
