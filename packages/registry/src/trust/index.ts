export { accreditationStatus, type TrustQuestion } from './accreditation-status.ts'
export { type AccreditationSummary, accreditationSummary, reachedBy, siteOf } from './accreditation-summary.ts'
export { type Accreditation, accreditationAt, accreditationsAt } from './accreditations.ts'
export {
  asksForSecond,
  type BodyPolicy,
  batchAsksForSecond,
  type PolicyAct,
  policyActs,
  policyHistory,
  policyIn,
  policyOn,
  retentionOf,
} from './body-policy.ts'
export { trustByVersion } from './by-version.ts'
export { rootLink } from './chain-link.ts'
export { contactLink, contactOn, identityOn, MAX_CONTACT_LENGTH } from './contact.ts'
export { type CoveringTerms, coverageOf, type KnownQualification, knownAt } from './coverage.ts'
export { countingAt, type Moments } from './dated.ts'
export { didDocument } from './did-document.ts'
export { type Difference, differencesOf } from './differences.ts'
export {
  type AcceptedList,
  type Entity,
  type Grant,
  type KeyRecord,
  keysFor,
  type LinkDecision,
  successorOn,
  usableKeys,
} from './entity.ts'
export { type EventTerms, termsOfEvents } from './event-terms.ts'
export {
  type Assurance,
  type DomainControl,
  type GrantTerms,
  type Identity,
  localNamesOf,
  type Right,
  rights,
  type TrustEvent,
  type TrustHistory,
} from './events.ts'
export { entityAt } from './fold.ts'
export { grantOn, grantState, termsAt } from './grant.ts'
export { type GivenGrants, listGiven } from './grants-below.ts'
export { accreditationsInForce, vouchedFor } from './in-force.ts'
export { type AccreditationStatus, accreditationStatuses, type ChainLink, type IssuerAnswer } from './issuer-answer.ts'
export { isLentFor } from './lent-for.ts'
export { type ListedAccreditations, listAccreditations, requireEntity } from './list-accreditations.ts'
export { type Logo, logoAt, logoFile, logoHistory } from './logo.ts'
export {
  addMember,
  listMembers,
  listMemberships,
  listOffices,
  mayDecide,
  noSuchIssuer,
  type Role,
  removeMember,
  requireAnyRole,
  requireMember,
  requireOfficer,
  roles,
} from './members.ts'
export { placeOf, stateOf } from './place.ts'
export { isRefused, isRoot, isWholeRoot, mayName, speaksFor, speaksOf, type TrustPolicy } from './policy.ts'
export { cachedTrust, type TrustReader, trustOf } from './reader.ts'
export {
  everyRegistered,
  isSandbox,
  listRegistered,
  type Registration,
  readEach,
} from './registrations.ts'
export { type SealedSignatory, signatoryAt, signatoryHistory } from './signatory.ts'
export { statusChanges } from './status-changes.ts'
export { isSuccessor } from './successors.ts'
export { usualRight } from './usual-right.ts'
