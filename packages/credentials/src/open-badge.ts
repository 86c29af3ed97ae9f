import type { Certificate, StatedLevel } from './certificate.ts'
import type {
  AlignmentNode,
  EvidenceNode,
  IdentityNode,
  RelatedNode,
  SubjectNode,
  UnitNode,
  UnsecuredDocument,
} from './profile-document.ts'
import { CONTEXT_URLS, criteriaNarratives } from './profile-shape.ts'

/**
 * How a certificate stands in an Open Badge. This file alone knows; a page of the documentation (`docs/profile.md`) says it in words.
 * It checks nothing: `prepareCredential` does.
 */
export function toOpenBadge(certificate: Certificate): UnsecuredDocument {
  const { id, issuer, holder, qualification, units } = certificate
  const evidence = evidenceOf(certificate)
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
    const limited = qualification.limits !== undefined
    return {
      id: holder.id,
      type: ['AchievementSubject'],
      licenseNumber: certificate.certificateNumber,
      identifier: identifiersOf(certificate),
      ...given('activityEndDate', assessedOn),
      // A body that assesses by itself is described as the issuer already.
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
        criteria: { id: `${id}#criteria`, narrative: criteriaNarratives[limited ? 'limited' : 'unlimited'] },
        ...given('humanCode', qualification.code),
        version: qualification.edition,
        inLanguage: qualification.language,
        fieldOfStudy: qualification.field,
        ...given('specialization', qualification.limits),
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

const MIDNIGHT = 'T00:00:00Z'

function given<N extends string, V>(name: N, value: V | undefined): { [K in N]?: V } {
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

const levelTypes = { national: 'ext:NationalLevel', aqrf: 'ext:AQRFLevel' } as const

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

function evidenceOf({ id, route, method, assessor, signatory }: Certificate): EvidenceNode[] {
  const evidence: EvidenceNode[] = []
  if (route !== undefined || method !== undefined) {
    const said = { ...given('name', route), ...given('narrative', method) }
    evidence.push({ id: `${id}#assessment`, type: ['Evidence'], genre: 'Assessment', ...said })
  }
  if (assessor !== undefined) {
    evidence.push({ id: `${id}#assessor`, type: ['Evidence'], genre: 'Assessor', name: assessor })
  }
  if (signatory !== undefined) {
    const { name, position } = signatory
    evidence.push({ id: `${id}#signatory`, type: ['Evidence'], genre: 'Signatory', name, narrative: position })
  }
  return evidence
}

/** The inverse: total on every checked document. */
export function fromOpenBadge(document: UnsecuredDocument): Certificate {
  const { issuer, credentialSubject: subject } = document
  const { achievement, source } = subject
  const identity = (type: IdentityNode['identityType']) =>
    subject.identifier.find((entry) => entry.identityType === type)?.identityHash
  const evidence = (genre: EvidenceNode['genre']) => document.evidence?.find((entry) => entry.genre === genre)
  const classified = (type: AlignmentNode['targetType']) => {
    const entry = achievement.alignment?.find(({ targetType }) => targetType === type)
    return entry && { code: entry.targetCode, title: entry.targetName, url: entry.targetUrl }
  }
  const localTitle = achievement.related?.find(({ inLanguage }) => inLanguage !== undefined)
  const whole = achievement.related?.find(({ inLanguage }) => inLanguage === undefined)
  const signatory = evidence('Signatory')
  return {
    id: document.id,
    issuer: {
      id: issuer.id,
      name: issuer.name,
      url: issuer.url,
      ...(issuer.parentOrg && { onBehalfOf: { id: issuer.parentOrg.id, name: issuer.parentOrg.name } }),
    },
    holder: {
      id: subject.id,
      name: identity('name') ?? '',
      ...given('nativeName', identity('ext:nativeName')),
      ...given('birthDate', identity('ext:birthDate')),
      ...given('registerNumber', identity('ext:registerNumber')),
    },
    certificateNumber: subject.licenseNumber,
    qualification: {
      id: achievement.id,
      kind: achievement.achievementType,
      title: achievement.name,
      language: achievement.inLanguage,
      ...given('localTitle', localTitle && { text: localTitle.name, language: localTitle.inLanguage ?? '' }),
      description: achievement.description,
      ...given('code', achievement.humanCode),
      edition: achievement.version,
      field: achievement.fieldOfStudy,
      ...given('partOf', whole && { id: whole.id, title: whole.name }),
      ...given('limits', achievement.specialization),
    },
    levels: (achievement.alignment ?? []).flatMap(levelOf),
    ...given('occupation', classified('ext:Occupation')),
    ...given('fieldOfEducation', classified('ext:FieldOfEducation')),
    units: (achievement.resultDescription ?? []).map(({ name, alignment: [{ targetCode }] }) => ({
      code: targetCode,
      title: name,
    })),
    ...given('assessedOn', subject.activityEndDate),
    ...given('awardedOn', document.awardedDate?.slice(0, -MIDNIGHT.length)),
    ...given('route', evidence('Assessment')?.name),
    ...given('method', evidence('Assessment')?.narrative),
    ...given('assessor', evidence('Assessor')?.name),
    ...given('centre', source && { id: source.id, name: source.name ?? issuer.name }),
    ...given('signatory', signatory && { name: signatory.name ?? '', position: signatory.narrative ?? '' }),
    validFrom: document.validFrom,
    ...given('validUntil', document.validUntil),
    status: document.credentialStatus.map(({ statusPurpose, statusListCredential, statusListIndex }) => ({
      purpose: statusPurpose,
      list: statusListCredential,
      index: Number(statusListIndex),
    })),
    schema: document.credentialSchema[0].id,
  }
}

function levelOf(entry: AlignmentNode): StatedLevel[] {
  const kind = (['national', 'aqrf'] as const).find((name) => levelTypes[name] === entry.targetType)
  if (kind === undefined) return []
  return [
    {
      kind,
      framework: entry.targetFramework ?? '',
      level: entry.targetCode,
      name: entry.targetName,
      url: entry.targetUrl,
      citation: entry.targetDescription ?? '',
    },
  ]
}
