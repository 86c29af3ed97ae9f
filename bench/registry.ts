import { createHmac, randomBytes, sign } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyIndependently } from '@sijil/credentials/independent'
import type { Answers } from '@sijil/http'
import { accessTokens, createHandler, createLog } from '@sijil/http'
import { shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import {
  type BoxStore,
  type CommitStore,
  type KeyMaker,
  RegistryError,
  type SecretMaker,
  type SecretReader,
  type Signer,
} from '@sijil/registry'
import { cachedCatalogue } from '@sijil/registry/catalogue'
import type { IssueInput } from '@sijil/registry/certificates'
import { accredit, establish, loadFirstBaseline, registerBody, registerCentre } from '@sijil/registry/decisions'
import { issuingQuota } from '@sijil/registry/issuance'
import type { RecognitionReader } from '@sijil/registry/recognition'
import { addMember, cachedTrust, trustByVersion, trustOf } from '@sijil/registry/trust'
import { storeOnly } from '@sijil/registry/verification'
import { SignJWT } from 'jose'
import { issueAnswers } from '../functions/answers/issue.ts'
import { verifyAnswers } from '../functions/answers/verify.ts'
import { type FunctionName, type RouteRowOf, routes } from '../functions/routes.ts'
import { type Keys, makeKeys } from './certificates.ts'

export const BODY = 'demo-ph-tesda'
const CENTRE = 'demo-ph-centre-taguig'
const TOKEN_ISSUER = 'https://identity.example'
const clock = () => new Date()
const patience = { random: randomBytes, clock, pause: async (ms: number) => void (await sleep(ms)) }
const general = () => import('@sijil/credentials/general')

/** Signs with keys in memory. The deployed function uses KMS, but the network is not measured here. */
function localKeys(): { keys: KeyMaker; signer: Signer; secrets: SecretMaker & SecretReader } {
  const pairs = new Map<string, Keys>()
  const root = randomBytes(32)
  return {
    keys: {
      cannotUse: async () => 'lent keys are not measured',
      async createKey(issuer, purpose) {
        const keyRef = `${issuer}/${purpose}/${pairs.size}`
        const pair = makeKeys()
        pairs.set(keyRef, pair)
        return { keyRef, publicKeyMultibase: pair.publicKeyMultibase }
      },
    },
    signer: {
      async sign({ keyRef }, issuer, purpose, bytes) {
        const pair = keyRef.startsWith(`${issuer}/${purpose}/`) ? pairs.get(keyRef) : undefined
        if (pair === undefined) throw new RegistryError('internal', 'no such key')
        return sign(null, bytes, pair.privateKey)
      },
    },
    secrets: {
      createSecret: async () => randomBytes(32),
      decrypt: async (issuer, ciphertext) => createHmac('sha256', root).update(issuer).update(ciphertext).digest(),
    },
  }
}

export const rowsOf = <F extends FunctionName>(name: F): RouteRowOf<F>[] =>
  routes.filter((row): row is RouteRowOf<F> => row.function === name)

/** The request for a demonstration certificate: Masonry NC II, with five units. */
export const issueInput = (n: number): IssueInput => ({
  qualification: 'ph-masonry-nc2',
  holder: { name: `MARIA SANTOS EXAMPLE ${n}`, birthDate: '1990-02-28' },
  certificateNumber: `BENCH-${n}`,
  registerNumber: `ULI-${n}`,
  assessedOn: '2026-02-10',
  awardedOn: '2026-02-20',
  method: 'demonstration-and-questioning',
  route: 'prior-learning',
  centre: { id: CENTRE },
  signatory: { name: 'DEMO OFFICER', position: 'Provincial Director (demonstration)' },
})

/** Opens the functions `verify` and `issue` over a store, with one body that may issue. */
export async function openFunctions(
  store: CommitStore & BoxStore,
  baseUrl: string,
  { recognitions }: { recognitions?: RecognitionReader } = {},
) {
  const local = localKeys()
  const founded = new Date('2020-01-01T00:00:00.000Z')
  const at = { store, ...local, policy: { demonstration: true }, now: founded }
  const decided = { actor: 'system:bench', effectiveAt: founded.toISOString() }
  const identity = {
    name: 'Technical Education and Skills Development Authority (demonstration)',
    state: 'PH',
    website: 'https://ph-tesda.example',
    mandate: 'Republic Act 7796 (1994)',
    demonstration: true,
  }
  await loadFirstBaseline({ baseline: shippedBaseline, digest: 'shipped' }, at)
  await registerBody({ id: BODY, identity, baseUrl, ...decided }, at)
  await addMember({ owner: BODY, subject: BODY, roles: ['issue'], actor: decided.actor }, at)
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await establish({ grantee: BODY, grant: 'main', right: 'issue', basis: identity.mandate, scope, ...decided }, at)
  await establish(
    { grantee: BODY, grant: 'centres', right: 'accredit', basis: identity.mandate, scope, ...decided },
    at,
  )
  await registerCentre({ id: CENTRE, identity: { ...identity, name: 'Example Assessment Center' }, ...decided }, at)
  await accredit(
    { grantee: CENTRE, grant: 'main', grantors: [BODY], right: 'assess', basis: 'decision 1', scope, ...decided },
    at,
  )

  const tokenKeys = makeKeys()
  const shared = {
    baseUrl,
    log: createLog({ sink: () => {}, now: clock }),
    languages: ['en'] as [string, ...string[]],
    now: clock,
  }
  const parts = { boxes: store, policy: { demonstration: true }, baseUrl, general, clock }
  const verifying: Answers<RouteRowOf<'verify'>[]> = verifyAnswers({
    ...parts,
    ...storeOnly,
    recognitions,
    reader: store,
    trust: cachedTrust(trustOf(store), Date.now),
    catalogue: cachedCatalogue(store, Date.now),
  })
  const issuing: Answers<RouteRowOf<'issue'>[]> = issueAnswers({
    ...parts,
    sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
    store: trustByVersion(store),
    ...local,
    verifyIndependently,
    random: randomBytes,
    patience,
    // The quota is counted as usual but never reached, so that it does not limit the measured speed.
    quota: issuingQuota({ perSecond: 9_999, burst: 9_999 }),
  })
  return {
    deps: at,
    signer: local.signer,
    verify: createHandler({ ...shared, rows: rowsOf('verify'), answers: verifying, tokens: undefined }),
    issue: createHandler({
      ...shared,
      rows: rowsOf('issue'),
      answers: issuing,
      // Nothing is measured at the desk.
      orders: { open: () => Promise.reject(new Error('no order')) },
      tokens: accessTokens({ issuer: TOKEN_ISSUER, keys: async () => tokenKeys.publicKey, clients: [] }),
    }),
    token: () =>
      new SignJWT({ scope: 'credentials:issue' })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
        .setIssuer(TOKEN_ISSUER)
        .setAudience(baseUrl)
        .setSubject(BODY)
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(tokenKeys.privateKey),
  }
}
export type Functions = Awaited<ReturnType<typeof openFunctions>>
