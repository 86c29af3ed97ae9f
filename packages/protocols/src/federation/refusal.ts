/** Error codes of OpenID Federation 1.0 §8.9 that a question about a trust anchor can meet. */
export type FederationRefusalCode = 'invalid_request' | 'invalid_subject' | 'invalid_trust_anchor' | 'not_found'

/** A refusal for which the specification has a code. The message is for the caller. */
export class FederationRefusal extends Error {
  override readonly name = 'FederationRefusal'
  readonly code: FederationRefusalCode
  constructor(code: FederationRefusalCode, message: string) {
    super(message)
    this.code = code
  }
}
