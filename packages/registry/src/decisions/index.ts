export { isFreshSignIn } from '../fresh-sign-in.ts'
export type { RefusalReason } from '../refusal-reasons.ts'
export {
  accredit,
  amendAccreditation,
  decidesAbout,
  establish,
  liftSuspension,
  suspendAccreditation,
  withdrawAccreditation,
} from './accredit.ts'
export { rightsOf } from './accreditable.ts'
export { type ApprovedSingle, approveSingle } from './approve-single.ts'
export { type BootstrapRequest, bootstrapRegistry, rehearseBootstrap } from './bootstrap-registry.ts'
export { carryOut } from './carry-out.ts'
export { changeContact } from './change-contact.ts'
export { approveAction, approveActions, listActions, rejectAction } from './decide-action.ts'
export { decideRecognition } from './decide-class.ts'
export type { CarryOutDeps, DecideDeps, DecideReader, Decision } from './decide-deps.ts'
export { compareDomainText, type DomainRequest, requestDomainText, type TextMarks } from './domain-control.ts'
export { awaitedOf } from './joining.ts'
export { addKey, compromiseKey, resumeKey, retireKey, suspendKey } from './keys.ts'
export type { LentKey } from './lent-keys.ts'
export { type ListedLetter, listLetters, openLetter } from './letters.ts'
export { loadBaseline, loadFirstBaseline, rehearseBaseline } from './load-baseline.ts'
export type { Resembled } from './look-alikes.ts'
export { lookForOfficer } from './look-at.ts'
export { openSignatories } from './open-signatories.ts'
export { requireOversight } from './overseers.ts'
export {
  carryOutOnCertificate,
  holdCertificateByAuthority,
  liftHoldByAuthority,
  overseenCertificate,
  suspendCertificateByAuthority,
} from './oversight.ts'
export { namesOwnMembers } from './own-members.ts'
export { actsForOwner, isOwnRecord, listOwnFrameworks } from './own-records.ts'
export { logoLimits } from './png/image-fault.ts'
export { listProposals, type Proposal, type ProposedChange, requireProposal } from './proposals.ts'
export { approveProposal, isPromotionOf, proposeChange, rehearseProposal, rejectProposal } from './propose.ts'
export {
  askForChange,
  listSingles,
  openSingle,
  proposeSingle,
  rehearseSingle,
  rejectSingle,
  requireSingle,
} from './propose-single.ts'
export type { RecognitionChange } from './recognition-change.ts'
export { registerAuthority, registerBody, registerCentre, succeed } from './register.ts'
export { findRepeats, isRepeat, type Repeats } from './repeats.ts'
export { MOST_ROOM, setBrake } from './set-brake.ts'
export { storeLogo } from './set-logo.ts'
export { MOST_ROWS, MOST_YEARS } from './set-policy.ts'
export { sealSignatory } from './set-signatory.ts'
export { requireReceiver } from './set-webhook.ts'
export { type SignedReceipts, signReceipt } from './sign-receipt.ts'
export type { SingleDeps } from './single-deps.ts'
export type { SingleDraft, SingleTerms } from './single-draft.ts'
export { activeGrants, suspendAllByOfficer, suspendByOfficer, suspendKeyByOfficer } from './unilateral-actions.ts'
