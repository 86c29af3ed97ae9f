import type { Certificate, StatedLevel } from './certificate.ts'
import { given, levelTypes, MIDNIGHT } from './open-badge.ts'
import type { AlignmentNode, EvidenceNode, IdentityNode, UnsecuredDocument } from './profile-document.ts'

/** The inverse of `toOpenBadge`. It never fails for a checked document. */
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
      ...given('edition', achievement.version),
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
    // The first form has a day, the second form the midnight of that day.
    ...given('assessedOn', subject.activityEndDate?.slice(0, 'YYYY-MM-DD'.length)),
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
