// Made by generate-lines.ts: what jsonld.js says of each shape under the pinned contexts. A test holds it equal.
import { describe, describeUnlessMention, escaped, type LinesOf, linesToAll, type Row } from './node-lines.ts'

const organisationLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const issuerLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n'
  if (node.parentOrg !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#parentOrg> ' + describe(node.parentOrg as Row, organisationLines, graph) + ' .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  lines += name + ' <https://schema.org/url> "' + node.url + '"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n'
  return lines
}
const identifierItemLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed> "false"^^<https://www.w3.org/2001/XMLSchema#boolean> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash> "' + escaped(node.identityHash, graph) + '" .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType> "' + node.identityType + '" .\n'
  return lines
}
const centreLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n'
  if (node.name !== undefined) lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const criteriaLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative> "' + node.narrative + '" .\n'
  return lines
}
const mentionLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n'
  return lines
}
const relatedItemLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Related> .\n'
  if (node.inLanguage !== undefined) lines += name + ' <https://schema.org/inLanguage> "' + node.inLanguage + '" .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const alignmentItemLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/AlignmentObject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode> "' + escaped(node.targetCode, graph) + '" .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetType> "' + node.targetType + '" .\n'
  if (node.targetDescription !== undefined) lines += name + ' <https://schema.org/targetDescription> "' + escaped(node.targetDescription, graph) + '" .\n'
  lines += name + ' <https://schema.org/targetFramework> "' + escaped(node.targetFramework, graph) + '" .\n'
  lines += name + ' <https://schema.org/targetName> "' + escaped(node.targetName, graph) + '" .\n'
  lines += name + ' <https://schema.org/targetUrl> "' + node.targetUrl + '"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n'
  return lines
}
const unitCodeLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/AlignmentObject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode> "' + escaped(node.targetCode, graph) + '" .\n'
  lines += name + ' <https://schema.org/targetName> "' + escaped(node.targetName, graph) + '" .\n'
  lines += name + ' <https://schema.org/targetUrl> "' + node.targetUrl + '"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n'
  return lines
}
const unitLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#ResultDescription> .\n'
  lines += linesToAll(node.alignment as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment> ', unitCodeLines, graph)
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultType> "Status" .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const achievementLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria> ' + describe(node.criteria as Row, criteriaLines, graph) + ' .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievementType> "' + node.achievementType + '" .\n'
  if (node.alignment !== undefined) lines += linesToAll(node.alignment as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment> ', alignmentItemLines, graph)
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator> ' + describeUnlessMention(node.creator as Row, mentionLines, graph) + ' .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#fieldOfStudy> "' + escaped(node.fieldOfStudy, graph) + '" .\n'
  if (node.humanCode !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode> "' + escaped(node.humanCode, graph) + '" .\n'
  if (node.related !== undefined) lines += linesToAll(node.related as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#related> ', relatedItemLines, graph)
  if (node.resultDescription !== undefined) lines += linesToAll(node.resultDescription as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription> ', unitLines, graph)
  if (node.specialization !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#specialization> "' + escaped(node.specialization, graph) + '" .\n'
  if (node.version !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#version> "' + escaped(node.version, graph) + '" .\n'
  lines += name + ' <https://schema.org/description> "' + escaped(node.description, graph) + '" .\n'
  lines += name + ' <https://schema.org/inLanguage> "' + node.inLanguage + '" .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const resultLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription> "' + node.resultDescription + '"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#status> "Completed" .\n'
  return lines
}
const subjectLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement> ' + describe(node.achievement as Row, achievementLines, graph) + ' .\n'
  if (node.activityEndDate !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityEndDate> "' + node.activityEndDate + '"^^<https://www.w3.org/2001/XMLSchema#date> .\n'
  lines += linesToAll(node.identifier as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier> ', identifierItemLines, graph)
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber> "' + escaped(node.licenseNumber, graph) + '" .\n'
  if (node.result !== undefined) lines += linesToAll(node.result as Row[], name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#result> ', resultLines, graph)
  if (node.source !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#source> ' + describeUnlessMention(node.source as Row, centreLines, graph) + ' .\n'
  return lines
}
const evidenceItemLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence> .\n'
  if (node.narrative !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative> "' + escaped(node.narrative, graph) + '" .\n'
  lines += name + ' <https://schema.org/genre> "' + node.genre + '" .\n'
  if (node.name !== undefined) lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  return lines
}
const credentialStatusItemLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/status#BitstringStatusListEntry> .\n'
  lines += name + ' <https://www.w3.org/ns/credentials/status#statusListCredential> <' + node.statusListCredential + '> .\n'
  lines += name + ' <https://www.w3.org/ns/credentials/status#statusListIndex> "' + node.statusListIndex + '" .\n'
  lines += name + ' <https://www.w3.org/ns/credentials/status#statusPurpose> "' + node.statusPurpose + '" .\n'
  return lines
}
const schemaLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#JsonSchema> .\n'
  return lines
}
const certificateLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential> .\n' + name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n'
  if (node.awardedDate !== undefined) lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate> "' + node.awardedDate + '"^^<xsd:dateTime> .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  lines += linesToAll(node.credentialSchema as Row[], name + ' <https://www.w3.org/2018/credentials#credentialSchema> ', schemaLines, graph)
  lines += linesToAll(node.credentialStatus as Row[], name + ' <https://www.w3.org/2018/credentials#credentialStatus> ', credentialStatusItemLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#credentialSubject> ' + describe(node.credentialSubject as Row, subjectLines, graph) + ' .\n'
  if (node.evidence !== undefined) lines += linesToAll(node.evidence as Row[], name + ' <https://www.w3.org/2018/credentials#evidence> ', evidenceItemLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#issuer> ' + describe(node.issuer as Row, issuerLines, graph) + ' .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#validFrom> "' + node.validFrom + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  if (node.validUntil !== undefined) lines += name + ' <https://www.w3.org/2018/credentials#validUntil> "' + node.validUntil + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  return lines
}
const listLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/status#BitstringStatusList> .\n'
  lines += name + ' <https://www.w3.org/ns/credentials/status#encodedList> "' + node.encodedList + '"^^<https://w3id.org/security#multibase> .\n'
  lines += name + ' <https://www.w3.org/ns/credentials/status#statusPurpose> "' + node.statusPurpose + '" .\n'
  return lines
}
const statusListLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n' + name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/status#BitstringStatusListCredential> .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#credentialSubject> ' + describe(node.credentialSubject as Row, listLines, graph) + ' .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#issuer> <' + node.issuer + '> .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#validFrom> "' + node.validFrom + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#validUntil> "' + node.validUntil + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  return lines
}
const hostLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n'
  lines += name + ' <https://schema.org/name> "' + escaped(node.name, graph) + '" .\n'
  lines += name + ' <https://schema.org/url> "' + node.url + '"^^<https://www.w3.org/2001/XMLSchema#anyURI> .\n'
  return lines
}
const endorsedLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment> "' + node.endorsementComment + '" .\n'
  return lines
}
const originalLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <https://w3id.org/security#digestMultibase> "' + node.digestMultibase + '"^^<https://w3id.org/security#multibase> .\n'
  return lines
}
const decisionLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential> .\n' + name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n'
  lines += name + ' <https://schema.org/name> "Decision of a host authority about one certificate" .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#credentialSubject> ' + describe(node.credentialSubject as Row, endorsedLines, graph) + ' .\n'
  lines += linesToAll(node.evidence as Row[], name + ' <https://www.w3.org/2018/credentials#evidence> ', evidenceItemLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#issuer> ' + describe(node.issuer as Row, hostLines, graph) + ' .\n'
  lines += linesToAll(node.relatedResource as Row[], name + ' <https://www.w3.org/2018/credentials#relatedResource> ', originalLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#validFrom> "' + node.validFrom + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  if (node.validUntil !== undefined) lines += name + ' <https://www.w3.org/2018/credentials#validUntil> "' + node.validUntil + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  return lines
}
const receivedPortfolioLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment> "The authority received a portfolio with this manifest. This says nothing about what the files are worth, is no decision, and is no statement about a certificate." .\n'
  return lines
}
const manifestLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <https://w3id.org/security#digestMultibase> "' + node.digestMultibase + '"^^<https://w3id.org/security#multibase> .\n'
  return lines
}
const receivingLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence> .\n'
  lines += name + ' <https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative> "' + node.narrative + '" .\n'
  lines += name + ' <https://schema.org/genre> "Portfolio received" .\n'
  lines += name + ' <https://schema.org/name> "' + node.name + '" .\n'
  return lines
}
const receiptLines: LinesOf = (node, name, graph) => {
  let lines = ''
  lines += name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential> .\n' + name + ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n'
  lines += name + ' <https://schema.org/name> "Receipt of an authority for a portfolio of evidence" .\n'
  lines += name + ' <https://www.w3.org/2018/credentials#credentialSubject> ' + describe(node.credentialSubject as Row, receivedPortfolioLines, graph) + ' .\n'
  lines += linesToAll(node.evidence as Row[], name + ' <https://www.w3.org/2018/credentials#evidence> ', receivingLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#issuer> ' + describe(node.issuer as Row, hostLines, graph) + ' .\n'
  lines += linesToAll(node.relatedResource as Row[], name + ' <https://www.w3.org/2018/credentials#relatedResource> ', manifestLines, graph)
  lines += name + ' <https://www.w3.org/2018/credentials#validFrom> "' + node.validFrom + '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
  return lines
}
export { certificateLines, statusListLines, decisionLines, receiptLines }
