/** The environment variables of a function. `infra` shares this type, so it must set each of them. */
export interface Environment {
  /** Address of the registry, such as `https://registry.example`, without a slash at the end. DIDs and links contain it. */
  BASE_URL: string
  COMMITS_TABLE: string
  BOXES_TABLE: string
  /** The bucket of trust bundles, tiles and published lists. */
  ARTEFACTS_BUCKET: string
  /** Encrypts issuers' secrets. */
  SECRETS_KEY_ID: string
  /** Issuer of access tokens (OIDC), and the address of its keys. */
  TOKEN_ISSUER: string
  TOKEN_JWKS_URL: string
  /** If the issuer is Amazon Cognito: ids of the clients whose tokens are accepted, separated by commas. Otherwise empty. */
  TOKEN_CLIENTS: string
  /** The sign-ins that suffice to approve: words such as `acr=phr amr=hwk`, or `provider` (docs/runbook.md). */
  APPROVING_SIGN_IN: string
  /** `yes` accepts the sandbox issuer and demonstration roots. Never set it in production. */
  DEMONSTRATION: 'yes' | 'no'
  /** Verifier keys (C2SP signed-note) of the witnesses whose cosignatures count, separated by spaces. May be empty. */
  WITNESSES: string
  /** Ids of the accepted roots, separated by commas. Empty accepts every root that is registered here. */
  ROOTS: string
  /** Ids, or DIDs of external signers, that are refused even if an accepted authority lists them. Separated by commas. May be empty. */
  REFUSED: string
  /** AWS accounts whose bodies may lend their keys, separated by commas. May be empty. */
  KEY_ACCOUNTS: string
  /** Beginning of the ARNs of the roles of this deployment, with a slash at the end. The policies of keys name them. */
  ROLES: string
  /** ARN of the role that may disable, tag and delete keys. No function has it. */
  KEY_ADMINISTRATOR: string
  /** The region to which the administrator copies keys. Empty: none, and keys cannot leave their region. */
  KEY_REPLICA_REGION: string
  /** Signatures a second that one process may ask of KMS. Empty sets no limit. */
  SIGNATURES_PER_SECOND: string
  /**
   * How many certificates a body may issue, as `per second/at once`. Empty means 50/200. `none` sets no limit, for a machine that only one
   * person uses.
   */
  ISSUING_QUOTA: string
  /**
   * Where events of bodies may be sent. `public`: systems on the Internet. `public-and-loopback` also allows this machine, for a registry
   * that only one person uses.
   */
  WEBHOOK_RECEIVERS: 'public' | 'public-and-loopback'
  /** Path of the file in which the operator states who they are. Empty: they have not. */
  OPERATOR_FILE: string
}

/** Further variables of functions that take batches, issue their rows, or make files of them. */
export interface BatchEnvironment extends Environment {
  /** The bucket of sealed files. It is emptied. */
  UPLOADS_BUCKET: string
  /** Address of the queue of ranges of rows. */
  RANGES_QUEUE_URL: string
  /** Address of the queue of files that are made of issued batches. */
  FILES_QUEUE_URL: string
  /** Where that bucket answers people who have a signed address, without a slash at the end. */
  UPLOADS_ADDRESS: string
}

/** A further variable of the function that sends events to systems of bodies. */
export interface DeliverEnvironment extends Environment {
  /** Address of the queue of events whose delivery is due. */
  DELIVERIES_QUEUE_URL: string
}

/** A further variable of functions that answer signed-in officers. */
export interface SessionEnvironment extends Environment {
  /** Name of the secret that seals the sessions of officers. It has at least 43 letters. Another secret signs everybody out. */
  SESSION_SECRET_ID: string
}

/** Further variables of the desk, the only function that signs people in. It does so at the issuer of access tokens (`TOKEN_ISSUER`). */
export interface DeskEnvironment extends SessionEnvironment {
  /** Id of this registry as a client of the identity provider, and the name of its secret in Secrets Manager. */
  SIGN_IN_CLIENT_ID: string
  SIGN_IN_SECRET_ID: string
}
