import type { UnsecuredDocument } from './profile-document.ts'
import { narrativeOf } from './profile-shape.ts'
import { DocumentFault, type FaultCode } from './read-json.ts'

/**
 * Checks members that must agree with each other. Each id is described only once: two objects with one id are one node of the graph, so
 * their members could be exchanged without breaking the signature.
 */
export function requireAgreement(document: UnsecuredDocument): void {
  const { issuer, credentialSubject: subject, validFrom, validUntil } = document
  const { achievement, source } = subject

  // Both have the same length and form, so compare them as text.
  if (validUntil !== undefined && validUntil < validFrom) refuse('/validUntil', 'ends before it begins')
  if (document.name !== achievement.name) refuse('/name', "differs from the achievement's name")
  requireStatus(document)

  if (achievement.creator.id !== issuer.id) refuse('/credentialSubject/achievement/creator/id', 'not the issuer')
  if (achievement.criteria.narrative !== narrativeOf(achievement)) {
    refuse('/credentialSubject/achievement/criteria/narrative', 'does not agree with version and specialization')
  }
  requireUnits(document)

  const described = [document.id, subject.id, issuer.id, achievement.id, document.credentialSchema[0].id]
  if (issuer.parentOrg !== undefined) described.push(issuer.parentOrg.id)
  for (const related of achievement.related ?? []) described.push(related.id)
  const isMention = source !== undefined && source.id === issuer.id
  if (source !== undefined) {
    if (isMention !== (source.name === undefined))
      refuse('/credentialSubject/source', 'must have a name if it is not the issuer, and only then')
    if (!isMention) described.push(source.id)
  }
  for (let at = 1; at < described.length; at++) {
    if (described.indexOf(described[at] ?? '') !== at) refuse('', 'two objects have the same id')
  }
}

function requireStatus({ credentialStatus }: UnsecuredDocument): void {
  for (let at = 0; at < credentialStatus.length; at++) {
    const entry = credentialStatus[at]
    if (entry?.id !== `${entry?.statusListCredential}#${entry?.statusListIndex}`) {
      refuse(`/credentialStatus/${at}/id`, 'does not match its list and index', 'status-mismatch')
    }
  }
  const [revocation, suspension] = credentialStatus
  if (revocation?.statusListCredential === suspension?.statusListCredential) {
    refuse('/credentialStatus/1/statusListCredential', 'each purpose needs its own list', 'status-mismatch')
  }
}

function requireUnits({ credentialSubject: { result, achievement } }: UnsecuredDocument): void {
  const units = achievement.resultDescription ?? []
  if (result?.length !== achievement.resultDescription?.length) {
    refuse('/credentialSubject/result', 'not one result for each unit')
  }
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]
    const code = unit?.alignment[0]
    if (code?.targetName !== unit?.name || code?.targetUrl !== achievement.id) {
      refuse(`/credentialSubject/achievement/resultDescription/${at}/alignment/0`, 'does not agree with its unit')
    }
  }
}

function refuse(pointer: string, message: string, code: FaultCode = 'malformed-value'): never {
  throw new DocumentFault(code, pointer, message)
}
