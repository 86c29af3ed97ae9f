import { DocumentFault, type FaultCode } from '../read-json.ts'

const model = 'https://www.w3.org/TR/vc-data-model#'
const security = 'https://w3id.org/security#'

/** Problem types of the specifications (VCDM 2.0 §7.3, Data Integrity §5.2). Our own types are made from the code. */
const types: Record<FaultCode, string> = {
  'malformed-json': `${model}PARSING_ERROR`,
  'duplicate-member': `${model}PARSING_ERROR`,
  'document-too-complex': `${model}PARSING_ERROR`,
  'context-not-allowed': `${model}MALFORMED_VALUE_ERROR`,
  'malformed-value': `${model}MALFORMED_VALUE_ERROR`,
  'not-a-certificate': `${model}MALFORMED_VALUE_ERROR`,
  'status-mismatch': `${model}MALFORMED_VALUE_ERROR`,
  'status-index-out-of-range': `${model}RANGE_ERROR`,
  'unknown-member': `${security}DATA_LOSS_DETECTION_ERROR`,
  'proof-missing': `${security}PROOF_VERIFICATION_ERROR`,
  'proof-malformed': `${security}PROOF_VERIFICATION_ERROR`,
  'suite-not-allowed': `${security}PROOF_VERIFICATION_ERROR`,
}

export interface Fault {
  code: FaultCode
  /** JSON Pointer, RFC 6901. */
  pointer: string
  /** The broken rule, never a value of the document. */
  detail: string
  /** Problem type of the specification. */
  type: string
}

/** Converts a `DocumentFault`. Any other error is a bug of ours and is thrown again. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof DocumentFault)) throw error
  return { code: error.code, pointer: error.pointer, detail: error.message, type: types[error.code] }
}
