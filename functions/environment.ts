/** What a function is told about where it runs. `infra` must supply every line: it shares this type. */
export interface Environment {
  /** `https://registry.example`, without a slash at the end. DIDs and links contain it. */
  BASE_URL: string
  COMMITS_TABLE: string
  BOXES_TABLE: string
  /** Encrypts issuers' secrets. */
  SECRETS_KEY_ID: string
  /** Issuer of access tokens (OIDC), and where its keys are. */
  TOKEN_ISSUER: string
  TOKEN_JWKS_URL: string
  /** `yes` where the sandbox issuer and demonstration roots are accepted. Never in production. */
  DEMONSTRATION: 'yes' | 'no'
  /** Verifier keys of the witnesses whose cosignatures count (C2SP signed-note), separated by spaces; may be empty. */
  WITNESSES: string
  /** Ids of the roots that are accepted, separated by commas; empty: every root that is registered here. */
  ROOTS: string
  /** Ids, or DIDs of bodies that sign elsewhere, that are not accepted, whoever vouches for them; separated by commas; may be empty. */
  REFUSED: string
  /** Accounts of AWS whose bodies may lend their keys, separated by commas; may be empty. */
  KEY_ACCOUNTS: string
  /** What a body may issue, as `certificates a second/certificates at once`; empty: 50/200; `none` on a machine that one person uses alone. */
  ISSUING_QUOTA: string
}

/** What the desk is told besides: it alone signs people in, at the issuer of access tokens (`TOKEN_ISSUER`). */
export interface DeskEnvironment extends Environment {
  /** This registry as a client of the identity provider. */
  SIGN_IN_CLIENT_ID: string
  SIGN_IN_CLIENT_SECRET: string
  /** Seals the sessions of people; at least 43 letters. Another one signs everybody out. */
  SESSION_SECRET: string
}
