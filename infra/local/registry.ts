import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RetryStrategy, Table } from '@sijil/aws'
import { requireStatementKey } from '@sijil/registry'
import { runBy } from '../../functions/clock.ts'
import type { BatchEnvironment, DeliverEnvironment, DeskEnvironment } from '../../functions/environment.ts'
import { routes } from '../../functions/routes.ts'
import { claimAddress } from './address.ts'
import { demonstrationBodies, demonstrationOfficers } from './demonstration/bodies.ts'
import { localParts } from './demonstration/entities.ts'
import { type Demonstration, seedDemonstration } from './demonstration/seed.ts'
import { deskSecretsIn } from './desk-secrets.ts'
import { findJson, privateFolder } from './durable-file.ts'
import { type LocalDynamoDb, startDynamoDb } from './dynamodb.ts'
import { type LocalHandler, startGateway } from './gateway.ts'
import { createIdentity, LOCAL_ACR } from './identity.ts'
import { OTHER_ACCOUNT, startKms } from './kms.ts'
import { localKeyHolders } from './kms-access.ts'
import { LOCAL_REGION, localCredentials } from './local-credentials.ts'
import { readOwnBodies } from './own-bodies.ts'
import { startS3 } from './s3.ts'
import { startSecrets } from './secrets.ts'
import { startSequencing } from './sequencing.ts'
import { type MessageHandler, startSqs, type Timing } from './sqs.ts'

export interface LocalRegistry {
  baseUrl: string
  folder: string
  demonstration: Demonstration
  /** Runs the writer of the logs once, now. It also runs by itself every two seconds, unless `writesLogs` is false. */
  sequence(): Promise<void>
  /** Deletes the boxes of ended links, now. It also runs by itself every minute. */
  erase(order?: { since?: string }): Promise<{ certificates: number }>
  /** Sends the messages of batches that stand still, now. It also runs by itself every minute. */
  sweep(): Promise<unknown>
  /** Looks for events for systems of bodies, and sends messages for those that are due. It also runs by itself. */
  deliver(): Promise<unknown>
  close(): Promise<void>
}

export const tables = { commits: 'SijilCommits', boxes: 'SijilBoxes' }
const SWEEP_MS = 60_000
const ERASE_MS = 60_000
/** On AWS once a minute, but a local user should not wait so long. */
const DELIVER_MS = 10_000
const officerScopes = ['registry:propose', 'registry:approve']
const bodyScopes = ['credentials:issue', 'credentials:status', 'credentials:read', 'credentials:results']
/** Where the bucket of uploads answers people, on the port of the registry. */
const UPLOADS = '/uploads'

/** Starts store, keys, identity, gateway and functions in one process. The first start also makes the demonstration. */
export async function startRegistry({
  port,
  folder: given,
  witnesses = '',
  roots = '',
  refused = '',
  onTheWay = (endpoint) => endpoint,
  onTheWayToFiles = (endpoint) => endpoint,
  clock = Date.now,
  storeRetries,
  storeClient,
  withCertificates = true,
  writesLogs = true,
  queues,
}: {
  port: number
  folder: string
  /** Verifier keys, in the form of `WITNESSES`. */
  witnesses?: string
  /** Ids, in the form of `ROOTS`. */
  roots?: string
  /** Ids, in the form of `REFUSED`. */
  refused?: string
  /** Returns the address by which the functions reach the store. A test uses it to insert faults. */
  onTheWay?: (endpoint: string) => string | Promise<string>
  /** The same for the store of files. */
  onTheWayToFiles?: (endpoint: string) => string | Promise<string>
  /** The time of functions and stand-ins, in milliseconds since 1970. A test can move it. */
  clock?: () => number
  /** When and how often the functions repeat a failed request to the store. Without it, the AWS SDK decides. */
  storeRetries?: RetryStrategy
  /** Makes the client of the store. Without it, the functions reach the store as on AWS, over HTTP. */
  storeClient?: (store: LocalDynamoDb) => Table['client']
  /** If false, the demonstration has bodies but no certificates. It takes half the time, and its first start may name roots. */
  withCertificates?: boolean
  /** If false, the writer of the logs runs after the demonstration was made, and then only when `sequence` is called. */
  writesLogs?: boolean
  /** When and how often the queues deliver a message. */
  queues?: Timing
}): Promise<LocalRegistry> {
  const folder = resolve(given)
  await privateFolder(folder)
  const baseUrl = await claimAddress(folder, port)
  const isFirst = (await findJson(join(folder, 'demo.json'))) === undefined
  if (roots !== '' && withCertificates && isFirst)
    throw new Error(
      `Start once without SIJIL_ROOTS: the demonstration in ${folder} is made by bodies of several states. Then name the roots.`,
    )
  const ownBodies = await readOwnBodies(folder)
  const operatorFile = join(folder, 'operator.json')

  const store = await startDynamoDb({ path: join(folder, 'store'), tables, clock })
  const kms = await startKms({ folder: join(folder, 'keys'), clock })
  const s3 = await startS3({ folder: join(folder, 'artefacts') })
  const sqs = await startSqs(queues)
  const clients = [
    ...[...demonstrationBodies, ...ownBodies].map(({ id }) => ({ id, scopes: bodyScopes })),
    // An officer is a person, so their tokens contain the time of their sign-in.
    ...demonstrationOfficers.map(({ client: id }) => ({ id, scopes: officerScopes, person: true })),
  ]
  const desk = await deskSecretsIn(folder)
  const secrets = await startSecrets({ session: desk.sessionSecret, 'sign-in': desk.clientSecret })
  const site = {
    id: 'sijil-desk',
    secret: desk.clientSecret,
    redirectUri: `${baseUrl}/desk/callback`,
    persons: demonstrationOfficers.map(({ authority, client: id }) => ({ id, authority })),
  }
  const identity = await createIdentity({ baseUrl, folder, clients, site, clock })

  runBy(clock, { ...(storeRetries && { retries: storeRetries }), ...(storeClient && { client: storeClient(store) }) })
  // Set before any function is imported, because the AWS SDK reads these variables when its clients are made.
  const environment: DeskEnvironment & BatchEnvironment & DeliverEnvironment = {
    BASE_URL: baseUrl,
    COMMITS_TABLE: tables.commits,
    BOXES_TABLE: tables.boxes,
    ARTEFACTS_BUCKET: 'artefacts',
    UPLOADS_BUCKET: 'uploads',
    RANGES_QUEUE_URL: sqs.urlOf('ranges'),
    FILES_QUEUE_URL: sqs.urlOf('files'),
    DELIVERIES_QUEUE_URL: sqs.urlOf('deliveries'),
    // The receiver of a demonstration runs beside it.
    WEBHOOK_RECEIVERS: 'public-and-loopback',
    UPLOADS_ADDRESS: `${baseUrl}${UPLOADS}`,
    SECRETS_KEY_ID: kms.secretsKeyId,
    TOKEN_ISSUER: identity.issuer,
    TOKEN_JWKS_URL: identity.jwksUrl,
    TOKEN_CLIENTS: '',
    // The local provider checks nothing, and says so: `0` is the weakest acr (OpenID Connect Core §2).
    APPROVING_SIGN_IN: `acr=${LOCAL_ACR}`,
    DEMONSTRATION: 'yes',
    WITNESSES: witnesses,
    ROOTS: roots,
    REFUSED: refused,
    KEY_ACCOUNTS: OTHER_ACCOUNT,
    ROLES: localKeyHolders.roles,
    KEY_ADMINISTRATOR: localKeyHolders.administrator,
    KEY_REPLICA_REGION: '',
    SIGNATURES_PER_SECOND: '',
    // On one machine users do not compete for capacity, and a test suite sends many requests at once.
    ISSUING_QUOTA: 'none',
    OPERATOR_FILE: existsSync(operatorFile) ? operatorFile : '',
    SIGN_IN_CLIENT_ID: site.id,
    SIGN_IN_SECRET_ID: 'sign-in',
    SESSION_SECRET_ID: 'session',
  }
  Object.assign(process.env, environment, {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: await onTheWay(store.endpoint),
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    AWS_ENDPOINT_URL_S3: await onTheWayToFiles(s3.endpoint),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  })
  const [
    verify,
    pages,
    issue,
    batches,
    status,
    records,
    lists,
    decisions,
    recognise,
    deskFunction,
    office,
    trust,
    log,
    federation,
    reports,
    paper,
    sweep,
    erase,
    sequence,
    deliver,
  ] = await Promise.all([
    import('../../functions/verify.ts'),
    import('../../functions/pages.ts'),
    import('../../functions/issue.ts'),
    import('../../functions/batches.ts'),
    import('../../functions/status.ts'),
    import('../../functions/records.ts'),
    import('../../functions/lists.ts'),
    import('../../functions/decisions.ts'),
    import('../../functions/recognise.ts'),
    import('../../functions/desk.ts'),
    import('../../functions/office.ts'),
    import('../../functions/trust.ts'),
    import('../../functions/log.ts'),
    import('../../functions/federation.ts'),
    import('../../functions/reports.ts'),
    import('../../functions/paper.ts'),
    import('../../functions/sweep.ts'),
    import('../../functions/erase.ts'),
    import('../../functions/sequence.ts'),
    import('../../functions/deliver.ts'),
  ])
  const handlers = {
    verify: verify.handler as LocalHandler,
    pages: pages.handler as LocalHandler,
    issue: issue.handler as LocalHandler,
    batches: batches.handler as LocalHandler,
    status: status.handler as LocalHandler,
    records: records.handler as LocalHandler,
    lists: lists.handler as LocalHandler,
    decisions: decisions.handler as LocalHandler,
    recognise: recognise.handler as LocalHandler,
    desk: deskFunction.handler as LocalHandler,
    office: office.handler as LocalHandler,
    trust: trust.handler as LocalHandler,
    log: log.handler as LocalHandler,
    federation: federation.handler as LocalHandler,
    reports: reports.handler as LocalHandler,
    paper: paper.handler as LocalHandler,
  }
  // Done before the first request, because without this key the registry cannot make its entity statement. Logs are written only after
  // the demonstration was made.
  const { store: commits, keys } = localParts()
  await requireStatementKey({ store: commits, keys, now: new Date(clock()) })
  const { problemPages } = await import('../../functions/answers/pages/problem-page.ts')
  const gateway = await startGateway({
    port,
    baseUrl,
    routes,
    handlers,
    mounts: {
      '/oidc': identity.listener,
      [UPLOADS]: s3.forPeople({ baseUrl, mount: UPLOADS, bucket: 'uploads', clock }),
    },
    problemPage: problemPages({ baseUrl, policy: { demonstration: true } }),
    clock,
  })
  const sweeping = setInterval(() => void sweep.handler().catch(() => {}), SWEEP_MS)
  sweeping.unref()
  const erasing = setInterval(() => void erase.handler().catch(() => {}), ERASE_MS)
  erasing.unref()
  const collect = deliver.handler as () => Promise<unknown>
  const delivering = setInterval(() => void collect().catch(() => {}), DELIVER_MS)
  delivering.unref()
  const sequencing = startSequencing(sequence.handler)
  sqs.deliverTo('ranges', issue.handler as MessageHandler)
  sqs.deliverTo('files', paper.handler as MessageHandler)
  sqs.deliverTo('deliveries', deliver.handler as MessageHandler)
  const close = async () => {
    clearInterval(sweeping)
    clearInterval(erasing)
    clearInterval(delivering)
    await sequencing.stop()
    await gateway.close()
    await kms.close()
    await secrets.close()
    await sqs.close()
    await s3.close()
    await store.close()
  }
  try {
    const demonstration = await seedDemonstration({ baseUrl, folder, ownBodies, withCertificates })
    // What an earlier start made is in the logs already.
    if (writesLogs || isFirst || ownBodies.length > 0) await sequencing.start({ goesOn: writesLogs })
    return {
      baseUrl,
      folder,
      demonstration,
      sequence: sequencing.once,
      erase: erase.handler,
      sweep: () => sweep.handler(),
      deliver: () => collect(),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
