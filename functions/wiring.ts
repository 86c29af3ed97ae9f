import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createKeyMaker,
  createNoteOpener,
  createNoteSealer,
  createSecretMaker,
  createSecretReader,
  createSigner,
  documentClient,
  kmsClient,
  openBoxEraser,
  openBoxReader,
  openBoxStore,
  openCommitReader,
  openCommitStore,
  paceSigner,
  secretReader,
  secretsClient,
} from '@sijil/aws'
import {
  type AccessTokens,
  accessTokens,
  createLog,
  parseSignInPolicy,
  remoteKeys,
  type SignInPolicy,
} from '@sijil/http'
import type { ArtefactFault, Patience, Signer } from '@sijil/registry'
import { acceptedRegistries, withRemote } from '@sijil/registry/accepted-registries'
import {
  cachedBaselineFrameworks,
  cachedCatalogue,
  cachedCatalogueList,
  cachedDescriptions,
} from '@sijil/registry/catalogue'
import { cachedCompliance, cachedCorridors } from '@sijil/registry/corridors'
import { type IssuingQuota, issuingQuota, noQuota, parseQuotaLimits, usualQuota } from '@sijil/registry/issuance'
import { cachedComparisons, cachedSkillSets } from '@sijil/registry/joint'
import { cachedTreeSizes, witnessedAt } from '@sijil/registry/log'
import { cachedClassDecisions, cachedRecognitions } from '@sijil/registry/recognition'
import { cachedTrust, type TrustPolicy, trustOf } from '@sijil/registry/trust'
import { clock, clockMilliseconds, localStore } from './clock.ts'
import type {
  BatchEnvironment,
  DeliverEnvironment,
  DeskEnvironment,
  Environment,
  SessionEnvironment,
} from './environment.ts'
import { type FunctionName, type RouteRowOf, routes } from './routes.ts'

/** Throws if a variable is missing, so that a function fails at its start and not at its first request. */
export function readEnvironment(lines: NodeJS.ProcessEnv): Environment {
  const line = (name: keyof Environment): string => {
    const value = lines[name]
    if (value === undefined || value === '') throw new Error(`the environment lacks ${name}`)
    return value
  }
  return {
    BASE_URL: line('BASE_URL'),
    COMMITS_TABLE: line('COMMITS_TABLE'),
    BOXES_TABLE: line('BOXES_TABLE'),
    ARTEFACTS_BUCKET: line('ARTEFACTS_BUCKET'),
    SECRETS_KEY_ID: line('SECRETS_KEY_ID'),
    TOKEN_ISSUER: line('TOKEN_ISSUER'),
    TOKEN_JWKS_URL: line('TOKEN_JWKS_URL'),
    TOKEN_CLIENTS: lines.TOKEN_CLIENTS ?? '',
    APPROVING_SIGN_IN: line('APPROVING_SIGN_IN'),
    DEMONSTRATION: line('DEMONSTRATION') === 'yes' ? 'yes' : 'no',
    WITNESSES: lines.WITNESSES ?? '',
    ROOTS: lines.ROOTS ?? '',
    REFUSED: lines.REFUSED ?? '',
    KEY_ACCOUNTS: lines.KEY_ACCOUNTS ?? '',
    ROLES: line('ROLES'),
    KEY_ADMINISTRATOR: line('KEY_ADMINISTRATOR'),
    KEY_REPLICA_REGION: lines.KEY_REPLICA_REGION ?? '',
    SIGNATURES_PER_SECOND: lines.SIGNATURES_PER_SECOND ?? '',
    ISSUING_QUOTA: lines.ISSUING_QUOTA ?? '',
    WEBHOOK_RECEIVERS: receiversNamed(lines.WEBHOOK_RECEIVERS ?? 'public'),
    OPERATOR_FILE: lines.OPERATOR_FILE ?? '',
  }
}

export function readBatchEnvironment(lines: NodeJS.ProcessEnv): BatchEnvironment {
  const { UPLOADS_BUCKET = '', RANGES_QUEUE_URL = '', FILES_QUEUE_URL = '', UPLOADS_ADDRESS = '' } = lines
  const more = { UPLOADS_BUCKET, RANGES_QUEUE_URL, FILES_QUEUE_URL, UPLOADS_ADDRESS }
  const [missing] = Object.entries(more).find(([, value]) => value === '') ?? []
  if (missing !== undefined) throw new Error(`the environment lacks ${missing}`)
  return { ...readEnvironment(lines), ...more }
}

function receiversNamed(name: string): Environment['WEBHOOK_RECEIVERS'] {
  if (name === 'public' || name === 'public-and-loopback') return name
  throw new Error('WEBHOOK_RECEIVERS must be public or public-and-loopback')
}

export function readDeliverEnvironment(lines: NodeJS.ProcessEnv): DeliverEnvironment {
  const { DELIVERIES_QUEUE_URL = '' } = lines
  if (DELIVERIES_QUEUE_URL === '') throw new Error('the environment lacks DELIVERIES_QUEUE_URL')
  return { ...readEnvironment(lines), DELIVERIES_QUEUE_URL }
}

export function readSessionEnvironment(lines: NodeJS.ProcessEnv): SessionEnvironment {
  const { SESSION_SECRET_ID = '' } = lines
  if (SESSION_SECRET_ID === '') throw new Error('the environment lacks SESSION_SECRET_ID')
  return { ...readEnvironment(lines), SESSION_SECRET_ID }
}

export function readDeskEnvironment(lines: NodeJS.ProcessEnv): DeskEnvironment {
  const { SIGN_IN_CLIENT_ID = '', SIGN_IN_SECRET_ID = '' } = lines
  if (SIGN_IN_CLIENT_ID === '' || SIGN_IN_SECRET_ID === '')
    throw new Error('the environment lacks SIGN_IN_CLIENT_ID or SIGN_IN_SECRET_ID')
  return { ...readSessionEnvironment(lines), SIGN_IN_CLIENT_ID, SIGN_IN_SECRET_ID }
}

/** The pause between two attempts to write one commit. */
export const patience: Patience = {
  random: randomBytes,
  clock,
  pause: async (milliseconds) => void (await sleep(milliseconds)),
}

/** Makes one client for each process, which all stores share. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
// Marked as pure, so that the bundle of a function that never signs leaves out the client of KMS.
const documents = /* @__PURE__ */ once(() => {
  const { client, retries } = localStore()
  return client ?? documentClient(clockMilliseconds, retries)
})
const kms = /* @__PURE__ */ once(kmsClient)
const secretsManager = /* @__PURE__ */ once(secretsClient)

export const rowsOf = <F extends FunctionName>(name: F): RouteRowOf<F>[] =>
  routes.filter((row): row is RouteRowOf<F> => row.function === name)

/** Writes lines to the standard output. Lambda passes them to CloudWatch unchanged. */
export const log = /* @__PURE__ */ createLog({ sink: (line) => process.stdout.write(`${line}\n`), now: clock })

/** Settings that all functions share. */
export const edge = ({ BASE_URL }: Environment) => ({
  baseUrl: BASE_URL,
  everyRow: routes,
  log,
  languages: ['en', 'th'] as [string, ...string[]],
  now: clock,
})

export const tokensOf = ({ TOKEN_ISSUER, TOKEN_JWKS_URL, TOKEN_CLIENTS }: Environment): AccessTokens =>
  accessTokens({ issuer: TOKEN_ISSUER, keys: remoteKeys(TOKEN_JWKS_URL), clients: listed(TOKEN_CLIENTS) })

const listed = (line: string): string[] => line.split(',').flatMap((item) => item.trim() || [])

/** An empty list of roots accepts every root that is registered here. */
export function policyOf({
  DEMONSTRATION,
  ROOTS,
  REFUSED,
}: Pick<Environment, 'DEMONSTRATION' | 'ROOTS' | 'REFUSED'>): TrustPolicy {
  const [roots, refused] = [listed(ROOTS), listed(REFUSED)]
  return {
    demonstration: DEMONSTRATION === 'yes',
    ...(roots.length > 0 && { roots }),
    ...(refused.length > 0 && { refused }),
  }
}

export function approvingOf({ APPROVING_SIGN_IN }: Pick<Environment, 'APPROVING_SIGN_IN'>): SignInPolicy {
  const policy = parseSignInPolicy(APPROVING_SIGN_IN)
  if (policy !== undefined) return policy
  throw new Error('APPROVING_SIGN_IN must be words such as acr=phr amr=hwk, or provider')
}

export function quotaOf({ ISSUING_QUOTA }: Pick<Environment, 'ISSUING_QUOTA'>): IssuingQuota {
  if (ISSUING_QUOTA === 'none') return noQuota
  if (ISSUING_QUOTA === '') return issuingQuota(usualQuota)
  const limits = parseQuotaLimits(ISSUING_QUOTA)
  if (limits !== undefined) return issuingQuota(limits)
  throw new Error('ISSUING_QUOTA must be certificates per second and at once, such as 50/200, or none')
}

export function signaturesPerSecondOf(line: string): number | undefined {
  if (line === '') return undefined
  if (/^[1-9]\d{0,3}$/.test(line)) return Number(line)
  throw new Error('SIGNATURES_PER_SECOND must be a whole number from 1 to 9999, or empty')
}

export const general = () => import('@sijil/credentials/general')

/** Dependencies of the functions that only read. None of them can write. */
export function readers(environment: Environment) {
  const client = documents()
  const reader = openCommitReader({ client, table: environment.COMMITS_TABLE })
  const trust = cachedTrust(trustOf(reader), clockMilliseconds)
  const policy = policyOf(environment)
  const catalogue = cachedCatalogue(reader, clockMilliseconds)
  const foreign = acceptedRegistries(reader, {
    trust,
    catalogue,
    policy,
    baseUrl: environment.BASE_URL,
    clock: clockMilliseconds,
  })
  return {
    reader,
    boxes: openBoxReader({ client, table: environment.BOXES_TABLE }),
    trust,
    // Qualifications of accepted registries as well, by their addresses.
    catalogue: withRemote(catalogue, foreign.qualification),
    qualifications: cachedCatalogueList(reader, clockMilliseconds),
    frameworks: cachedBaselineFrameworks(reader, clockMilliseconds),
    descriptions: cachedDescriptions(reader, clockMilliseconds),
    isBehind: () => trust.isBehind?.() === true,
    policy,
    foreign,
    findRemote: async (did: string) => (await foreign.find(did))?.list,
    endorsements: foreign.endorsements,
    recognitions: cachedRecognitions(reader, clockMilliseconds),
    classDecisions: cachedClassDecisions(reader, clockMilliseconds),
    comparisons: cachedComparisons(reader, clockMilliseconds),
    skillSets: cachedSkillSets(reader, clockMilliseconds),
    corridors: cachedCorridors(reader, clockMilliseconds),
    compliance: cachedCompliance(reader, clockMilliseconds),
    baseUrl: environment.BASE_URL,
    witnessed: (hash: string) => witnessedAt(hash, reader),
    treeSizes: cachedTreeSizes(reader, clockMilliseconds),
    general,
  }
}

export const commitStoreOf = ({ COMMITS_TABLE }: Environment) =>
  openCommitStore({ client: documents(), table: COMMITS_TABLE })
export const boxReaderOf = ({ BOXES_TABLE }: Environment) => openBoxReader({ client: documents(), table: BOXES_TABLE })
export const boxStoreOf = ({ BOXES_TABLE }: Environment) => openBoxStore({ client: documents(), table: BOXES_TABLE })
export const boxEraserOf = ({ BOXES_TABLE }: Environment) => openBoxEraser({ client: documents(), table: BOXES_TABLE })
export const reportArtefact = (fault: ArtefactFault) => log({ level: 'error', code: 'artefact-differs', ...fault })
export const keyMakerOf = ({
  KEY_ACCOUNTS,
  KEY_REPLICA_REGION,
  ROLES: roles,
  KEY_ADMINISTRATOR: administrator,
}: Environment) =>
  createKeyMaker({
    kms: kms(),
    holders: { roles, administrator },
    severalRegions: KEY_REPLICA_REGION !== '',
    now: clock,
    pause: patience.pause,
    accounts: listed(KEY_ACCOUNTS),
  })
export function signerOf({ BASE_URL, KEY_ACCOUNTS, SIGNATURES_PER_SECOND }: Environment): Signer {
  const signer = createSigner({ kms: kms(), now: clock, registry: BASE_URL, accounts: listed(KEY_ACCOUNTS) })
  const perSecond = signaturesPerSecondOf(SIGNATURES_PER_SECOND)
  // A steady clock: if the clock of the machine is set back, no signature must wait for the old time.
  const now = () => performance.now()
  return perSecond === undefined ? signer : paceSigner(signer, { perSecond, now, pause: patience.pause })
}
export const secretsOf = ({ SECRETS_KEY_ID }: Environment) =>
  createSecretReader({ kms: kms(), keyId: SECRETS_KEY_ID, now: clock })
/** Reads a secret of the deployment when it is first needed. */
export const secretOf = (id: string) => secretReader({ client: secretsManager(), id })
export const secretMakerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createSecretMaker({ kms: kms(), keyId: SECRETS_KEY_ID })
export const noteSealerOf = ({ SECRETS_KEY_ID }: Environment) => createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID })
export const noteOpenerOf = ({ SECRETS_KEY_ID }: Environment) => createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID })
/** What a member ordered at the desk, from `office` to `issue`. */
export const orderSealerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'order' })
export const orderOpenerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'order' })
/** Names of the people who sign for bodies. */
export const signatorySealerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'signatory' })
export const signatoryOpenerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'signatory' })
/** Secrets that sign events for systems of bodies. */
export const webhookSealerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'webhook' })
export const webhookOpenerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'webhook' })
/** Terms of decisions about single certificates. */
export const termsSealerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'decision' })
export const termsOpenerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'decision' })
/** Texts of people who report a false certificate. */
export const reportSealerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteSealer({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'report' })
export const reportOpenerOf = ({ SECRETS_KEY_ID }: Environment) =>
  createNoteOpener({ kms: kms(), keyId: SECRETS_KEY_ID, content: 'report' })
