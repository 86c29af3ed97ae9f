/** The error codes of OpenID Federation 1.0 §8.9 that apply to a trust anchor. */
export type FederationRefusalCode = 'invalid_request' | 'invalid_subject' | 'invalid_trust_anchor' | 'not_found'

/** A refusal with a code of the specification. The message is for the caller. */
export class FederationRefusal extends Error {
  override readonly name = 'FederationRefusal'
  readonly code: FederationRefusalCode
  constructor(code: FederationRefusalCode, message: string) {
    super(message)
    this.code = code
  }
}
