import type { Certificate } from './certificate.ts'
import { type Form, formOf } from './certificate-form.ts'
import type {
  AlignmentNode,
  EvidenceNode,
  IdentityNode,
  RelatedNode,
  SubjectNode,
  UnitNode,
  UnsecuredDocument,
} from './profile-document.ts'
import { CONTEXT_URLS, narrativeOf } from './profile-shape.ts'

/**
 * Expresses a certificate as an Open Badge. Only this file and its inverse, `from-open-badge.ts`, know how. The schema in the certificate
 * chooses the form. It checks nothing: `prepareCredential` does.
 */
export function toOpenBadge(certificate: Certificate): UnsecuredDocument {
  const { id, issuer, holder, qualification, units } = certificate
  const form = formOf(certificate.schema)
  const evidence = evidenceOf(certificate, form)
  return {
    '@context': CONTEXT_URLS,
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: qualification.title,
    issuer: {
      id: issuer.id,
      type: ['Profile'],
      name: issuer.name,
      url: issuer.url,
      ...(issuer.onBehalfOf && {
        parentOrg: { id: issuer.onBehalfOf.id, type: ['Profile'], name: issuer.onBehalfOf.name },
      }),
    },
    validFrom: certificate.validFrom,
    ...given('validUntil', certificate.validUntil),
    ...given('awardedDate', certificate.awardedOn && `${certificate.awardedOn}${MIDNIGHT}`),
    credentialSubject: subjectOf(certificate),
    ...(evidence.length > 0 && { evidence }),
    credentialStatus: certificate.status.map(({ purpose, list, index }) => ({
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential: list,
    })),
    credentialSchema: [{ id: certificate.schema, type: 'JsonSchema' }],
  }

  function subjectOf({ centre, assessedOn }: Certificate): SubjectNode {
    const alignment = alignmentsOf(certificate)
    const related = relatedOf(certificate)
    const edition = given('version', qualification.edition)
    const limits = given('specialization', qualification.limits)
    return {
      id: holder.id,
      type: ['AchievementSubject'],
      licenseNumber: certificate.certificateNumber,
      identifier: identifiersOf(certificate),
      ...given('activityEndDate', assessedOn && (form === 1 ? assessedOn : `${assessedOn}${MIDNIGHT}`)),
      // If the body assesses by itself, the issuer describes it already.
      ...(centre && {
        source: {
          id: centre.id,
          type: ['Profile'],
          ...((centre.id !== issuer.id || centre.name !== issuer.name) && { name: centre.name }),
        },
      }),
      achievement: {
        id: qualification.id,
        type: ['Achievement'],
        achievementType: qualification.kind,
        name: qualification.title,
        description: qualification.description,
        criteria: { id: `${id}#criteria`, narrative: narrativeOf({ ...edition, ...limits }) },
        ...given('humanCode', qualification.code),
        ...edition,
        inLanguage: qualification.language,
        fieldOfStudy: qualification.field,
        ...limits,
        creator: { id: issuer.id, type: ['Profile'] },
        ...(related.length > 0 && { related }),
        ...(alignment.length > 0 && { alignment }),
        ...(units.length > 0 && { resultDescription: units.map((unit, at) => unitNode(certificate, unit, at + 1)) }),
      },
      ...(units.length > 0 && {
        result: units.map((_, at) => ({
          id: `${id}#result-${at + 1}`,
          type: ['Result'],
          resultDescription: `${id}#unit-${at + 1}`,
          status: 'Completed',
        })),
      }),
    }
  }
}

export const MIDNIGHT = 'T00:00:00Z'

/** An object with this member, or an empty one if there is no value. */
export function given<N extends string, V>(name: N, value: V | undefined): { [K in N]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [K in N]?: V })
}

function identifiersOf({ holder }: Certificate): IdentityNode[] {
  const rows = [
    ['name', holder.name],
    ['ext:nativeName', holder.nativeName],
    ['ext:birthDate', holder.birthDate],
    ['ext:registerNumber', holder.registerNumber],
  ] as const
  return rows.flatMap(([identityType, identityHash]) =>
    identityHash === undefined ? [] : [{ type: 'IdentityObject', hashed: false, identityType, identityHash }],
  )
}

function relatedOf({ id, qualification: { localTitle, partOf } }: Certificate): RelatedNode[] {
  const related: RelatedNode[] = []
  if (localTitle !== undefined) {
    related.push({ id: `${id}#local-title`, type: ['Related'], name: localTitle.text, inLanguage: localTitle.language })
  }
  if (partOf !== undefined) related.push({ id: partOf.id, type: ['Related'], name: partOf.title })
  return related
}

export const levelTypes = { national: 'ext:NationalLevel', aqrf: 'ext:AQRFLevel' } as const

function alignmentsOf({ id, levels, occupation, fieldOfEducation }: Certificate): AlignmentNode[] {
  const rows: Omit<AlignmentNode, 'id' | 'type'>[] = levels.map((level) => ({
    targetType: levelTypes[level.kind],
    targetFramework: level.framework,
    targetCode: level.level,
    targetName: level.name,
    targetUrl: level.url,
    targetDescription: level.citation,
  }))
  const classified = [
    ['ext:Occupation', 'ISCO-08', occupation],
    ['ext:FieldOfEducation', 'ISCED-F 2013', fieldOfEducation],
  ] as const
  for (const [targetType, targetFramework, entry] of classified) {
    if (entry === undefined) continue
    rows.push({ targetType, targetFramework, targetCode: entry.code, targetName: entry.title, targetUrl: entry.url })
  }
  return rows.map((row, at) => ({ id: `${id}#alignment-${at + 1}`, type: ['Alignment'], ...row }))
}

function unitNode({ id, qualification }: Certificate, unit: { code: string; title: string }, number: number): UnitNode {
  return {
    id: `${id}#unit-${number}`,
    type: ['ResultDescription'],
    name: unit.title,
    resultType: 'Status',
    alignment: [
      {
        id: `${id}#unit-${number}-code`,
        type: ['Alignment'],
        targetCode: unit.code,
        targetName: unit.title,
        targetUrl: qualification.id,
      },
    ],
  }
}

function evidenceOf({ id, route, method, assessor, signatory }: Certificate, form: Form): EvidenceNode[] {
  const evidence: EvidenceNode[] = []
  const type = form === 1 ? (['Evidence'] as const) : 'Evidence'
  if (route !== undefined || method !== undefined) {
    const stated = { ...given('name', route), ...given('narrative', method) }
    evidence.push({ id: `${id}#assessment`, type, genre: 'Assessment', ...stated })
  }
  if (assessor !== undefined) {
    evidence.push({ id: `${id}#assessor`, type, genre: 'Assessor', name: assessor })
  }
  if (signatory !== undefined) {
    const { name, position } = signatory
    evidence.push({ id: `${id}#signatory`, type, genre: 'Signatory', name, narrative: position })
  }
  return evidence
}
