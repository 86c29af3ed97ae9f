import type { Check, Problem, Reason } from './verification.ts'

const VC = 'https://www.w3.org/TR/vc-data-model#'
const DI = 'https://w3id.org/security#'
const SL = 'https://www.w3.org/ns/credentials/status-list#'

// biome-ignore format: it reads as a table
/** The problem for each reason (RFC 9457). A type without a scheme is ours: `{baseUrl}/problems/{type}`. A reason without a row does not compile. */
const types = {
  'context-not-allowed':       ['context-not-allowed',                  'The contexts of the document differ from those of the profile, or are in another order'],
  'malformed-value':           [`${VC}MALFORMED_VALUE_ERROR`,           'A member does not have the form that the profile requires'],
  'undefined-term':            [`${DI}DATA_LOSS_DETECTION_ERROR`,       'A member is not defined here, so the signature cannot cover it'],
  'not-a-certificate':         ['validation-failed',                    'This is not a certificate of skills'],
  'issuer-name-differs':       ['validation-failed',                    'The issuer\'s name is not the one recorded at issue'],
  'proof-missing':             ['proof-missing',                        'The document is not signed'],
  'proof-malformed':           [`${DI}PROOF_VERIFICATION_ERROR`,        'The proof does not have the form that the profile requires'],
  'signature-mismatch':        [`${VC}CRYPTOGRAPHIC_SECURITY_ERROR`,    'The content was changed after it was signed, or signed with another key'],
  'suite-not-allowed':         [`${VC}CRYPTOGRAPHIC_SECURITY_ERROR`,    'The signature is of a kind that is not accepted here'],
  'proof-time-implausible':    ['validation-failed',                    'The time that the signature states contradicts the record'],
  'key-not-at-hand':           ['issuer-unknown',                       'The key of the signature is not known here'],
  'challenge-mismatch':        [`${DI}INVALID_CHALLENGE_ERROR`,         'The presentation answers another challenge'],
  'domain-mismatch':           [`${DI}INVALID_DOMAIN_ERROR`,            'The presentation was made for another verifier'],
  'key-not-authorized':        ['key-not-authorized',                   'The issuer has not authorised this key for certificates'],
  'key-retired':               ['key-retired',                          'The key had been retired when it signed this'],
  'key-suspended':             ['key-suspended',                        'The key is suspended, and nothing shows that this was signed before'],
  'key-compromised':           ['key-compromised',                      'The key was compromised, and nothing shows that this was signed before'],
  'issuer-mismatch':           ['issuer-mismatch',                      'The key of the signature does not belong to the issuer'],
  'holder-mismatch':           ['holder-mismatch',                      'The person who presents it is not its holder'],
  'not-yet-valid':             ['not-yet-valid',                        'It is not valid yet'],
  'expired':                   ['expired',                              'It has expired'],
  'revoked':                   ['revoked',                              'It was revoked'],
  'superseded':                ['superseded',                           'Another certificate has taken its place'],
  'suspended':                 ['suspended',                            'It is suspended'],
  'burned':                    ['burned',                               'Its issuing was abandoned'],
  'status-mismatch':           ['status-mismatch',                      'Its status entry is not the one recorded for it'],
  'status-index-out-of-range': [`${VC}RANGE_ERROR`,                     'Its status entry lies outside its list'],
  'status-list-unusable':      [`${SL}STATUS_VERIFICATION_ERROR`,       'Its status list cannot be used'],
  'status-not-retrievable':    [`${SL}STATUS_RETRIEVAL_ERROR`,          'Its status list is not available'],
  'not-recorded':              ['not-recorded',                         'The issuer\'s registry has no record of it'],
  'not-finished':              ['not-finished',                         'Its issuing has not finished'],
  'issuer-unknown':            ['issuer-unknown',                       'No authority accepted here has listed its issuer'],
  'issuer-refused':            ['issuer-refused',                       'This registry has decided not to accept its issuer'],
  'issuer-not-accredited':     ['issuer-not-accredited-at-issuance',    'The issuer was not allowed to issue this on that day'],
  'issuer-suspended':          ['issuer-suspended-at-issuance',         'The issuer was suspended on that day'],
  'issuer-withdrawn':          ['issuer-not-accredited-at-issuance',    'The accreditation of the issuer was withdrawn with effect from before that day'],
  'centre-unknown':            ['centre-unknown',                       'The assessment centre is not known here'],
  'centre-not-in-scope':       ['centre-not-in-scope',                  'The assessment centre was not allowed to assess for this on that day'],
  'qualification-unknown':     ['qualification-unknown',                'The qualification is not in the register'],
  'level-not-supported':       ['level-not-supported',                  'No endorsed table supports the level that it states'],
  'depends-on-another-check':  undefined,
  'record-not-readable':       ['dependency-unavailable',               'The record could not be read just now'],
  'kept-elsewhere':            ['kept-elsewhere',                       'Only the registry that keeps its record can say'],
  'catalogue-not-copied':      ['catalogue-not-copied',                 'The qualification belongs to another registry, and its catalogue is not copied here'],
  'list-out-of-date':          ['list-out-of-date',                     'The list that would vouch for its issuer is out of date'],
} as const satisfies Record<Reason, readonly [string, string] | undefined>

const retryable = new Set<Reason>(['record-not-readable', 'status-not-retrievable', 'not-finished'])

/** RFC 9457 objects for the checks that did not pass. A check that only depends on another one adds no problem. */
export function problemsOf(checks: readonly Check[], baseUrl: string): Problem[] {
  const problems = checks.flatMap((check): Problem[] => {
    if (check.outcome === 'passed') return []
    const row = types[check.reason]
    if (row === undefined) return []
    const [type, title] = row
    const pointer = check.evidence?.pointer
    return [
      {
        type: type.includes(':') ? type : `${baseUrl}/problems/${type}`,
        title,
        ...(typeof pointer === 'string' && {
          pointer,
          detail: `See ${pointer === '' ? 'the document as a whole' : pointer}`,
        }),
        ...(retryable.has(check.reason) && { retryable: true }),
      },
    ]
  })
  return listedOnce(problems)
}

/** Keeps each problem once. Several checks or documents may have the same one. */
export const listedOnce = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

/** Title of each problem type of this registry that a check can name, for the pages that explain them. */
export const checkProblems: ReadonlyMap<string, string> = new Map(
  Object.values(types).flatMap((row): [string, string][] =>
    row === undefined || row[0].includes(':') ? [] : [[row[0], row[1]]],
  ),
)
