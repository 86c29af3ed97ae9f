/** Either scope suffices: an officer who may only approve can still read proposals and reject them. */
const OFFICE = 'registry:propose|registry:approve'
/** A person who may request a waiting action, or may release one, can list them. */
const WAITING = 'registry:propose|registry:approve|credentials:status'

/** A batch asks for the first, and a list of changes for the second: the answer looks which of both it is. */
const BATCH = 'credentials:issue|credentials:status'

/** The scope that a token must have. An open route says `public`: a route without a scope does not compile (invariant I37). */
export type Scope =
  | 'credentials:issue'
  | 'credentials:status'
  | 'credentials:read'
  /** Links, papers and codes of a whole batch. */
  | 'credentials:results'
  | 'registry:propose'
  | 'registry:approve'
  | typeof OFFICE
  | typeof WAITING
  | typeof BATCH
  /** A person with a session of the desk: a sealed cookie in place of a token (docs/desk.md). */
  | 'session'
  /** A form that such a person checked, with an order that `office` sealed. For functions that open no session: `issue` and `paper`. */
  | 'order'
  | 'public'

/** One deployable function, one trust boundary, one role. */
export const functionNames = [
  'verify',
  'pages',
  'issue',
  'batches',
  'status',
  'records',
  'lists',
  'decisions',
  'recognise',
  'desk',
  'office',
  'trust',
  'log',
  'federation',
  'reports',
  'paper',
] as const
export type FunctionName = (typeof functionNames)[number]

/**
 * How long CloudFront may keep an answer. `never` also forbids the browser to keep it. With `minute` and all other caches together, a
 * change is visible within one minute. `answer` means `minute`, except for an answer about a past moment: its own header decides, up to a
 * year.
 */
export type Caching = 'never' | 'minute' | 'hour' | 'year' | 'answer'

/**
 * The usual readers of an address. If Accept leaves the form open, as that of chat applications and link previews does, people get a page
 * and programs get JSON. Problems follow (docs/decisions/068-links-open-pages.md).
 */
export type Readers = 'people' | 'programs'

/** Parameters of the searches of the catalogue. CloudFront allows ten in one cache policy. */
const OF_SEARCH = ['q', 'state', 'level', 'field', 'occupation', 'body', 'code', 'page', 'on', 'lang'] as const
/** Parameters of the list of class decisions. */
const OF_DECISIONS = ['qualification', 'host', 'lang'] as const
/** Parameters of comparisons. */
const OF_COMPARISON = ['from', 'to', 'format', 'lang'] as const
/** Pages of corridors depend on their address alone. */
const OF_CORRIDOR = ['lang'] as const
/** Parameters of the list of corridors. */
const OF_CORRIDORS = ['state', 'lang'] as const
/** Parameters of the matrix of action lines. */
const OF_COMPLIANCE = ['format', 'lang'] as const
/** Parameters of an agreed set: the national standard that it is set against. */
const OF_SET = ['qualification', 'edition', 'lang'] as const
/** Parameters of one record of the catalogue. */
const OF_RECORD = ['on', 'edition', 'units', 'lang'] as const

/** CC BY 4.0. These answers name no person. */
const OPEN = 'https://creativecommons.org/licenses/by/4.0/'

export interface Route {
  method: 'GET' | 'POST'
  path: `/${string}`
  function: FunctionName
  scope: Scope
  readers: Readers
  caching: Caching
  /** The licence of what is answered, as `Link` with `rel="license"`. Every public version and decision has one, with its log, tables and feeds. */
  licence?: typeof OPEN
  /** The only parameters on which the answer depends. CloudFront drops others, so they make no new entry of its cache. Absent: any. */
  keyed?: readonly string[]
  summary: string
}

// biome-ignore format: it reads as a table
/** The whole API. API Gateway, the local gateway, OpenAPI, the scopes and the grants are made from it. */
export const routes = [
  { method: 'POST', path: '/verify',                                       function: 'verify',  scope: 'public',             readers: 'programs', caching: 'never',  summary: 'Verify a certificate, a presentation or a link; always a verdict' },
  { method: 'POST', path: '/credentials/verify',                           function: 'verify',  scope: 'public',             readers: 'programs', caching: 'never',  summary: 'VCALM: verify a credential' },
  { method: 'POST', path: '/presentations/verify',                         function: 'verify',  scope: 'public',             readers: 'programs', caching: 'never',  summary: 'VCALM: verify a presentation' },

  { method: 'POST', path: '/issuers/{issuer}/credentials',                 function: 'issue',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'Issue a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/issue',           function: 'issue',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'VCALM: issue a credential' },

  { method: 'POST', path: '/issuers/{issuer}/batches',                     function: 'batches', scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'Send a file of many certificates; nothing is issued yet' },
  { method: 'POST', path: '/issuers/{issuer}/batches/uploads',             function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'A target to which a large file of rows can be sent for fifteen minutes' },
  { method: 'GET',  path: '/issuers/{issuer}/batches',                     function: 'batches', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'Batches of an issuer, newest first, with its lists of changes' },
  { method: 'GET',  path: '/issuers/{issuer}/batches/{id}',                function: 'batches', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'One batch: its state, and how many of its rows are issued or changed, rejected and pending' },
  { method: 'GET',  path: '/issuers/{issuer}/batches/{id}/preview',        function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'The fate of each row before anything is signed or changed; no names' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/answers',        function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Say what the columns of the file are, and correct its cells' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/close',          function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Fix the rows that will be issued or changed, for approval' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/reopen',         function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Change the answers again before anything is issued or changed' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/start',          function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Issue a small batch that needs no second officer; or read a large file or list that arrived' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/approve',        function: 'batches', scope: 'registry:approve',   readers: 'programs', caching: 'never',  summary: 'Approve exactly the rows that were shown, which begins to carry them out' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/pause',          function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Begin no further row for now' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/resume',         function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Go on with the rows that have no outcome' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/cancel',         function: 'batches', scope: BATCH,                readers: 'programs', caching: 'never',  summary: 'Do nothing more; the rest is rejected' },
  { method: 'GET',  path: '/issuers/{issuer}/batches/{id}/results',        function: 'batches', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'The outcome of each row, by its line; no names and no links' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/results',        function: 'batches', scope: 'credentials:results', readers: 'programs', caching: 'never', summary: 'Ask for links, papers or codes of an issued batch; a second officer must approve' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/results/{request}/approve', function: 'batches', scope: 'registry:approve', readers: 'programs', caching: 'never', summary: 'Approve that links, papers or codes of an issued batch are made' },
  { method: 'POST', path: '/issuers/{issuer}/batches/{id}/results/{request}/files/{file}', function: 'batches', scope: 'credentials:results', readers: 'programs', caching: 'never', summary: 'An address at which one file of an issued batch can be loaded for five minutes' },

  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/correct',    function: 'issue',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'Issue the correction of a certificate, which ends the former one' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/renew',      function: 'issue',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'Issue a new award to the holder of a certificate, beside the former one' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/new-link',   function: 'issue',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'End the link of a certificate, and make a new one' },

  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/erase',      function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Ask for the erasure of a certificate, for good; a second person must approve it' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/hold',       function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Make a legal hold, so that a certificate cannot be erased' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/lift-hold',  function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Ask for the end of a legal hold; a second person must approve it' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/revoke',     function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Revoke a certificate, for good' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/suspend',    function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Suspend a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/reinstate',  function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Lift the suspension of a certificate' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/status',          function: 'status',  scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'VCALM: set a status' },
  { method: 'GET',  path: '/issuers/{issuer}/proposals',                   function: 'status',  scope: WAITING,              readers: 'programs', caching: 'never',  summary: 'Actions of a body or an authority that wait for a second person, newest first' },
  { method: 'POST', path: '/issuers/{issuer}/proposals/approve',           function: 'status',  scope: 'registry:approve',   readers: 'programs', caching: 'never',  summary: 'Release several actions in one step, each by itself' },
  { method: 'POST', path: '/issuers/{issuer}/proposals/{id}/approve',      function: 'status',  scope: 'registry:approve',   readers: 'programs', caching: 'never',  summary: 'Release an action that another member asked for' },
  { method: 'POST', path: '/issuers/{issuer}/proposals/{id}/reject',       function: 'status',  scope: WAITING,              readers: 'programs', caching: 'never',  summary: 'Reject an action that waits' },

  { method: 'POST', path: '/issuers/{issuer}/credentials/revoke',          function: 'batches', scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Send a list of certificates to revoke; nothing changes before a second officer approves' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/suspend',         function: 'batches', scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Send a list of certificates to suspend; nothing changes before a second officer approves' },
  { method: 'POST', path: '/issuers/{issuer}/credentials/reinstate',       function: 'batches', scope: 'credentials:status', readers: 'programs', caching: 'never',  summary: 'Send a list of certificates to reinstate; nothing changes before a second officer approves' },

  { method: 'POST', path: '/issuers/{issuer}/credentials/{id}/paper',      function: 'paper',   scope: 'credentials:issue',  readers: 'programs', caching: 'never',  summary: 'The paper of a certificate that is in force, as PDF; the print is recorded' },

  { method: 'GET',  path: '/issuers/{issuer}/credentials',                 function: 'records', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'Certificates of an issuer, newest first; no names' },
  { method: 'GET',  path: '/issuers/{issuer}/trail',                       function: 'records', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'What the members of a body did in a month or on a day, newest first; no persons' },
  { method: 'GET',  path: '/issuers/{issuer}/webhooks/events',                    function: 'records', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'The endpoint of a body, and the events that were sent there, newest first' },
  { method: 'GET',  path: '/issuers/{issuer}/credentials/{id}',            function: 'records', scope: 'credentials:read',   readers: 'programs', caching: 'never',  summary: 'One certificate with its history; no name' },

  { method: 'POST', path: '/authorities/{authority}/accreditations',                function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose an accreditation' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/amend',     function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose other terms of an accreditation' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/confirm',   function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to confirm what was stated about the qualifications of an accreditation' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/suspend',   function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Suspend an accreditation, at once' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/join',      function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the second grant of an accreditation that another authority granted jointly' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/lift',      function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to lift a suspension' },
  { method: 'POST', path: '/authorities/{authority}/accreditations/{id}/withdraw',  function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to withdraw an accreditation' },
  { method: 'GET',  path: '/authorities/{authority}/proposals',                     function: 'decisions', scope: OFFICE,             readers: 'programs', caching: 'never', summary: 'Proposals of an authority, newest first' },
  { method: 'POST', path: '/authorities/{authority}/proposals/{id}/approve',        function: 'decisions', scope: 'registry:approve', readers: 'programs', caching: 'never', summary: 'Approve what another officer proposed' },
  { method: 'POST', path: '/authorities/{authority}/proposals/{id}/reject',         function: 'decisions', scope: OFFICE,             readers: 'programs', caching: 'never', summary: 'Reject a proposal' },
  { method: 'POST', path: '/authorities/{authority}/proposals/{id}/carry-out',      function: 'status',    scope: 'registry:approve', readers: 'programs', caching: 'never', summary: 'Carry out an approved change of a certificate' },
  { method: 'POST', path: '/authorities/{authority}/credentials/{issuer}/{id}/suspend',   function: 'status',    scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Suspend a certificate of a body, at once' },
  { method: 'POST', path: '/authorities/{authority}/credentials/{issuer}/{id}/hold',      function: 'status',    scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Make a legal hold on a certificate of a body, at once' },
  { method: 'POST', path: '/authorities/{authority}/credentials/{issuer}/{id}/lift-hold', function: 'status',    scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Ask for the end of a legal hold that the authority made' },
  { method: 'POST', path: '/authorities/{authority}/credentials/{issuer}/{id}/revoke',    function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to revoke a certificate of a body' },
  { method: 'POST', path: '/authorities/{authority}/credentials/{issuer}/{id}/reinstate', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to reinstate a certificate that an authority suspended' },
  { method: 'POST', path: '/authorities/{authority}/authorities',                   function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to register a further authority under this one' },
  { method: 'POST', path: '/authorities/{authority}/bodies',                        function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to register a body' },
  { method: 'POST', path: '/authorities/{authority}/centres',                       function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to register an assessment centre' },
  { method: 'POST', path: '/authorities/{authority}/successions',                   function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the successor of an entity' },
  { method: 'POST', path: '/authorities/{authority}/contacts',                      function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose another contact of an entity, or that it has none' },
  { method: 'POST', path: '/authorities/{authority}/lists',                         function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to accept the signed list of another registry' },
  { method: 'POST', path: '/authorities/{authority}/lists/suspend',                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Suspend the list of another registry, at once' },
  { method: 'POST', path: '/authorities/{authority}/lists/bundles',                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Hand in a newer trust bundle of a registry whose list is accepted' },
  { method: 'POST', path: '/authorities/{authority}/members',                       function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a member of an authority or of a body under it' },
  { method: 'POST', path: '/authorities/{authority}/members/remove',                function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to remove a member of an authority or of a body under it' },
  { method: 'POST', path: '/authorities/{authority}/frameworks', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a statement about a qualifications framework' },
  { method: 'POST', path: '/authorities/{authority}/frameworks/{id}/referencings', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a statement about a referencing report' },
  { method: 'POST', path: '/authorities/{authority}/frameworks/{id}/levels/confirm', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to confirm the AQRF level of each level' },
  { method: 'POST', path: '/authorities/{authority}/decisions', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a decision about a class of certificates of another state' },
  { method: 'POST', path: '/authorities/{authority}/decisions/{id}/join', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join a decision that names you' },
  { method: 'POST', path: '/authorities/{authority}/decisions/{id}/end', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the end of a decision of your own' },
  { method: 'POST', path: '/authorities/{authority}/decisions/{id}/appeal', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to record an appeal against a decision of your own' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions', function: 'recognise', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a decision about one certificate of another state, by its link' },
  { method: 'GET', path: '/authorities/{authority}/single-decisions', function: 'recognise', scope: OFFICE, readers: 'programs', caching: 'never', summary: 'Decisions about single certificates, newest first, and letters of good standing; no persons and no terms' },
  { method: 'POST', path: '/authorities/{authority}/letters/{id}/open', function: 'recognise', scope: OFFICE, readers: 'programs', caching: 'never', summary: 'The link of a certificate of good standing that is for this authority; the opening is recorded' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/open', function: 'recognise', scope: OFFICE, readers: 'programs', caching: 'never', summary: 'What was decided or proposed about one certificate; the opening is recorded' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/complete', function: 'recognise', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the decision that takes the place of an earlier one' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/end', function: 'recognise', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Ask for the end of a decision about one certificate' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/appeal', function: 'recognise', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Ask to record an appeal against a decision about one certificate' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/approve', function: 'recognise', scope: 'registry:approve', readers: 'programs', caching: 'never', summary: 'Approve what another officer proposed about one certificate; a decision is signed' },
  { method: 'POST', path: '/authorities/{authority}/single-decisions/{id}/reject', function: 'recognise', scope: OFFICE, readers: 'programs', caching: 'never', summary: 'Reject what waits of a decision about one certificate' },
  { method: 'POST', path: '/authorities/{authority}/comparisons', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a version of a comparison of two editions' },
  { method: 'POST', path: '/authorities/{authority}/comparisons/{id}/{version}/join', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join a version of a comparison that names you' },
  { method: 'POST', path: '/authorities/{authority}/comparisons/{id}/{version}/leave', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to leave a version of a comparison; it ends for all' },
  { method: 'POST', path: '/authorities/{authority}/corridors',                      function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a corridor of states, or its next version' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/{version}/join',  function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join a version of a corridor' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/{version}/leave', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to leave a version of a corridor, which ends it for all' },
  { method: 'GET',  path: '/authorities/{authority}/corridors/{id}/tracks/{track}',  function: 'decisions', scope: OFFICE,             readers: 'programs', caching: 'never', summary: 'A track as its parties read it: with owners, days and what is not public' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/declare',  function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to declare a step, with its evidence' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/join',     function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join what another party declared of a step' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/withdraw', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to withdraw a declaration' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/evidence', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to attach evidence to a declaration' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/plan',     function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose who does a step until when; only the parties read it' },
  { method: 'POST', path: '/authorities/{authority}/skill-sets', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a version of an agreed set of units' },
  { method: 'POST', path: '/authorities/{authority}/skill-sets/{id}/{version}/join', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join a version of an agreed set of units that names you' },
  { method: 'POST', path: '/authorities/{authority}/skill-sets/{id}/{version}/leave', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to leave a version of an agreed set of units; it ends for all' },
  { method: 'POST', path: '/authorities/{authority}/level-records', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the level of an edition that two states of a corridor agree on' },
  { method: 'POST', path: '/authorities/{authority}/level-records/{id}/{version}/join', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to join a level record that names you' },
  { method: 'POST', path: '/authorities/{authority}/level-records/{id}/{version}/leave', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to leave a level record; it ends for both' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/receipts',         function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the receipt of a portfolio, by the hash of its manifest' },
  { method: 'POST', path: '/authorities/{authority}/compliance', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose how far the state has come with one action line of the work plan of an arrangement' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps',             function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to open the gaps that a comparison found' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/plan',  function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose what is done about a gap, by whom until when' },
  { method: 'POST', path: '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/close', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to close a gap, with its evidence' },
  { method: 'POST', path: '/authorities/{authority}/placements', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to place an edition of a qualification at a level' },
  { method: 'POST', path: '/authorities/{authority}/placements/end', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to take back where an edition was placed' },
  { method: 'POST', path: '/authorities/{authority}/assignments', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the owner of a record that was read from public sources' },
  { method: 'POST', path: '/authorities/{authority}/state-descriptions', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose what the root of a state says about certificates, standards and quality assurance there' },
  { method: 'POST', path: '/issuers/{issuer}/descriptions', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose what a body says about itself' },
  { method: 'POST', path: '/issuers/{issuer}/brake',                                function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the number of certificates that may go out of force in an hour before a second person is needed' },
  { method: 'POST', path: '/issuers/{issuer}/policy',                               function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose for what a body needs two people, and how long it keeps the content of certificates' },
  { method: 'POST', path: '/issuers/{issuer}/signatory',                            function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose who signs the printed certificates of a body, or nobody' },
  { method: 'POST', path: '/issuers/{issuer}/logo',                                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the logo of a body, or none' },
  { method: 'POST', path: '/issuers/{issuer}/webhooks',                             function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose the system of a body that gets events about its certificates, or none' },
  { method: 'POST', path: '/issuers/{issuer}/webhooks/secret',                      function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Make the next secret that signs events; it is shown once' },
  { method: 'POST', path: '/issuers/{issuer}/webhooks/{id}/replay',                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Send one event again, or all that failed: id is that of an event, or failed' },
  { method: 'POST', path: '/issuers/{issuer}/keys',                                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a new key of an issuer' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/certify',                    function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to show the X.509 chain of a key' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/suspend',                    function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Suspend a key, at once' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/resume',                     function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to resume a key' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/retire',                     function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to retire a key' },
  { method: 'POST', path: '/issuers/{issuer}/keys/{id}/compromise',                 function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose to declare a key compromised' },

  { method: 'POST', path: '/issuers/{issuer}/qualifications', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a statement of an owner about one of its qualifications' },
  { method: 'POST', path: '/issuers/{issuer}/qualifications/{id}/editions', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose a statement about one edition' },
  { method: 'POST', path: '/issuers/{issuer}/qualifications/{id}/retire', function: 'decisions', scope: 'registry:propose', readers: 'programs', caching: 'never', summary: 'Propose that a qualification is no longer awarded' },
  { method: 'GET',  path: '/issuers/{issuer}/qualifications/proposals', function: 'decisions', scope: OFFICE,             readers: 'programs', caching: 'never', summary: 'Statements that a body or an authority proposed, newest first' },
  { method: 'POST', path: '/issuers/{issuer}/qualifications/proposals/{id}/approve', function: 'decisions', scope: 'registry:approve', readers: 'programs', caching: 'never', summary: 'Approve a statement that another officer proposed' },
  { method: 'POST', path: '/issuers/{issuer}/qualifications/proposals/{id}/reject', function: 'decisions', scope: OFFICE,             readers: 'programs', caching: 'never', summary: 'Reject a proposed statement' },

  { method: 'GET',  path: '/desk',                                                       function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the authorities and bodies of the person who is signed in' },
  { method: 'GET',  path: '/desk/sign-in',                                               function: 'desk', scope: 'public',  readers: 'people',   caching: 'never', summary: 'For officers: where to sign in' },
  { method: 'GET',  path: '/desk/sign-in/start',                                         function: 'desk', scope: 'public',  readers: 'people',   caching: 'never', summary: 'For officers: leads to the identity provider' },
  { method: 'GET',  path: '/desk/callback',                                              function: 'desk', scope: 'public',  readers: 'people',   caching: 'never', summary: 'For officers: the return from the identity provider' },
  { method: 'POST', path: '/desk/sign-out',                                              function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: sign out' },
  { method: 'GET',  path: '/desk/authorities/{authority}',                               function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: proposals of an authority, open ones first' },
  { method: 'GET',  path: '/desk/authorities/{authority}/grantees',                      function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: entities that the authority may accredit' },
  { method: 'GET',  path: '/desk/authorities/{authority}/grantees/{grantee}',            function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the accreditations of one entity' },
  { method: 'GET',  path: '/desk/authorities/{authority}/reports',                       function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: reports of false certificates and of mistakes, newest first' },
  { method: 'GET',  path: '/desk/authorities/{authority}/reports/{body}/{id}',           function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: one report' },
  { method: 'POST', path: '/desk/authorities/{authority}/reports/{body}/{id}/open',      function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: open what a reporter wrote, which is recorded' },
  { method: 'POST', path: '/desk/authorities/{authority}/reports/{body}/{id}/close',     function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: close a report with what was found' },
  { method: 'GET',  path: '/desk/authorities/{authority}/actions',                       function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: everything that they can propose or do' },
  { method: 'GET',  path: '/desk/authorities/{authority}/actions/{action}',              function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the form of one action' },
  { method: 'POST', path: '/desk/authorities/{authority}/actions/{action}',              function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: check the answers of a form, and then propose or do it' },
  { method: 'GET',  path: '/desk/authorities/{authority}/actions/register-body/domain',  function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: how a body shows that it controls its website' },
  { method: 'POST', path: '/desk/authorities/{authority}/actions/register-body/domain',  function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: make the text that a body publishes, and compare the one that was read at its website' },
  { method: 'GET',  path: '/desk/authorities/{authority}/lists',                         function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: accepted lists of other registries, with their last copies' },
  { method: 'POST', path: '/desk/authorities/{authority}/lists',                         function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: hand in a newer trust bundle of a registry whose list is accepted' },
  { method: 'GET',  path: '/desk/authorities/{authority}/accreditations/{id}',           function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: one accreditation, and how many certificates rest on it' },
  { method: 'POST', path: '/desk/authorities/{authority}/accreditations/{id}/suspend',   function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: suspend an accreditation, at once' },
  { method: 'GET',  path: '/desk/authorities/{authority}/proposals/{id}',                function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: one proposal, in plain words' },
  { method: 'POST', path: '/desk/authorities/{authority}/proposals/{id}/approve',        function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: approve what another officer proposed' },
  { method: 'POST', path: '/desk/authorities/{authority}/proposals/{id}/reject',         function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: reject a proposal' },
  { method: 'GET',  path: '/desk/authorities/{authority}/single-decisions', function: 'recognise', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: decisions about single certificates, the form that begins one, and letters of good standing' },
  { method: 'POST', path: '/desk/authorities/{authority}/single-decisions', function: 'recognise', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: look at the certificate of a link, decide, read it once more, and propose it; or open a letter of good standing' },
  { method: 'GET',  path: '/desk/authorities/{authority}/single-decisions/{id}', function: 'recognise', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: one decision about a certificate, without its terms' },
  { method: 'POST', path: '/desk/authorities/{authority}/single-decisions/{id}', function: 'recognise', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: open the terms, which is recorded; approve, reject, end, or record an appeal' },
  { method: 'GET',  path: '/desk/issuers/{issuer}',                                      function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the desk of a certification body, with its qualifications' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/members',                              function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the members of a body, with their roles' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/policy',                               function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For members: the policy of a body, now and before' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/signatory',                            function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For members: since when a body has which signatory, without names' },
  { method: 'POST', path: '/desk/issuers/{issuer}/signatory',                            function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: propose a signatory, or nobody' },
  { method: 'POST', path: '/desk/issuers/{issuer}/signatory/names',                      function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For members: the names of the signatories; the opening is recorded' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/logo',                                 function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For members: the logo of a body, now and before' },
  { method: 'POST', path: '/desk/issuers/{issuer}/logo',                                 function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: propose a logo, or none' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/logo/{id}',                            function: 'desk', scope: 'session', readers: 'programs', caching: 'never', summary: 'For members: one logo of a body, as a picture' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/webhooks',                             function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For members: the endpoint of a body, and the events that were sent there' },
  { method: 'POST', path: '/desk/issuers/{issuer}/webhooks',                             function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: propose another endpoint, or none' },
  { method: 'POST', path: '/desk/issuers/{issuer}/webhooks/secret',                      function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: make the next secret that signs events, which is shown once' },
  { method: 'POST', path: '/desk/issuers/{issuer}/webhooks/{id}/replay',                 function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: send one event again, or all that failed' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/reports',                              function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: reports that a body got, newest first' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/reports/{body}/{id}',                  function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: one report that a body got' },
  { method: 'POST', path: '/desk/issuers/{issuer}/reports/{body}/{id}/open',             function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: open what a reporter wrote to a body, which is recorded' },
  { method: 'POST', path: '/desk/issuers/{issuer}/reports/{body}/{id}/close',            function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: close a report about a record of the body' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/actions/{action}',                     function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: the form of one statement about a qualification of the body' },
  { method: 'POST', path: '/desk/issuers/{issuer}/actions/{action}',                     function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: check the answers of a form, and then propose it' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/proposals/{id}',                       function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: one proposal of a body, in plain words' },
  { method: 'POST', path: '/desk/issuers/{issuer}/proposals/{id}/approve',               function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: approve what another officer of the body proposed' },
  { method: 'POST', path: '/desk/issuers/{issuer}/proposals/{id}/reject',                function: 'desk', scope: 'session', readers: 'people',   caching: 'never', summary: 'For officers: reject a proposal of a body' },

  { method: 'GET',  path: '/desk/issuers/{issuer}/certificates',                         function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: its certificates, newest first, without any person' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates',                         function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: its certificates with a number' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/certificates/{id}',                    function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: one certificate and its history' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/show',               function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: show the holder of a certificate, which is recorded' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/issue',                                function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: choose what to issue, and its form' },
  { method: 'POST', path: '/desk/issuers/{issuer}/issue',                                function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: check the certificate as it will look' },
  { method: 'POST', path: '/desk/issuers/{issuer}/issue/sign',                           function: 'issue',  scope: 'order',   readers: 'people', caching: 'never', summary: 'For members of a body: sign and issue what was checked' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/correct',            function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: the form of a correction, with the details of the holder, which is recorded' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/renew',              function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: the form of a renewal, with the details of the holder, which is recorded' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/suspend',            function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: suspend a certificate' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/reinstate',          function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: lift a suspension' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/revoke',             function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: revoke a certificate for good' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/new-link',           function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: what follows from a new link of a certificate' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/new-link/make',      function: 'issue',  scope: 'order',   readers: 'people', caching: 'never', summary: 'For members of a body: end the link of a certificate, and show a new one once' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/hold',               function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: make a legal hold, so that a certificate cannot be erased' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/lift-hold',          function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: ask for the end of a legal hold' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/erase',              function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: ask for the erasure of a certificate, for good' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/due',                                  function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: certificates that are older than a period of retention' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/print',              function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members: record that a certificate is printed, or printed again' },
  { method: 'POST', path: '/desk/issuers/{issuer}/certificates/{id}/print/paper',        function: 'paper',  scope: 'order',   readers: 'people', caching: 'never', summary: 'For members: the paper of a print that was recorded, as PDF' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/trail',                                function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members: what the members of a body did, by month or day' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/trail.csv',                            function: 'office', scope: 'session', readers: 'programs', caching: 'never', summary: 'For members: the same as a table' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/trail.json',                           function: 'office', scope: 'session', readers: 'programs', caching: 'never', summary: 'For members: the same as JSON' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/waiting',                              function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: what waits for a second person' },
  { method: 'POST', path: '/desk/issuers/{issuer}/waiting/{id}/approve',                 function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: approve what another member asked for, which carries it out' },
  { method: 'POST', path: '/desk/issuers/{issuer}/waiting/{id}/reject',                  function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: reject what waits' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/batches',                          function: 'batches', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: its batches, newest first, and the form that sends a file' },
  { method: 'POST', path: '/desk/issuers/{issuer}/batches',                          function: 'batches', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: send a file of many certificates; nothing is issued yet' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/batches/{id}',                     function: 'batches', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: one batch, its faults or its progress, without names' },
  { method: 'POST', path: '/desk/issuers/{issuer}/batches/{id}',                     function: 'batches', scope: 'session', readers: 'people', caching: 'never', summary: 'For members of a body: answer, close, approve, pause, resume or cancel a batch' },
  { method: 'GET',  path: '/desk/issuers/{issuer}/batches/{id}/rows.csv',            function: 'batches', scope: 'session', readers: 'programs', caching: 'never', summary: 'For members of a body: the faults or the outcome of each row, by its line; no names' },
  { method: 'GET',  path: '/desk/authorities/{authority}/certificates',                  function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: name a certificate of a body' },
  { method: 'GET',  path: '/desk/authorities/{authority}/certificates/{issuer}/{id}',    function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: a certificate of a body whose state the authority may change' },
  { method: 'POST', path: '/desk/authorities/{authority}/certificates/{issuer}/{id}/suspend', function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: suspend a certificate of a body, at once' },
  { method: 'POST', path: '/desk/authorities/{authority}/certificates/{issuer}/{id}/hold', function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: make a legal hold on a certificate of a body, at once' },
  { method: 'POST', path: '/desk/authorities/{authority}/certificates/{issuer}/{id}/lift-hold', function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: ask for the end of a legal hold of the authority' },
  { method: 'POST', path: '/desk/authorities/{authority}/proposals/{id}/carry-out',      function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: carry out an approved change of a certificate' },
  { method: 'GET',  path: '/desk/authorities/{authority}/waiting',                       function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: what waits for a second person of an authority' },
  { method: 'POST', path: '/desk/authorities/{authority}/waiting/{id}/approve',          function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: approve what another officer asked for, which carries it out' },
  { method: 'POST', path: '/desk/authorities/{authority}/waiting/{id}/reject',           function: 'office', scope: 'session', readers: 'people', caching: 'never', summary: 'For officers: reject what waits' },

  { method: 'GET',  path: '/registers',                                             function: 'records',   scope: 'registry:propose', readers: 'programs', caching: 'never',  summary: 'For authorities: status and title of a certificate number in a register' },

  { method: 'GET',  path: '/issuers/{issuer}/accreditations',                       function: 'trust',     scope: 'public',           readers: 'programs', caching: 'answer', summary: 'What an issuer may issue at a given moment, by the records of a given moment' },
  { method: 'GET',  path: '/lists',                                                 function: 'trust',     scope: 'public',           readers: 'programs', caching: 'minute', summary: 'Accepted lists of other registries, with their states and their age' },
  { method: 'GET',  path: '/issuers/{issuer}/keys',                                 function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never', summary: 'Keys of an issuer, with their windows' },
  { method: 'POST', path: '/authorization',                                         function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: is an entity authorised' },
  { method: 'POST', path: '/recognition',                                           function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: is an authority recognised' },
  { method: 'GET',  path: '/metadata',                                              function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: what this registry is' },
  { method: 'GET',  path: '/lookups/{list}',                                        function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: an optional list, not offered here' },
  { method: 'GET',  path: '/entities',                                              function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: an optional list, not offered here' },
  { method: 'GET',  path: '/entities/{id}',                                         function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: an optional record, not offered here' },
  { method: 'GET',  path: '/ecosystems/{id}',                                       function: 'trust',     scope: 'public',           readers: 'programs', caching: 'never',  summary: 'TRQP: an optional record, not offered here' },

  { method: 'GET',  path: '/log/{log}/checkpoint',                         function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Signed head of a log, with the cosignatures of witnesses (C2SP tlog-checkpoint)' },
  { method: 'GET',  path: '/log/{log}/key',                                function: 'log',     scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, summary: 'Keys that verify the checkpoints of a log, newest last (C2SP signed-note)' },
  { method: 'GET',  path: '/log/{log}/keys',                               function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Every key that a log ever had, with its window, and the statement of the previous key that names it' },
  { method: 'GET',  path: '/log/{log}/tile/{path+}',                       function: 'log',     scope: 'public',             readers: 'programs', caching: 'year', licence: OPEN,   summary: 'Hashes or entries of a log (C2SP tlog-tiles)' },
  { method: 'GET',  path: '/log/{log}/index/{key+}',                       function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Place of an entry in a log, by its key: the hash of a certificate or of a record, or {entity}/trust/{number}' },
  { method: 'GET',  path: '/log/{log}/record/{key}',                       function: 'log',     scope: 'public',             readers: 'programs', caching: 'year', licence: OPEN,   summary: 'A statement of the catalogue, by its entry in the log: SHA-256 of these bytes, base64url' },
  { method: 'GET',  path: '/log/{log}/records',                            function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Every statement about qualifications, frameworks or descriptions, oldest first, each with its entry in the log catalogue' },
  { method: 'POST', path: '/log/{log}/cosignatures',                       function: 'log',     scope: 'public',             readers: 'programs', caching: 'never',  summary: 'Hand in the cosignature of a witness (C2SP tlog-cosignature)' },

  { method: 'GET',  path: '/qualifications/{id}/records',                  function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Every statement about a qualification and its frameworks, each with its entry in the log catalogue' },
  { method: 'GET',  path: '/frameworks/{id}/records',                      function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Every statement about a framework, each with its entry in the log catalogue' },
  { method: 'GET',  path: '/descriptions/{id}/records',                    function: 'log',     scope: 'public',             readers: 'programs', caching: 'never', licence: OPEN,  summary: 'Every statement about a body, an arrangement or a state, each with its entry in the log catalogue' },
  { method: 'GET',  path: '/trust-bundle',                                 function: 'log',     scope: 'public',             readers: 'programs', caching: 'minute', summary: 'All listed entities with keys and scopes, in one signed file, to verify without a network' },

  { method: 'GET',  path: '/.well-known/openid-federation',                    function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: the entity configuration of this registry, a trust anchor' },
  { method: 'GET',  path: '/issuers/{issuer}/.well-known/openid-federation',   function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: the entity configuration of an authority, body or centre, hosted by this registry' },
  { method: 'GET',  path: '/federation/fetch',                                 function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: the statement of this registry about one entity' },
  { method: 'GET',  path: '/fetch',                                            function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'The same, at the address that clients of the Digital Credentials Consortium use' },
  { method: 'GET',  path: '/federation/list',                                  function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: entities that hold a right now' },
  { method: 'GET',  path: '/federation/resolve',                               function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: an entity with its chain and trust marks, in one answer' },
  { method: 'GET',  path: '/federation/trust-mark',                            function: 'federation', scope: 'public',       readers: 'programs', caching: 'never',  summary: 'OpenID Federation: one accreditation as a trust mark' },
  { method: 'GET',  path: '/federation/trust-mark-list',                       function: 'federation', scope: 'public',       readers: 'programs', caching: 'never',  summary: 'OpenID Federation: entities that hold a trust mark now' },
  { method: 'GET',  path: '/federation/trust-mark-status',                     function: 'federation', scope: 'public',       readers: 'programs', caching: 'never',  summary: 'OpenID Federation: whether a trust mark still counts' },
  { method: 'POST', path: '/federation/trust-mark-status',                     function: 'federation', scope: 'public',       readers: 'programs', caching: 'never',  summary: 'OpenID Federation: whether a trust mark still counts' },
  { method: 'GET',  path: '/federation/historical-keys',                       function: 'federation', scope: 'public',       readers: 'programs', caching: 'minute', summary: 'OpenID Federation: former signing keys of this registry' },

  { method: 'GET',  path: '/status-lists/{id}',                            function: 'lists',   scope: 'public',             readers: 'programs', caching: 'answer', summary: 'A signed Bitstring Status List' },

  { method: 'GET',  path: '/issuers/{issuer}/did.json',                    function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', summary: 'DID document of an issuer' },
  { method: 'GET',  path: '/',                                             function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'Check a certificate' },
  { method: 'GET',  path: '/check',                                        function: 'pages',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Leads to the form of the first page' },
  { method: 'POST', path: '/check',                                        function: 'paper',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Check by code, link, file, PDF or photograph, from a form' },
  { method: 'GET',  path: '/v/{token}',                                    function: 'pages',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Verdict of a certificate, without the details of its holder' },
  { method: 'POST', path: '/v/{token}',                                    function: 'pages',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Verdict of a certificate, with the details of its holder' },
  { method: 'POST', path: '/v/{token}/paper',                              function: 'paper',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'The paper of a certificate that is in force, as PDF' },
  { method: 'GET',  path: '/issuers',                                      function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'Issuers of this registry' },
  { method: 'GET',  path: '/issuers/{issuer}',                             function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'One issuer: what it may issue, and since when' },
  { method: 'GET',  path: '/changes',                                      function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, summary: 'What changed in the registry, newest first' },
  { method: 'GET',  path: '/changes.atom',                                 function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, summary: 'The same as an Atom feed' },
  { method: 'GET',  path: '/issuers/{issuer}/changes.atom',                function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, summary: 'Changes of one body, authority or centre, as an Atom feed' },
  { method: 'GET',  path: '/changes/{index}',                              function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, summary: 'One change, at a permanent address' },
  { method: 'GET',  path: '/authorities',                                  function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'Competent authorities, and whether each is accepted here' },
  { method: 'GET',  path: '/centres',                                      function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'The register of assessment centres, as a page, JSON or CSV' },
  { method: 'GET',  path: '/centres/{centre}',                             function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'One assessment centre' },
  { method: 'GET',  path: '/states',                                       function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'Skills systems of the states of ASEAN' },
  { method: 'GET',  path: '/states/compare',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'Two states side by side: ?one=PH&other=MY' },
  { method: 'GET',  path: '/states/{state}',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', summary: 'Skills system of one state: bodies, certificates, levels, standards, professions' },
  { method: 'GET',  path: '/qualifications',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', keyed: OF_SEARCH, summary: 'Search the qualifications of this registry' },
  { method: 'GET',  path: '/qualifications.csv',                           function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', keyed: OF_SEARCH, summary: 'The same search as a table' },
  { method: 'GET',  path: '/qualifications/{id}',                          function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', keyed: OF_RECORD, summary: 'One qualification on a day: editions, statements, and who may issue it today' },
  { method: 'GET',  path: '/qualifications/{id}/template.csv',             function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', keyed: OF_RECORD, summary: 'A spreadsheet with the columns of a batch, for one edition' },
  { method: 'GET',  path: '/qualifications/{id}/template.xlsx',            function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', keyed: OF_RECORD, summary: 'The same as a workbook whose column names are locked' },
  { method: 'GET',  path: '/units',                                        function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', keyed: OF_SEARCH, summary: 'Qualifications and editions in which the code of a unit occurs' },
  { method: 'GET',  path: '/occupations/{id}',                             function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', keyed: OF_RECORD, summary: 'Qualifications for one occupation (ISCO-08), by country and level' },
  { method: 'GET',  path: '/decisions',                                    function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_DECISIONS, summary: 'What authorities decided about classes of certificates of other states: ?qualification=ph-masonry-nc2&host=TH' },
  { method: 'GET',  path: '/comparisons/{id}/{version}',                   function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_COMPARISON, summary: 'One version of a comparison of two editions, unit by unit' },
  { method: 'POST', path: '/comparisons/{id}/{version}/held',              function: 'pages',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'What one certificate has of what the host’s edition asks for; nothing is kept' },
  { method: 'GET',  path: '/comparisons/{id}/{version}/units.csv',         function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, keyed: OF_COMPARISON, summary: 'The same as a table of units' },
  { method: 'GET',  path: '/skill-sets/{id}/{version}',                    function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_SET, summary: 'One version of an agreed set of units, and a national standard against it' },
  { method: 'POST', path: '/skill-sets/{id}/{version}/held',               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'never',  summary: 'What one certificate has of an agreed set of units; nothing is kept' },
  { method: 'GET',  path: '/comparability',                                function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_COMPARISON, summary: 'Versions that compare two qualifications: ?from={what a holder has}&to={what the host asks for}; without both, all of them and all agreed sets' },
  { method: 'GET',  path: '/corridors',                                    function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_CORRIDORS, summary: 'Corridors: tracks as rows, the steps of the roadmap as columns; ?state= for those of one state' },
  { method: 'GET',  path: '/corridors.csv',                                function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'Every step of every track as a table' },
  { method: 'GET',  path: '/corridors.atom',                               function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'What states declared of corridors, newest first, as an Atom feed' },
  { method: 'GET',  path: '/corridors/{id}',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'One corridor with its tracks' },
  { method: 'GET',  path: '/corridors/{id}/{track}',                       function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'One track: its steps, who said what when, qualifications and occupations' },
  { method: 'GET',  path: '/corridors/{id}/{track}/profile',               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'A draft of the profile of a worker of one track; about no person' },
  { method: 'GET',  path: '/corridors/{id}/{track}/portfolio',              function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'Where a browser lists hashes of files for step 7a of a track; it sends none of them' },
  { method: 'GET',  path: '/corridors/{id}/{track}/receipts/{manifest}',           function: 'recognise', scope: 'public',            readers: 'programs', caching: 'year', licence: OPEN,   keyed: OF_CORRIDOR, summary: 'The signed receipt for a portfolio, by the SHA-256 of its manifest' },
  { method: 'GET',  path: '/corridors/{id}/{track}/steps.csv',             function: 'pages',   scope: 'public',             readers: 'programs', caching: 'minute', licence: OPEN, keyed: OF_CORRIDOR, summary: 'The steps of one track as a table' },
  { method: 'GET',  path: '/compliance',                                   function: 'pages',   scope: 'public',             readers: 'people',   caching: 'minute', licence: OPEN, keyed: OF_COMPLIANCE, summary: 'How far states say that they have come with each action line; also as a table' },
  { method: 'GET',  path: '/corridor-steps',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour', licence: OPEN,   summary: 'What to do in each step of the roadmap, with templates' },
  { method: 'GET',  path: '/corridor-steps/{step}/template.csv',           function: 'pages',   scope: 'public',             readers: 'programs', caching: 'hour', licence: OPEN,   summary: 'The template of one step (1 to 6, 7a, 7b), or of the thirteen activities' },
  { method: 'GET',  path: '/frameworks/{id}',                              function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   keyed: OF_RECORD, summary: 'One qualifications framework' },
  { method: 'GET',  path: '/about',                                        function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'What this registry is, and who runs it' },
  { method: 'GET',  path: '/privacy',                                      function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'What this registry keeps about people, and for how long' },
  { method: 'GET',  path: '/accessibility',                                function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'Accessibility statement' },
  { method: 'GET',  path: '/report-problem',                               function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'Whom to tell about a problem' },
  { method: 'GET',  path: '/report-fake',                                  function: 'reports', scope: 'public',             readers: 'people',   caching: 'never',  summary: 'The form to report a false certificate' },
  { method: 'POST', path: '/report-fake',                                  function: 'reports', scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Report a false certificate to the body and its authority' },
  { method: 'GET',  path: '/report-fake/sent/{reference}',                 function: 'reports', scope: 'public',             readers: 'people',   caching: 'never',  summary: 'After a report: its number, and what happens next' },
  { method: 'GET',  path: '/schemas/{id}',                                 function: 'pages',   scope: 'public',             readers: 'programs', caching: 'hour',   summary: 'JSON Schema of one form of the certificate: certificate-2, or certificate for the first form' },
  { method: 'GET',  path: '/assets/{file}',                                function: 'pages',   scope: 'public',             readers: 'programs', caching: 'year',   summary: 'Styles and scripts of the pages' },
  { method: 'GET',  path: '/problems/{id}',                                function: 'pages',   scope: 'public',             readers: 'people',   caching: 'hour',   summary: 'What a problem type means' },
  { method: 'GET',  path: '/healthz',                                      function: 'pages',   scope: 'public',             readers: 'programs', caching: 'never',  summary: 'Whether the registry is up' },
  { method: 'GET',  path: '/openapi.json',                                 function: 'trust',   scope: 'public',             readers: 'programs', caching: 'hour',   summary: 'This API, as OpenAPI 3.1' },
  { method: 'GET',  path: '/report-mistake/{kind}/{id}',                   function: 'reports', scope: 'public',             readers: 'people',   caching: 'never',  summary: 'The form to report a mistake in a record: kind is qualifications or frameworks' },
  { method: 'POST', path: '/report-mistake/{kind}/{id}',                   function: 'reports', scope: 'public',             readers: 'people',   caching: 'never',  summary: 'Report a mistake in a record to the one who answers for it' },
  { method: 'GET',  path: '/.well-known/security.txt',                     function: 'pages',   scope: 'public',             readers: 'programs', caching: 'hour',   summary: 'Contact for reports of a weakness (RFC 9116)' },
] as const satisfies readonly Route[]

type Row = (typeof routes)[number]
export type RouteRowOf<F extends FunctionName> = Extract<Row, { function: F }>
/** Rights of a function. `infra/aws` turns each word into a grant, and grants nothing else (test/infra). */
export type Grant =
  | 'read-commits'
  // Each kind of stream is a separate right, so that the function that issues cannot write who is trusted.
  | 'write-certificates'
  | 'write-numbers'
  // Interruptions of issuing: a failure records one, and an operator ends it.
  | 'write-interruptions'
  // How far ended links were read, and what is found where their boxes were.
  | 'write-erasures'
  | 'delete-boxes'
  // How far the sweeper read.
  | 'write-sweep-cursor'
  // Certificates that went out of force in the last hour, and the actions that wait for a second person because of the brake.
  | 'write-brakes'
  // Who opened the details of which holder.
  | 'write-openings'
  // Prints of certificates, without any other part of their records.
  | 'write-prints'
  | 'claim-status-entries'
  // A claim names the successor of a certificate.
  | 'claim-successions'
  | 'write-decisions'
  | 'create-keys'
  | 'create-secrets'
  | 'publish-lists'
  // Decisions about single certificates.
  | 'write-singles'
  // Letters of good standing at the authority that they are for, and that officers opened them.
  | 'write-letters'
  | 'sign-decisions'
  // Their terms, and the links of letters of good standing.
  | 'seal-terms'
  | 'open-terms'
  // Each kind of file is a separate right, and so is writing it.
  | 'read-bundles'
  | 'write-bundles'
  | 'read-tiles'
  | 'write-tiles'
  | 'read-records'
  | 'write-records'
  | 'read-logos'
  | 'write-logos'
  | 'read-lists'
  | 'write-lists'
  | 'read-boxes'
  | 'write-boxes'
  | 'sign-certificates'
  | 'sign-lists'
  // Secrets alone: each other content that the same key seals has words of its own.
  | 'decrypt-secrets'
  | 'seal-notes'
  | 'open-notes'
  // Orders of members at the desk, for `issue` and `paper`.
  | 'seal-orders'
  | 'open-orders'
  // Reports that a certificate is false, and what officers found.
  | 'write-reports'
  | 'seal-reports'
  | 'open-reports'
  // Names of the people who sign for bodies.
  | 'seal-signatories'
  | 'open-signatories'
  // Secrets that sign events for systems of bodies.
  | 'seal-webhooks'
  | 'open-webhooks'
  // Events for systems of bodies: each attempt, and how far the record was read.
  | 'write-deliveries'
  | 'send-deliveries'
  // Batches, what became of their rows, and the names of their columns.
  | 'write-batches'
  // Sealed files of batches, in a bucket that is emptied.
  | 'read-uploads'
  | 'write-uploads'
  // Ranges of rows that can be issued.
  | 'send-ranges'
  // Files of issued batches: who asked for them, their messages, and the files themselves. They hold links and papers.
  | 'write-batch-files'
  | 'send-files'
  | 'read-results'
  | 'write-results'
  // Large files of rows, which people send to the bucket itself.
  | 'receive-files'
  | 'write-logs'
  | 'write-cosignatures'
  | 'create-checkpoint-key'
  | 'sign-checkpoints'
  | 'create-statement-key'
  | 'sign-statements'

// biome-ignore format: it reads as a table
/** Officers decide through the API or at the desk. Both have the same verbs, and so the same rights. Reports are only at the desk. */
const ofDecisions = ['read-commits', 'write-decisions', 'create-keys', 'create-secrets', 'write-logos', 'seal-signatories', 'seal-webhooks'] as const

// biome-ignore format: it reads as a table
export const grants = {
  verify:  ['read-commits', 'read-boxes'],
  pages:   ['read-commits', 'read-boxes'],
  // The rows of approved batches, too: no other function signs certificates.
  issue:   ['read-commits', 'write-batches', 'read-uploads', 'send-ranges', 'write-certificates', 'write-brakes', 'write-numbers', 'write-interruptions', 'claim-status-entries', 'read-boxes', 'write-boxes', 'sign-certificates', 'decrypt-secrets', 'open-orders', 'write-openings', 'write-letters', 'seal-terms'],
  batches: ['read-commits', 'write-batches', 'read-uploads', 'write-uploads', 'receive-files', 'send-ranges', 'write-batch-files', 'send-files', 'read-results', 'decrypt-secrets'],
  status:  ['read-commits', 'write-certificates', 'write-brakes', 'claim-successions', 'seal-notes'],
  records: ['read-commits', 'decrypt-secrets', 'open-notes'],
  lists:   ['read-commits', 'publish-lists', 'read-lists', 'write-lists', 'sign-lists'],
  decisions: ofDecisions,
  // It opens the links that officers of a host bring, signs what they decide, and puts it beside the box.
  recognise: ['read-commits', 'write-singles', 'write-letters', 'read-boxes', 'write-boxes', 'sign-decisions', 'seal-terms', 'open-terms'],
  desk:    [...ofDecisions, 'write-reports', 'open-reports', 'read-logos', 'open-signatories'],
  // What `status` and `records` may do, for people in a browser. It also opens boxes, records that, and orders what `issue` signs.
  office:  ['read-commits', 'write-certificates', 'write-brakes', 'claim-successions', 'seal-notes', 'open-notes', 'decrypt-secrets', 'read-boxes', 'write-openings', 'seal-orders'],
  trust:   ['read-commits'],
  log:     ['read-commits', 'write-cosignatures', 'read-bundles', 'read-tiles', 'read-records'],
  federation: ['read-commits', 'sign-statements'],
  reports: ['read-commits', 'read-boxes', 'write-reports', 'seal-reports'],
  // For the body, it opens links with the secret of the issuer, and records each opening and print. A paper has logo and signatory. It makes
  // the files of issued batches, too.
  paper:   ['read-commits', 'read-boxes', 'read-logos', 'open-signatories', 'open-orders', 'decrypt-secrets', 'write-openings', 'write-prints', 'write-batch-files', 'send-files', 'read-uploads', 'write-uploads', 'write-results'],
} as const satisfies Record<FunctionName, readonly Grant[]>
