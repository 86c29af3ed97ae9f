export { canonicalForm } from './canonical.ts'
export { canonicalJson } from './canonical-json.ts'
export {
  type Certificate,
  type Day,
  type Instant,
  type QualificationKind,
  qualificationKinds,
  type StatedLevel,
  type StatusPurpose,
  type StatusReference,
  statusPurposes,
  type Unit,
} from './certificate.ts'
export { belongsToKey, shownCertificate } from './certificate-chain.ts'
export { CURRENT_FORM, type Form, formOf, forms, schemaPaths } from './certificate-form.ts'
export {
  claimsToBeDecision,
  type DecisionDocument,
  decisionHash,
  digestOfSigned,
  type PreparedDecision,
  parseDecision,
  prepareDecision,
  sealDecision,
  verifyDecisionProof,
} from './decision-credential.ts'
export { fromDecision, type SingleDecision, type TemporaryRegistration } from './decision-document.ts'
export {
  decidedResults,
  entitlementKinds,
  type RegistrationActivity,
  registrationActivities,
} from './decision-shape.ts'
export { type Did, didForIssuer, isDid, issuerOfDid, parseDid, parseVerificationMethod } from './did.ts'
export {
  createDomainText,
  type DomainClaim,
  type DomainTextFault,
  hashDomainText,
  placeOfDomainText,
  readDomainText,
} from './domain-text.ts'
export { isSignedByKey } from './ed25519-signature.ts'
export { foldNumber } from './fold-number.ts'
export { fromOpenBadge } from './from-open-badge.ts'
export { isObject, isObjectOrList } from './json-object.ts'
export {
  decodeMultikey,
  encodeMultikey,
  jwkFromKey,
  type KeyAlgorithm,
  multikeyFromDidKey,
  multikeyFromSpki,
  type PublicKey,
} from './multikey.ts'
export { namedDids } from './named-dids.ts'
export { type NameFault, nameFault, personNameFault, textFault } from './names.ts'
export { toOpenBadge } from './open-badge.ts'
export { type KeyClaim, possessionText, showsPossession } from './possession.ts'
export { type PreparedCredential, prepareCredential } from './prepare.ts'
export { parseProfile, parseUnsecured } from './profile.ts'
export type { ProfileDocument, Proof, ProofOptions, UnsecuredDocument } from './profile-document.ts'
export { CONTEXT_URLS, CREDENTIALS_V2_URL, narrativeOf, OPEN_BADGES_URL } from './profile-shape.ts'
export { DocumentFault, type FaultCode, readJson } from './read-json.ts'
export {
  claimsToBeReceipt,
  fromReceipt,
  type PreparedReceipt,
  parseReceipt,
  prepareReceipt,
  type Receipt,
  type ReceiptDocument,
  receiptHash,
  sealReceipt,
  verifyReceiptProof,
} from './receipt.ts'
export { certificateSchemas } from './schema.ts'
export { sealCredential } from './seal.ts'
export {
  decodeList,
  encodeList,
  isSet,
  LIST_ENTRIES,
  parseListIndex,
  type StatusBits,
  setEntries,
} from './status-list.ts'
export {
  type PreparedStatusList,
  prepareStatusList,
  type StatusListContent,
  type StatusListDocument,
  sealStatusList,
  verifyStatusList,
} from './status-list-credential.ts'
export {
  type ErasureReason,
  erasureReasons,
  type HoldReason,
  holdReasons,
  type RevocationReason,
  revocationReasons,
  type SuspensionReason,
  suspensionReasons,
} from './status-reasons.ts'
export { givenUuid } from './uuid.ts'
export { documentHash, verifyProof, verifyText } from './verify-proof.ts'
