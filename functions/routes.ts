/** What a token must allow. `public` must be said: a route without a scope does not compile (invariant I37). */
export type Scope =
  | 'credentials:issue'
  | 'credentials:status'
  | 'credentials:read'
  | 'registry:propose'
  | 'registry:approve'
  | 'public'

/** One deployable function, one trust boundary, one role. */
export const functionNames = ['verify', 'pages', 'issue', 'status', 'records', 'lists', 'decisions', 'trust'] as const
export type FunctionName = (typeof functionNames)[number]

/** How long CloudFront may keep an answer. `never` also forbids the browser. */
export type Caching = 'never' | 'minute' | 'hour' | 'year'

export interface Route {
  method: 'GET' | 'POST'
  path: `/${string}`
  function: FunctionName
  scope: Scope
  caching: Caching
  summary: string
}

// biome-ignore format: it reads as a table
/** The whole API. It drives API Gateway, the local gateway, OpenAPI, the scopes and the grants. */
export const routes = [
  { method: 'POST', path: '/verify',                                       function: 'verify',  scope: 'public',             caching: 'never',  summary: 'Verify a certificate, a presentation or a link; always a verdict' },
  { method: 'POST', path: '/credentials/verify',                           function: 'verify',  scope: 'public',             caching: 'never',  summary: 'VCALM: verify a credential' },
  { method: 'POST', path: '/presentations/verify',                         function: 'verify',  scope: 'public',             caching: 'never',  summary: 'VCALM: verify a presentation' },

  { method: 'POST', path: '/issuers/{issuer}/credentials',                 function: 'issue',   scope: 'credentials:issue',  caching: 'never',  summary: 'Issue a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/issue',           function: 'issue',   scope: 'credentials:issue',  caching: 'never',  summary: 'VCALM: issue a credential' },

  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/revoke',     function: 'status',  scope: 'credentials:status', caching: 'never',  summary: 'Revoke a certificate, for good' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/suspend',    function: 'status',  scope: 'credentials:status', caching: 'never',  summary: 'Suspend a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/reinstate',  function: 'status',  scope: 'credentials:status', caching: 'never',  summary: 'Lift the suspension of a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/status',          function: 'status',  scope: 'credentials:status', caching: 'never',  summary: 'VCALM: set a status' },

  { method: 'GET',  path: '/issuers/{issuer}/credentials',                 function: 'records', scope: 'credentials:read',   caching: 'never',  summary: 'Certificates of an issuer, newest first; no names' },
  { method: 'GET',  path: '/issuers/{issuer}/credentials/{id}',            function: 'records', scope: 'credentials:read',   caching: 'never',  summary: 'One certificate with its history; no name' },

  { method: 'POST', path: '/authorities/{authority}/accreditations',                function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose an accreditation' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/amend',     function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose other terms of an accreditation' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/suspend',   function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Suspend an accreditation, at once' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/lift',      function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose to lift a suspension' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/withdraw',  function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose to withdraw an accreditation' },
  { method: 'GET',  path: '/authorities/{authority}/proposals',                     function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Proposals of an authority, newest first' },
  { method: 'POST', path: '/authorities/{authority}/proposals/{id}/approve',        function: 'decisions', scope: 'registry:approve', caching: 'never', summary: 'Approve what another officer proposed' },
  { method: 'POST', path: '/authorities/{authority}/proposals/{id}/reject',         function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Reject a proposal' },
  { method: 'POST', path: '/issuers/{issuer}/keys',                                 function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose a new key of an issuer' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/suspend',                    function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Suspend a key, at once' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/resume',                     function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose to resume a key' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/retire',                     function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose to retire a key' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/compromise',                 function: 'decisions', scope: 'registry:propose', caching: 'never', summary: 'Propose to declare a key compromised' },

  { method: 'GET',  path: '/issuers/{issuer}/accreditations',                       function: 'trust',     scope: 'public',           caching: 'minute', summary: 'May an issuer issue what, at which moment, by what was known when' },
  { method: 'GET',  path: '/issuers/{issuer}/keys',                                 function: 'trust',     scope: 'public',           caching: 'minute', summary: 'Keys of an issuer, with their windows' },
  { method: 'POST', path: '/authorization',                                         function: 'trust',     scope: 'public',           caching: 'never',  summary: 'TRQP: is an entity authorised' },
  { method: 'POST', path: '/recognition',                                           function: 'trust',     scope: 'public',           caching: 'never',  summary: 'TRQP: is an authority recognised' },

  { method: 'GET',  path: '/status-lists/{id}',                            function: 'lists',   scope: 'public',             caching: 'minute', summary: 'A signed Bitstring Status List' },

  { method: 'GET',  path: '/issuers/{issuer}/did.json',                    function: 'pages',   scope: 'public',             caching: 'minute', summary: 'DID document of an issuer' },
  { method: 'GET',  path: '/',                                             function: 'pages',   scope: 'public',             caching: 'minute', summary: 'Check a certificate' },
  { method: 'POST', path: '/check',                                        function: 'pages',   scope: 'public',             caching: 'never',  summary: 'Check by code, link or file, from a form' },
  { method: 'GET',  path: '/v/{token}',                                    function: 'pages',   scope: 'public',             caching: 'never',  summary: 'Verdict of a certificate, without the person' },
  { method: 'POST', path: '/v/{token}',                                    function: 'pages',   scope: 'public',             caching: 'never',  summary: 'Verdict of a certificate, with the person' },
  { method: 'GET',  path: '/issuers',                                      function: 'pages',   scope: 'public',             caching: 'minute', summary: 'Issuers of this registry' },
  { method: 'GET',  path: '/issuers/{issuer}',                             function: 'pages',   scope: 'public',             caching: 'minute', summary: 'One issuer: may it issue what, since when' },
  { method: 'GET',  path: '/qualifications/{id}',                          function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'One qualification' },
  { method: 'GET',  path: '/frameworks/{id}',                              function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'One qualifications framework' },
  { method: 'GET',  path: '/schemas/{id}',                                 function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'JSON Schema of the certificate profile' },
  { method: 'GET',  path: '/assets/{file}',                                function: 'pages',   scope: 'public',             caching: 'year',   summary: 'Styles and scripts of the pages' },
  { method: 'GET',  path: '/problems/{id}',                                function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'What a problem type means' },
  { method: 'GET',  path: '/healthz',                                      function: 'pages',   scope: 'public',             caching: 'never',  summary: 'Is the service up' },
  { method: 'GET',  path: '/openapi.json',                                 function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'This API, as OpenAPI 3.1' },
  { method: 'GET',  path: '/.well-known/security.txt',                     function: 'pages',   scope: 'public',             caching: 'hour',   summary: 'Whom to tell about a weakness (RFC 9116)' },
] as const satisfies readonly Route[]

type Row = (typeof routes)[number]
export type RouteRowOf<F extends FunctionName> = Extract<Row, { function: F }>
/** What each function may touch. `infra/aws` turns each word into a grant, and grants nothing else (test/infra). */
export type Grant =
  | 'read-commits'
  // Each kind of stream is a right of its own: who issues cannot write who is trusted.
  | 'write-certificates'
  | 'write-numbers'
  | 'claim-status-entries'
  | 'write-decisions'
  | 'create-keys'
  | 'publish-lists'
  | 'read-boxes'
  | 'write-boxes'
  | 'sign-certificates'
  | 'sign-lists'
  | 'decrypt-secrets'
  | 'seal-notes'

// biome-ignore format: it reads as a table
export const grants = {
  verify:  ['read-commits', 'read-boxes'],
  pages:   ['read-commits', 'read-boxes'],
  issue:   ['read-commits', 'write-certificates', 'write-numbers', 'claim-status-entries', 'read-boxes', 'write-boxes', 'sign-certificates', 'decrypt-secrets'],
  status:  ['read-commits', 'write-certificates', 'seal-notes'],
  records: ['read-commits', 'decrypt-secrets'],
  lists:   ['read-commits', 'publish-lists', 'sign-lists'],
  decisions: ['read-commits', 'write-decisions', 'create-keys'],
  trust:   ['read-commits'],
} as const satisfies Record<FunctionName, readonly Grant[]>
