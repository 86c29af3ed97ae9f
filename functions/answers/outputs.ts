import { erasureReasons, revocationReasons, suspensionReasons } from '@sijil/credentials'
import { complianceDegrees, professions, stepIds } from '@sijil/qualifications'
import { deliveryAnswers } from '@sijil/registry'
import { appealStates, applications, recognitionResults, singleEndReasons } from '@sijil/registry/recognition'
import { mistakeReasons, reportReasons } from '@sijil/registry/reports'
import { trailActs } from '@sijil/registry/trail'
import { accreditationStatuses, rights } from '@sijil/registry/trust'
import { checkNames } from '@sijil/registry/verification'
import { eventKinds } from '@sijil/registry/webhooks'
import * as z from 'zod'

/** Members of successful answers on which a client may rely. `test/journeys` fails for an answer that differs. */
export const document = z.looseObject({}).meta({ description: 'A JSON-LD document.' })
const state = z.enum(['in-force', 'suspended', 'revoked', 'superseded'])
const statusReason = z.enum(['unspecified', ...new Set([...revocationReasons, ...suspensionReasons])]).meta({
  description: 'The class of the reason. "unspecified" if the request came through an interface without reasons.',
})
const next = z.string().optional().meta({ description: 'Send it as "page" to get the next page.' })
const moment = z.string().meta({
  description: 'RFC 3339, in UTC. If the person was not asked for, a moment of a certificate is only its day.',
})

const problemDetail = z.looseObject({ type: z.string() })
const check = z.looseObject({
  name: z.enum(checkNames),
  outcome: z.enum(['passed', 'failed', 'not_performed']),
  reason: z.string().optional(),
})
const link = z.looseObject({
  id: z.string(),
  state: z.string().meta({ description: 'Its state: ISO 3166-1 alpha-2, or "ASEAN".' }),
  demonstration: z.literal(true).optional().meta({ description: 'A demonstration: no law allows it anything.' }),
  standing: z.enum(accreditationStatuses),
  root: z.literal(true).optional().meta({ description: 'An accepted root: the chain ends here.' }),
  decisions: z.array(z.looseObject({ entry: z.string(), by: z.array(z.string()), recordedAt: moment })).meta({
    description:
      'The decisions on which it rests. GET /log/registry/index/{entry} answers the place of each in the public log.',
  }),
  review: z
    .union([z.literal('none'), z.looseObject({ reviewer: z.string(), reviewedOn: z.string(), gaps: z.int() })])
    .optional()
    .meta({ description: 'Quality review of its accreditation.' }),
})
const issuerAnswer = z
  .looseObject({
    standing: z.enum(accreditationStatuses),
    sentence: z.string().meta({ description: 'In plain words, in English.' }),
    effective: moment,
    recorded: moment,
    since: moment.optional(),
    chain: z.array(link).meta({ description: 'Top first.' }),
  })
  .meta({ id: 'IssuerAnswer' })
const level = z
  .strictObject({
    framework: z.string(),
    level: z.string().optional().meta({ description: 'Absent: deliberately no level of this framework.' }),
    basis: z.string().meta({ description: 'Report, version, date.' }),
    confirmed: z.boolean().meta({ description: 'Whether the national authority confirmed it.' }),
  })
  .meta({ id: 'Level', description: 'Computed by this registry, not taken from the document.' })
const policy = z.looseObject({ roots: z.array(z.string()).optional(), refused: z.array(z.string()).optional() }).meta({
  description: 'The policy by which the issuer was judged. Without roots, every registered authority is accepted.',
})
const host = z.looseObject({ id: z.string(), name: z.string(), state: z.string() })
const jointParty = host.extend({
  isOrigin: z.literal(true).optional().meta({
    description: 'The qualification is of its state. It agrees, and in its own state nothing follows.',
  }),
})
const recognitionTerms = {
  host,
  result: z.enum(recognitionResults),
  units: z.array(z.string()).optional(),
  basis: z.string(),
  appeal: z.string(),
  from: moment,
  recordedAt: moment,
}
const licence = z.url().meta({ description: 'Everybody may use it under this licence.' })
const complianceLine = z.looseObject({
  arrangement: z.enum(professions),
  line: z.string(),
  title: z.string(),
  declared: z.array(
    z.looseObject({
      degree: z.enum(complianceDegrees),
      on: z.string(),
      recordedAt: moment,
      entry: z.string().meta({ description: 'Its permanent address: `/log/catalogue/record/{entry}`.' }),
      counts: z.boolean().meta({ description: 'False: a later one of the same state stands in its place.' }),
    }),
  ),
})
const corridorTrack = z
  .looseObject({
    id: z.string(),
    steps: z.array(
      z.looseObject({
        step: z.enum(stepIds),
        progress: z.enum(['done', 'under-way', 'waits', 'nothing']).meta({
          description: '"waits": some states declared it, and not all that it needs.',
        }),
        basis: z.enum(['declared', 'reported', 'inferred']).optional().meta({
          description:
            '"declared": by two officers of a state, here. "reported": a state said so in a report. "inferred": we conclude it.',
        }),
      }),
    ),
  })
  .meta({ id: 'CorridorTrack' })
const namedUnit = z.looseObject({ code: z.string(), title: z.string() })
const skillSet = z
  .looseObject({
    id: z.string(),
    number: z.int(),
    hash: z.string(),
    state: z.enum(['alone', 'waiting', 'joint', 'ended']),
    name: z.string(),
    units: z.array(namedUnit),
    against: z
      .looseObject({ missing: z.array(namedUnit), there: z.array(namedUnit), beyond: z.array(namedUnit) })
      .optional()
      .meta({ description: 'The national standard that was asked about, by what the parties wrote down.' }),
  })
  .meta({ id: 'SkillSet' })
const comparisonShown = z
  .looseObject({ id: z.string(), number: z.int(), state: z.enum(['alone', 'waiting', 'joint', 'ended']) })
  .meta({ id: 'Comparison' })
const recognition = z
  .looseObject({
    kind: z.enum(['class', 'single']).meta({
      description:
        '"class": about a class of certificates, and public. "single": about this certificate, and only in the answer to its link.',
    }),
    decision: z
      .string()
      .optional()
      .meta({ description: 'Absent for a single decision before the person is asked for.' }),
    ...recognitionTerms,
    applies: z.enum(applications).meta({
      description:
        '"was": the certificate is in force no more. "open": a check was not performed, so nobody can say today.',
    }),
    notPerformed: z
      .looseObject({ check: z.literal('issued-until'), reason: z.literal('kept-elsewhere'), registry: z.string() })
      .optional()
      .meta({
        description:
          'Another registry keeps the record, so it was not checked whether the class covers the certificate. It does not count as matched.',
      }),
    jointly: z.array(jointParty).optional().meta({ description: 'The others that decided it together with the host.' }),
  })
  .meta({ id: 'Recognition' })
const moments = { at: moment }
const single = z
  .strictObject({
    id: z.string(),
    authority: z.string(),
    state: z.enum(['open', 'lapsed', 'rejected', 'decided', 'issued']),
    proposedBy: z.string(),
    proposedAt: moment,
    hash: z.string().meta({ description: 'What an approval names.' }),
    asks: z
      .union([
        z.strictObject({ kind: z.literal('end'), reason: z.enum(singleEndReasons) }),
        z.strictObject({ kind: z.literal('appeal'), state: z.enum(appealStates) }),
      ])
      .optional()
      .meta({ description: 'A change of the decision that waits for a second officer.' }),
    issuedAt: moment.optional(),
    decidedBy: z.enum(['one', 'two']).optional().meta({ description: 'By how many officers it was decided.' }),
    ended: z.strictObject({ from: moment, reason: z.enum(singleEndReasons) }).optional(),
    replaced: z.strictObject({ by: z.string(), ...moments }).optional(),
    appealed: z.strictObject({ state: z.enum(appealStates), ...moments }).optional(),
  })
  .meta({ id: 'SingleDecision', description: 'It names no certificate and no person.' })
const letter = z
  .strictObject({
    id: z.string().meta({ description: 'UUID of the certificate of good standing.' }),
    from: z.string(),
    qualification: z.string(),
    arrivedAt: moment,
    until: moment,
  })
  .meta({
    id: 'LetterOfGoodStanding',
    description: 'A certificate of good standing for this authority. It names no person.',
  })
const openedSingle = single.extend({
  certificate: z.string(),
  qualification: z.string(),
  replaces: z.string().optional(),
  isShown: z.boolean().meta({ description: 'Whether those who hold the link of the certificate see it.' }),
  terms: z.looseObject({ result: z.enum(recognitionResults), basis: z.string(), appeal: z.string() }),
})
const classDecision = z
  .looseObject({
    id: z.string(),
    qualification: z.string(),
    edition: z.string(),
    ...recognitionTerms,
    applies: z.enum(['now', 'future', 'ended', 'waiting']).meta({
      description: '"waiting": not every authority that it names has joined, so it counts for nobody.',
    }),
    jointly: z
      .looseObject({ hash: z.string(), parties: z.array(jointParty), missing: z.array(z.string()) })
      .optional()
      .meta({ description: 'Who decides it together. Each joins the hash.' }),
  })
  .meta({ id: 'ClassDecision' })
const verdict = z
  .looseObject({
    about: z.enum(['decision', 'receipt']).optional().meta({
      description:
        'The document is no certificate, but the decision of a host authority about one, or its receipt for a portfolio. Its verdict is never "valid".',
    }),
    receipt: z.looseObject({ track: z.url(), manifest: z.string(), receivedOn: z.string() }).optional().meta({
      description: 'What an authority received, if its signature and the record are good. It names no person.',
    }),
    verdict: z.enum(['valid', 'invalid', 'indeterminate']),
    checks: z.array(check),
    issuer: z.looseObject({ onIssueDate: issuerAnswer, today: issuerAnswer }),
    policy: policy.optional(),
    levels: z.array(level),
    certificate: z.looseObject({}).optional().meta({
      description:
        'The content of the certificate in plain members. For a link, it leaves out the person, free text and numbers, unless the person was asked for.',
    }),
    notices: z
      .array(
        z.looseObject({
          code: z.string().meta({
            description:
              '"edition-ended": the award names an edition that had ended by then. "standard-changed": since the award. "renewed": a new award followed, and this one goes on.',
          }),
          change: z.string().optional().meta({
            description:
              'Of "standard-changed". "later-edition": another edition follows. "corrected": the edition was restated.',
          }),
          sentence: z.string().meta({ description: 'In plain words, in English.' }),
          since: z.string().meta({ description: 'The day from which it holds.' }),
        }),
      )
      .optional()
      .meta({ description: 'What to know beside the verdict. A notice is no failure and changes no verdict.' }),
    recognition: z.array(recognition).optional().meta({
      description:
        'What authorities of host states decided about certificates like it. It is no check, and changes no verdict.',
    }),
    recognitionUnread: z.literal(true).optional().meta({
      description: 'The decisions could not be read, so nobody can say whether there is one.',
    }),
    problemDetails: z.array(problemDetail),
    evaluatedAt: moment,
  })
  .meta({ id: 'Verdict', description: 'The result, check by check. "not_performed" is neither yes nor no.' })
const presentation = z
  .looseObject({
    verdict: verdict.shape.verdict,
    checks: z
      .array(check)
      .meta({ description: 'For each check, the worst outcome among its own proof and its credentials.' }),
    credentials: z.array(verdict).meta({ description: 'The whole verdict on each credential, in its order.' }),
    problemDetails: z.array(problemDetail),
    evaluatedAt: moment,
  })
  .meta({
    id: 'PresentationVerdict',
    description:
      'A presentation is valid if its own proof and each credential are valid. With several credentials, each names its own issuer.',
  })
const vcalmVerified = z
  .looseObject({ verified: z.literal(true), warnings: z.array(problemDetail).optional() })
  .meta({ id: 'Verified', description: 'VCALM: verified. Otherwise the answer is a 400 with "verified": false.' })

const issued = z
  .strictObject({
    id: z.string().meta({ description: 'urn:uuid:…' }),
    link: z.url().meta({ description: 'Opens the certificate. Everybody who has the link can open it.' }),
    verifiableCredential: document,
  })
  .meta({ id: 'IssuedCertificate' })
const newLink = z
  .strictObject({
    id: z.string().meta({ description: 'urn:uuid:…' }),
    link: z.url().meta({ description: 'No other answer shows it.' }),
    number: z.int().meta({ description: 'The number of the new link.' }),
  })
  .meta({ id: 'NewLink' })
const vcalmIssued = z.looseObject({ verifiableCredential: document }).meta({ id: 'IssuedCredential' })
const status = z
  .looseObject({ id: z.string(), state, since: moment.optional(), reason: statusReason.optional(), issuedAt: moment })
  .meta({ id: 'CertificateStatus' })
const trailEntry = z
  .strictObject({
    at: moment,
    act: z.enum(trailActs),
    actor: z.string().optional().meta({ description: 'The member who acted. Absent if an authority did.' }),
    by: z.string().optional().meta({ description: 'The authority that acted. Absent: the body itself.' }),
    certificate: z.string().optional().meta({ description: 'UUID.' }),
    record: z
      .string()
      .optional()
      .meta({ description: 'Id of the proposal, of the action that waits, or of the report.' }),
    detail: z.string().optional(),
    member: z.string().optional().meta({ description: 'The member whose roles changed.' }),
  })
  .meta({ id: 'TrailEntry' })
export const waitingAction = z
  .strictObject({
    id: z.string(),
    owner: z.string().meta({ description: 'For whom the member acts: the body, or an authority over it.' }),
    kind: z.enum(['revoke', 'suspend', 'replace', 'new-link', 'erase', 'lift-hold', 'issue']),
    issuer: z.string(),
    certificate: z.string().meta({ description: 'urn:uuid:…' }),
    act: z.enum(['issue', 'correct', 'renew']).optional().meta({ description: 'Only of a new certificate.' }),
    qualification: z.string().optional().meta({ description: 'Only of a new certificate.' }),
    reason: z.union([statusReason, z.enum(erasureReasons)]).optional(),
    successor: z.string().optional(),
    state: z.enum(['open', 'approved', 'carried-out', 'rejected', 'ended']),
    askedBy: z.string(),
    askedAt: moment,
    endsAt: moment,
    decidedBy: z.string().optional(),
    decidedAt: moment.optional(),
    why: z.string().optional(),
  })
  .meta({
    id: 'WaitingAction',
    description:
      'Nothing was changed yet. Another member with the role "approve" must release this action: two people always decide it, the policy of the body asks for a second person, or the set number of certificates went out of force in the last hour.',
  })
const waitingBy = z
  .array(z.strictObject({ askedBy: z.string(), open: z.int(), atLeast: z.literal(true).optional() }))
  .meta({
    description: 'Only on the first page: the number of open actions that each member asked for, largest first.',
  })
const sandboxStatus = z
  .strictObject({ credentialId: z.string(), credentialStatus: z.looseObject({}), status: z.boolean() })
  .meta({ description: 'The answer of the sandbox, which keeps no record.' })
const certificates = z.strictObject({
  certificates: z.array(
    z.looseObject({
      id: z.string(),
      certificateNumber: z.string().optional().meta({ description: 'Absent once the certificate is erased.' }),
      erasedAt: moment.optional(),
      issuedAt: moment,
      state: z.string(),
    }),
  ),
  next,
})

const accreditation = z
  .looseObject({
    id: z.string(),
    right: z.string(),
    grantors: z.array(z.string()),
    state: z.string(),
    from: z.string(),
  })
  .meta({ id: 'Accreditation' })
const accreditations = z.looseObject({
  issuer: z.string(),
  effective: moment,
  recorded: moment,
  settled: z.boolean().meta({ description: 'This answer never changes.' }),
  right: z.enum(rights).optional().meta({ description: 'The right that was asked about.' }),
  policy: policy.optional(),
  standing: z.string().optional(),
  sentence: z.string().optional(),
  accreditations: z.array(accreditation),
})
const register = z.strictObject({ issuer: z.string(), certificates: z.array(z.looseObject({})) })
const resembled = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  alike: z.string().optional().meta({ description: 'The name of it that looks the same. Absent: it is `name`.' }),
  registry: z
    .string()
    .optional()
    .meta({ description: 'The registry whose accepted list names it. Absent: this registry.' }),
})
const change = z.looseObject({
  verb: z.string(),
  resembles: z.array(resembled).optional().meta({
    description: 'For a registration: entities with a look-alike name, in other states and in accepted lists.',
  }),
})
const proposal = z.looseObject({ id: z.string(), hash: z.string(), state: z.string(), change }).meta({ id: 'Proposal' })
/** Each statement whole, so that a correction can start from it. */
const stated = z
  .looseObject({
    statement: z.looseObject({ title: z.string() }),
    editions: z.array(z.looseObject({ id: z.string() })),
  })
  .optional()
  .meta({ description: 'What the owner stated last. Absent: the record comes with the software.' })
const delivery = z
  .strictObject({
    id: z.string().meta({ description: 'The webhook-id of each message about it.' }),
    kind: z.enum(eventKinds),
    subject: z.string().meta({ description: 'Id of the certificate or of the batch.' }),
    at: moment,
    state: z.enum(['waiting', 'delivered', 'failed']),
    queuedAt: moment,
    attempts: z.int(),
    last: z.strictObject({ at: moment, answer: z.enum(deliveryAnswers) }).optional(),
    due: moment.optional().meta({ description: 'While it waits: from when on the next attempt may be made.' }),
  })
  .meta({ id: 'Delivery' })
const webhooks = z.strictObject({
  endpoint: z.strictObject({ url: z.string(), kinds: z.array(z.enum(eventKinds)), since: moment }).optional(),
  pausedAt: moment
    .optional()
    .meta({ description: 'Since when nothing is sent, because the endpoint failed for long.' }),
  secretMadeAt: moment.optional(),
  deliveries: z.array(delivery),
  next,
})
const echo = {
  entity_id: z.string(),
  authority_id: z.string(),
  action: z.string(),
  resource: z.string(),
  time_evaluated: moment,
  time_requested: z.string().optional(),
  message: z.string(),
}
const keys = z.strictObject({ issuer: z.string(), did: z.string(), keys: z.array(z.looseObject({ kid: z.string() })) })
const statusList = z.looseObject({ credentialSubject: z.looseObject({ encodedList: z.string() }), proof: document })

const operator = z.strictObject({
  operator: z
    .strictObject({ name: z.string(), address: z.string().optional(), contact: z.string() })
    .nullable()
    .meta({ description: 'As the operator states it. Null: they have not.' }),
})

const count = z.int().min(0)
const batchMembers = {
  id: z.string(),
  act: z.enum(['issue', 'revoke', 'suspend', 'reinstate']).meta({ description: 'What it does with its rows.' }),
  state: z.enum(['open', 'closed', 'running', 'paused', 'cancelled', 'finished']),
  submitted: count.meta({ description: 'Rows of the file. Always the sum of the others.' }),
  issued: count,
  changed: count
    .optional()
    .meta({ description: 'Of a list of changes, which issues none: certificates that it changed.' }),
  rejected: count,
  pending: count,
  submittedAt: moment,
  submittedBy: z.string(),
  partsClosed: count
    .optional()
    .meta({ description: 'Of a long file: parts that are closed. Close it again until its state is closed.' }),
  hash: z
    .string()
    .optional()
    .meta({ description: 'Of the rows that will be issued or changed. An approval names it.' }),
  leftOut: count.optional().meta({ description: 'Rows with a fault, which are rejected from the approval on.' }),
  second: z.boolean().optional().meta({ description: 'Whether a second officer must approve.' }),
  approvedAt: moment.optional(),
  approvedBy: z.string().optional(),
  paused: z.enum(['asked', 'key', 'issuing-paused', 'upload-needed', 'member']).optional(),
  finishedAt: moment.optional(),
  perMinute: count.optional().meta({ description: 'Rows that get an outcome in a minute, while it runs.' }),
  secondsLeft: count.optional(),
}
const batchFiles = z
  .strictObject({
    request: count,
    kind: z.enum(['links', 'papers', 'codes']),
    certificates: count,
    askedBy: z.string(),
    askedAt: moment,
    approvedBy: z.string().optional(),
    approvedAt: moment.optional(),
    withdrawnAt: moment.optional().meta({ description: 'A certificate was erased, so no file is given any more.' }),
    files: count.meta({ description: 'How many files it will be.' }),
    made: z.array(
      z.strictObject({
        file: count.meta({ description: 'From 1 on.' }),
        bytes: count,
        leftOut: count.meta({ description: 'Certificates without a link or a paper, such as erased ones.' }),
        madeAt: moment,
      }),
    ),
  })
  .meta({ id: 'FilesOfBatch' })
const batch = z.strictObject(batchMembers).meta({ id: 'Batch' })
const batchPreview = z
  .strictObject({
    id: z.string(),
    act: batchMembers.act,
    state: batchMembers.state,
    part: count.meta({ description: 'Of a file with more than 10,000 rows: the part that was judged, from 1 on.' }),
    parts: count,
    rows: count.meta({ description: 'Rows of this part.' }),
    ready: count,
    columns: z.record(z.string(), count).meta({ description: 'The column of each field, from 0 on.' }),
    kinds: z.array(z.strictObject({ kind: z.string(), rows: count })),
    misfits: z.array(z.string()).meta({ description: 'Fields whose column holds something else.' }),
    asksOrder: z.boolean(),
    isInTwoOrders: z.boolean(),
    faults: z.array(
      z.strictObject({
        line: count,
        kind: z.string(),
        field: z.string().optional(),
        hasOffer: z.literal(true).optional(),
        certificate: z.string().optional(),
      }),
    ),
    fates: z
      .array(
        z.strictObject({
          line: count,
          certificate: z.string(),
          state: z.enum(['in-force', 'suspended']),
          reason: z.string().optional(),
          isHeld: z.literal(true).optional().meta({ description: 'It has a legal hold.' }),
        }),
      )
      .optional()
      .meta({
        description:
          'Of a list of changes: the certificates that it changes, as they are now or were when it was closed.',
      }),
  })
  .meta({ id: 'BatchPreview' })
const batchResults = z
  .strictObject({
    ...batchMembers,
    part: count,
    parts: count,
    rows: z.array(
      z.strictObject({
        line: count,
        state: z.enum(['issued', 'changed', 'rejected', 'pending']),
        code: z.string().optional(),
        certificate: z.string().optional(),
        pointers: z.array(z.string()).optional(),
      }),
    ),
    files: z.array(batchFiles),
  })
  .meta({ id: 'BatchResults' })

// biome-ignore format: it reads as a table
export const outputs: Readonly<Record<string, z.ZodType>> = {
  'POST /verify':                                      z.union([verdict, presentation]),
  'POST /check':                                       verdict,
  'GET /v/{token}':                                    verdict,
  'POST /v/{token}':                                   verdict,
  'POST /credentials/verify':                          vcalmVerified,
  'POST /presentations/verify':                        vcalmVerified,
  'POST /issuers/{issuer}/credentials':                issued,
  'POST /issuers/{issuer}/credentials/issue':          vcalmIssued,
  'POST /issuers/{issuer}/credentials/{id}/correct':   issued,
  'POST /issuers/{issuer}/credentials/{id}/renew':     issued,
  'POST /issuers/{issuer}/credentials/{id}/new-link':  newLink,
  'POST /issuers/{issuer}/credentials/{id}/erase':     status,
  'POST /issuers/{issuer}/credentials/{id}/hold':      status,
  'POST /issuers/{issuer}/credentials/{id}/lift-hold': status,
  'POST /authorities/{authority}/credentials/{issuer}/{id}/hold': status,
  'POST /authorities/{authority}/credentials/{issuer}/{id}/lift-hold': status,
  'POST /issuers/{issuer}/batches':                    batch,
  'POST /issuers/{issuer}/credentials/revoke':         batch,
  'POST /issuers/{issuer}/credentials/suspend':        batch,
  'POST /issuers/{issuer}/credentials/reinstate':      batch,
  'POST /issuers/{issuer}/batches/uploads':            z.strictObject({ id: z.string(), url: z.string(), fields: z.record(z.string(), z.string()), until: moment }),
  'GET /issuers/{issuer}/batches':                     z.strictObject({ batches: z.array(batch), next }),
  'GET /issuers/{issuer}/batches/{id}':                batch,
  'GET /issuers/{issuer}/batches/{id}/preview':        batchPreview,
  'POST /issuers/{issuer}/batches/{id}/answers':       batchPreview,
  'POST /issuers/{issuer}/batches/{id}/close':         batch,
  'POST /issuers/{issuer}/batches/{id}/reopen':        batch,
  'POST /issuers/{issuer}/batches/{id}/start':         batch,
  'POST /issuers/{issuer}/batches/{id}/approve':       batch,
  'POST /issuers/{issuer}/batches/{id}/pause':         batch,
  'POST /issuers/{issuer}/batches/{id}/resume':        batch,
  'POST /issuers/{issuer}/batches/{id}/cancel':        batch,
  'GET /issuers/{issuer}/batches/{id}/results':        batchResults,
  'POST /issuers/{issuer}/batches/{id}/results':       batchFiles,
  'POST /issuers/{issuer}/batches/{id}/results/{request}/approve': batchFiles,
  'POST /issuers/{issuer}/batches/{id}/results/{request}/files/{file}': z.strictObject({ url: z.string(), until: moment }),
  'POST /issuers/{issuer}/credentials/{id}/revoke':    status,
  'POST /issuers/{issuer}/credentials/{id}/suspend':   status,
  'POST /issuers/{issuer}/credentials/{id}/reinstate': status,
  'POST /issuers/{issuer}/credentials/status':         z.union([status, sandboxStatus]),
  'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend': status,
  'GET /issuers/{issuer}/proposals':                   z.strictObject({ waitingBy: waitingBy.optional(), proposals: z.array(waitingAction), next }),
  'POST /issuers/{issuer}/proposals/approve':          z.strictObject({ proposals: z.array(z.union([waitingAction, z.strictObject({ id: z.string(), refused: z.string(), detail: z.string() })])) }),
  'POST /issuers/{issuer}/proposals/{id}/approve':     waitingAction,
  'POST /issuers/{issuer}/proposals/{id}/reject':      waitingAction,
  'POST /issuers/{issuer}/brake':                      proposal,
  'POST /issuers/{issuer}/policy':                     proposal,
  'POST /issuers/{issuer}/signatory':                  proposal,
  'POST /issuers/{issuer}/logo':                       proposal,
  'POST /issuers/{issuer}/webhooks':                   proposal,
  'POST /issuers/{issuer}/webhooks/secret':            z.strictObject({ secret: z.string().meta({ description: 'whsec_ and base64. No answer shows it again.' }), signsAlone: moment.meta({ description: 'Until then, earlier secrets sign too.' }) }),
  'POST /issuers/{issuer}/webhooks/{id}/replay':       z.strictObject({ asked: z.literal(true) }),
  'GET /issuers/{issuer}/webhooks/events':                    webhooks,
  'GET /issuers/{issuer}/trail':                       z.strictObject({ entries: z.array(trailEntry), next }),
  'GET /issuers/{issuer}/credentials':                 certificates,
  'GET /issuers/{issuer}/credentials/{id}':            z.looseObject({ id: z.string(), state: z.string(), history: z.array(z.looseObject({})) }),
  'GET /registers':                                    z.union([register, z.strictObject({ registers: z.array(register) })]),
  'GET /authorities/{authority}/proposals':            z.strictObject({ proposals: z.array(proposal), next }),
  'POST /authorities/{authority}/proposals/{id}/approve': z.looseObject({ id: z.string(), state: z.string() }),
  'POST /authorities/{authority}/proposals/{id}/reject':  z.looseObject({ id: z.string(), state: z.string() }),
  'POST /issuers/{issuer}/qualifications':             proposal,
  'POST /issuers/{issuer}/qualifications/{id}/editions': proposal,
  'POST /issuers/{issuer}/qualifications/{id}/retire':  proposal,
  'GET /issuers/{issuer}/qualifications/proposals':     z.strictObject({ proposals: z.array(proposal), next }),
  'POST /issuers/{issuer}/qualifications/proposals/{id}/approve': z.looseObject({ id: z.string(), state: z.string() }),
  'POST /issuers/{issuer}/qualifications/proposals/{id}/reject':  z.looseObject({ id: z.string(), state: z.string() }),
  'POST /authorities/{authority}/frameworks': proposal,
  'POST /authorities/{authority}/frameworks/{id}/referencings': proposal,
  'POST /authorities/{authority}/frameworks/{id}/levels/confirm': proposal,
  'POST /authorities/{authority}/single-decisions': single,
  'GET /authorities/{authority}/single-decisions': z.strictObject({ decisions: z.array(single), letters: z.array(letter), next, nextLetters: next }),
  'POST /authorities/{authority}/letters/{id}/open': letter.extend({ link: z.string() }),
  'POST /authorities/{authority}/single-decisions/{id}/open': openedSingle,
  'POST /authorities/{authority}/single-decisions/{id}/complete': single,
  'POST /authorities/{authority}/single-decisions/{id}/end': single,
  'POST /authorities/{authority}/single-decisions/{id}/appeal': single,
  'POST /authorities/{authority}/single-decisions/{id}/approve': single.extend({ verifiableCredential: document.optional() }),
  'POST /authorities/{authority}/single-decisions/{id}/reject': single,
  'POST /authorities/{authority}/decisions': proposal,
  'POST /authorities/{authority}/decisions/{id}/join': proposal,
  'POST /authorities/{authority}/decisions/{id}/end': proposal,
  'POST /authorities/{authority}/decisions/{id}/appeal': proposal,
  'POST /authorities/{authority}/skill-sets': proposal,
  'POST /authorities/{authority}/skill-sets/{id}/{version}/join': proposal,
  'POST /authorities/{authority}/skill-sets/{id}/{version}/leave': proposal,
  'POST /authorities/{authority}/comparisons': proposal,
  'POST /authorities/{authority}/corridors': proposal,
  'POST /authorities/{authority}/corridors/{id}/{version}/join': proposal,
  'POST /authorities/{authority}/corridors/{id}/{version}/leave': proposal,
  'GET /authorities/{authority}/corridors/{id}/tracks/{track}': z.strictObject({
    ...{ corridor: z.string(), track: z.string(), steps: z.array(z.looseObject({ step: z.enum(stepIds) })) },
    plans: z.array(z.looseObject({ step: z.enum(stepIds), owner: z.string(), due: z.string(), overdue: z.boolean() })),
    gaps: z.array(z.looseObject({ id: z.string(), unit: z.string(), overdue: z.boolean() })),
    kept: z.array(z.looseObject({ title: z.string(), sha256: z.string(), nonce: z.string(), commitment: z.string() })),
  }),
  'POST /authorities/{authority}/level-records': proposal,
  'POST /authorities/{authority}/level-records/{id}/{version}/join': proposal,
  'POST /authorities/{authority}/level-records/{id}/{version}/leave': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/receipts': proposal,
  'POST /authorities/{authority}/compliance': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/plan': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/close': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/declare': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/join': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/withdraw': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/evidence': proposal,
  'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/plan': proposal,
  'POST /authorities/{authority}/comparisons/{id}/{version}/join': proposal,
  'POST /authorities/{authority}/comparisons/{id}/{version}/leave': proposal,
  'POST /authorities/{authority}/placements': proposal,
  'POST /authorities/{authority}/assignments': proposal,
  'POST /authorities/{authority}/placements/end': proposal,
  'POST /authorities/{authority}/state-descriptions': proposal,
  'POST /issuers/{issuer}/descriptions': proposal,
  'POST /authorities/{authority}/accreditations':      proposal,
  'POST /authorities/{authority}/bodies':              proposal,
  'POST /authorities/{authority}/centres':             proposal,
  'GET /issuers/{issuer}/accreditations':              accreditations,
  'GET /issuers/{issuer}/keys':                        keys,
  'GET /issuers/{issuer}/did.json':                    z.looseObject({ id: z.string(), verificationMethod: z.array(z.looseObject({})) }),
  'GET /lists':                                        z.strictObject({ lists: z.array(z.looseObject({ registry: z.string() })) }),
  'GET /status-lists/{id}':                            statusList,
  'POST /authorization':                               z.looseObject({ ...echo, authorized: z.boolean(), sites: z.array(z.string()).optional() }),
  'POST /recognition':                                 z.strictObject({ ...echo, recognized: z.boolean() }),
  'GET /metadata':                                     z.strictObject({ id: z.string(), name: z.string(), description: z.string() }),
  'GET /federation/list':                              z.array(z.string()),
  'GET /federation/trust-mark-list':                   z.array(z.string()),
  'GET /issuers':                                      z.looseObject({ asOf: z.string(), issuers: z.array(z.looseObject({ id: z.string(), standing: z.string() })), next }),
  'GET /authorities':                                  z.looseObject({ authorities: z.array(z.looseObject({ id: z.string() })), next }),
  'GET /changes':                                      z.looseObject({ changes: z.array(z.looseObject({ index: z.int() })), statements: z.array(z.looseObject({ place: z.int(), type: z.string(), entry: z.string() })) }),
  'GET /trust-bundle':                                z.strictObject({ bundle: z.looseObject({ size: z.int() }), note: z.string(), head: z.string().optional() }),
  'GET /qualifications':                               z.looseObject({ asOf: z.string(), count: z.int(), qualifications: z.array(z.looseObject({ id: z.string(), title: z.string() })), next }),
  'GET /qualifications/{id}':                          z.looseObject({ id: z.string(), stated }),
  'GET /units':                                        z.looseObject({ code: z.string(), count: z.int(), qualifications: z.array(z.looseObject({ id: z.string() })), next }),
  'GET /occupations/{id}':                             z.looseObject({ id: z.string(), title: z.string(), count: z.int(), states: z.array(z.looseObject({ state: z.string() })) }),
  'GET /decisions':                                    z.strictObject({ decisions: z.array(classDecision) }),
  'GET /comparisons/{id}/{version}':                  comparisonShown,
  'POST /comparisons/{id}/{version}/held':            z.strictObject({
    comparison: z.strictObject({ id: z.string(), number: z.int() }),
    verdict: z.enum(['valid', 'invalid', 'indeterminate']),
    units: z
      .array(z.looseObject({ code: z.string(), title: z.string(), held: z.enum(['has', 'in-part', 'lacks', 'not-compared']) }))
      .optional()
      .meta({ description: 'Absent: the certificate is not valid now, or is of another edition.' }),
  }),
  'GET /skill-sets/{id}/{version}':                   skillSet,
  'POST /skill-sets/{id}/{version}/held':             z.strictObject({
    set: z.strictObject({ id: z.string(), number: z.int() }),
    verdict: z.enum(['valid', 'invalid', 'indeterminate']),
    held: z.strictObject({ has: z.array(namedUnit), lacks: z.array(namedUnit) }).optional().meta({
      description: 'Absent: the certificate is not valid now, or the set accepts nothing of its edition.',
    }),
  }),
  'GET /comparability':                                z.looseObject({
    versions: z.array(comparisonShown),
    sets: z
      .array(z.looseObject({ id: z.string(), number: z.int(), name: z.string(), units: z.int() }))
      .optional()
      .meta({ description: 'Every agreed set, if no qualification is named.' }),
  }),
  'GET /corridors':                                    z.looseObject({ licence, tracks: z.array(corridorTrack) }),
  'GET /corridors/{id}':                               z.looseObject({ licence, id: z.string(), tracks: z.array(z.looseObject({ id: z.string() })) }),
  'GET /corridors/{id}/{track}':                       corridorTrack.extend({ licence }),
  'GET /corridors/{id}/{track}/profile':               z.looseObject({ licence, draftedOn: z.string(), qualifications: z.array(z.looseObject({ id: z.string(), units: z.array(namedUnit) })) }),
  'GET /corridors/{id}/{track}/receipts/{manifest}':   z.looseObject({ id: z.string(), issuer: z.looseObject({ id: z.string() }), proof: z.looseObject({}) }),
  'GET /corridors/{id}/{track}/portfolio':             z.strictObject({ licence, corridor: z.string(), track: z.string(), registry: z.url(), command: z.string() }),
  'GET /compliance':                                  z.looseObject({ licence, lines: z.array(complianceLine) }),
  'GET /corridor-steps':                               z.strictObject({ licence, steps: z.array(z.looseObject({ id: z.enum(stepIds), title: z.string() })), activities: z.array(z.string()) }),
  'GET /frameworks/{id}':                              z.looseObject({ id: z.string() }),
  'GET /':                                             z.strictObject({ name: z.string(), verify: z.url(), description: z.url() }),
  'GET /about':                                        operator,
  'GET /privacy':                                      operator,
  'GET /accessibility':                                operator,
  'GET /report-problem':                               operator,
  'GET /report-fake':                                  z.strictObject({ report: z.url(), reasons: z.array(z.enum(reportReasons)) }),
  'POST /report-fake':                                 z.strictObject({ reference: z.string(), body: z.string(), sentTo: z.array(z.string()) }),
  'GET /report-mistake/{kind}/{id}':                     z.strictObject({ record: z.strictObject({ kind: z.enum(['qualification', 'framework']), id: z.string(), title: z.string(), editions: z.array(z.string()) }), owner: z.nullable(z.string()).meta({ description: 'Id of the one who gets the report. Null: nobody, so none is taken.' }), reasons: z.array(z.enum(mistakeReasons)) }),
  'POST /report-mistake/{kind}/{id}':                    z.strictObject({ reference: z.string(), owner: z.string() }),
  'GET /report-fake/sent/{reference}':                 z.strictObject({ reference: z.string() }),
  'GET /healthz':                                      z.strictObject({ status: z.literal('up') }),
}
