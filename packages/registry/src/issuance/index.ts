export { type Counted, countInForce } from './count-in-force.ts'
export { type CertificateFilter, filterCertificates } from './filter-certificates.ts'
export { type Interruptions, interruptionsOf, resumeIssuing } from './interruptions.ts'
export { issueCertificate, type Waiting } from './issue.ts'
export type { IssueDeps, IssueRequest } from './issue-deps.ts'
export { issueDocument } from './issue-document.ts'
export {
  type CertificateDetail,
  type CertificateSummary,
  findByNumber,
  listCertificates,
  showCertificate,
} from './list-certificates.ts'
export { proposeNumber } from './next-number.ts'
export { openCertificate } from './open-certificate.ts'
export { openLinkToPrint } from './open-link.ts'
export { previewCertificate } from './preview.ts'
export {
  type IssuingQuota,
  issuingQuota,
  noQuota,
  parseQuotaLimits,
  type QuotaLimits,
  usualQuota,
} from './quota.ts'
export { recordPrint, requirePrint } from './record-print.ts'
export { type RecordedSignature, recordedSignatures } from './recorded-signatures.ts'
export type { Issued } from './reopen.ts'
export { issueSandboxDocument, type SandboxOptions, setSandboxStatus } from './sandbox.ts'
export { isSandbox } from './signing-body.ts'
export { beginSuccession, type Changes, type Succession, succeedCertificate } from './succeed.ts'
export { sweepReservations } from './sweep.ts'
