import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { METHOD, makeKeys, texts } from '../../bench/certificates.ts'
import type { BatchEnvironment, DeliverEnvironment, DeskEnvironment } from '../../functions/environment.ts'
import { functionNames } from '../../functions/routes.ts'
import { type Bundle, bundle, functionEntry, originCheckEntry } from '../../infra/aws/bundle.ts'
import { httpClient } from '../../infra/aws/stand-ins/no-network.ts'
import { aPaper } from '../../packages/paper/src/sample-paper.ts'

const names = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit', 'origin-check'] as const
const entryOf = (name: (typeof names)[number]) => (name === 'origin-check' ? originCheckEntry : functionEntry(name))

/**
 * Functions with pages have their words in every language. The desk also has the form and the rule of each action, of domains, of reports and
 * of qualifications and of comparisons, checks bundles of other registries, and reads its secrets. Few people wait for it. Lists of changes
 * have words and rules of their own, which `issue` and `batches` load with those of batches.
 * What verifies or decides has the forms of decisions about one certificate and of receipts, which are checked as that of a certificate is. What reads the record knows
 * the events of corridors, level records, sets, work plans and webhooks. Registrations for a time have words on the page of a certificate.
 * International codes have their schemes, and ESCO has fields at the desk, as have agreed sets. Letters of good standing are sent, listed and opened.
 * Issuing remembers trust. The first page of a body says what waits, so it reads batches. Acts about a certificate say what the policy asks, and the audit trail has words. Rows of a batch are picked by chance.
 * The page of a certificate names the host's title, with the degrees of a comparison. The page of a corridor sums up its tracks, corridors have
 * forms at the desk, and the table of routes names the licence. What decides about rights reads what accepted lists say of qualifications.
 */
const mostAtStart: Readonly<Record<string, number>> = {
  pages: 815_000,
  desk: 1_206_000,
  decisions: 799_000,
  issue: 906_000,
  recognise: 873_000,
  batches: 1_004_000,
  office: 877_000,
  paper: 788_000,
  lists: 621_000,
  log: 611_000,
}
const mostBytes = (name: string) => mostAtStart[name] ?? 600_000
/** Modules of the general mode, which only documents of unknown issuers need. */
const general = /node_modules\/(jsonld|rdf-canonize)\/|packages\/credentials\/src\/general\//
/** Modules of the independent verifier, which only issuing needs. */
const independent =
  /node_modules\/(@digitalbazaar\/(vc|data-integrity|\w+-rdfc-\d+-cryptosuite)|jsonld-signatures)\/|packages\/credentials\/src\/independent\//
/** Modules that may open a connection: the SDK, and jose for the configured key set of access tokens. */
const mayConnect = /node_modules\/(@aws-sdk|@smithy|@aws)\//
const mayFetch = /node_modules\/(@aws-sdk|@smithy|@aws|jose)\//
/**
 * Modules for the sign-in of officers. Only the desk calls the configured identity provider, through one file of ours, and through a library
 * that uses that file in place of `fetch`.
 */
const signingIn = /^(packages\/http\/src\/sign-in\/|node_modules\/oauth4webapi\/)/
const askProvider = ['node_modules/oauth4webapi/build/index.js', 'packages/http/src/sign-in/ask-provider.ts']
/** It imports https, but only passes it to the client that a bundle replaces (`infra/aws/stand-ins/no-network.ts`). */
const loaderOfJsonld = 'node_modules/jsonld/lib/documentLoaders/node.js'
/** Modules of the SDK that look for credentials outside the environment. A function does not need them: its environment has its role. */
const askForCredentials = /credential-provider-(?!env\/)|credential-providers|nested-clients|token-providers/
/** The only modules of ours that connect to systems of bodies, and those that look up a name for an address that an officer proposes. */
const sending = ['event-sender', 'guarded-lookup', 'public-address', 'receiver-rules'].map(webhookModule)
const lookingUp = ['guarded-lookup', 'public-address', 'receiver-rules'].map(webhookModule)
const connecting = /^(node:)?(http|https|http2|net|tls|dgram|dns|undici)(\/|$)/

function webhookModule(name: string): string {
  return `packages/http/src/webhooks/${name}.ts`
}

/** Functions that publish or serve files, or compare them. */
const mostlyFiles = ['lists', 'log', 'sequence', 'audit']
/** Functions that read or write files: published ones, logos, and sealed ones of batches. */
const withFiles = [...mostlyFiles, 'decisions', 'desk', 'issue', 'batches', 'paper']

const run = promisify(execFile)

const folder = mkdtempSync(join(tmpdir(), 'sijil-bundles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bundles = new Map<string, Bundle>()
/** The bundle of a function, made by the first test that asks for it. */
function get(name: (typeof names)[number]): Bundle {
  const made = bundles.get(name) ?? bundle(entryOf(name), join(folder, name))
  bundles.set(name, made)
  return made
}

const known = new Map<string, boolean>()
/** `fetches`, once for each file: many bundles have the same ones. */
function callsFetch(path: string): boolean {
  const answer = known.get(path) ?? fetches(path)
  known.set(path, answer)
  return answer
}

/** Whether the code, without comments and strings, names a function of the platform that fetches. */
function fetches(path: string): boolean {
  const source = readFileSync(path, 'utf8')
  if (!fetching.test(source)) return false
  const { code } = transformSync(source, { loader: path.endsWith('ts') ? 'ts' : 'js', minify: true })
  return fetching.test(code.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""'))
}
const fetching = /(?<![\w$.#])(fetch|XMLHttpRequest|WebSocket|EventSource)(?![\w$:])/

/** The outputs that are loaded before the first request: the entry, and what it imports statically. */
function loadedAtStart({ metafile: { outputs } }: Bundle): Set<string> {
  const [entry] = Object.entries(outputs).filter(
    ([path, { entryPoint }]) => entryPoint !== undefined && path.endsWith('index.mjs'),
  )
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      // Records such as those of qualifications are JSON files beside the code, and no chunks.
      if (kind === 'import-statement' && !external && imported.endsWith('.mjs')) visit(imported)
    }
  }
  if (entry === undefined) throw new Error('a bundle without an entry')
  visit(entry[0])
  return seen
}

const inputsIn = ({ metafile }: Bundle, outputs: Iterable<string>) =>
  [...outputs].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))

describe.each(names)('the bundle of %s', (name) => {
  test(`loads at most ${mostBytes(name) / 1_000} KB at its start`, () => {
    const { metafile } = get(name)
    const bytes = [...loadedAtStart(get(name))].reduce((sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0), 0)
    expect(bytes).toBeGreaterThan(100)
    expect(bytes).toBeLessThanOrEqual(mostBytes(name))
  })

  test('loads the general mode only when a document needs it', () => {
    expect(inputsIn(get(name), loadedAtStart(get(name))).filter((input) => general.test(input))).toEqual([])
  })

  test('has the independent verifier only in issue and recognise, in a chunk that is loaded when one of them signs', () => {
    const made = get(name)
    const within = (outputs: Iterable<string>) => inputsIn(made, outputs).filter((input) => independent.test(input))
    expect(within(loadedAtStart(made))).toEqual([])
    const later = within(Object.keys(made.metafile.outputs))
    const isSigning = name === 'issue' || name === 'recognise'
    expect(later.length > 0).toBe(isSigning)
    if (!isSigning) return
    for (const part of ['@digitalbazaar/vc/', 'jsonld-signatures/', 'packages/credentials/src/independent/'])
      expect(later).toContainEqual(expect.stringContaining(part))
  })

  test('has the client of Secrets Manager only if it needs a secret', () => {
    const used = Object.values(get(name).metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
    const readsSecrets = used.some((input) => /@aws-sdk\/client-secrets-manager\//.test(input))
    expect(readsSecrets).toBe(['batches', 'recognise', 'desk', 'office', 'origin-check'].includes(name))
  })

  test('I41: can reach the network only through the SDK, and through jose for the key set', () => {
    const { inputs, outputs } = get(name).metafile
    const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)))
    const connectors = Object.entries(inputs).filter(
      ([path, { imports }]) => used.has(path) && imports.some((one) => one.external && connecting.test(one.path)),
    )
    expect(
      connectors
        .map(([path]) => path)
        .filter((path) => !mayConnect.test(path) && path !== loaderOfJsonld)
        .toSorted(),
    ).toEqual(name === 'deliver' ? sending : ['decisions', 'desk'].includes(name) ? lookingUp : [])
    expect([...used].some((path) => path === webhookModule('event-sender'))).toBe(name === 'deliver')
    expect([...used].filter((path) => path.includes('@digitalbazaar/http-client'))).toEqual([])
    expect([...used].filter((path) => askForCredentials.test(path))).toEqual([])
    const fetchers = [...used].filter((path) => /\.[cm]?[jt]s$/.test(path) && !mayFetch.test(path) && callsFetch(path))
    expect(fetchers.toSorted()).toEqual(name === 'desk' ? askProvider : [])
    if (name !== 'desk') expect([...used].filter((path) => signingIn.test(path))).toEqual([])
  })

  test('has the client of S3 only if it reads or writes files', () => {
    const { outputs } = get(name).metafile
    const has = inputsIn(get(name), Object.keys(outputs)).some((input) => input.includes('@aws-sdk/client-s3/'))
    expect(has).toBe(withFiles.includes(name))
  })

  test('starts with the client of S3 only if most of its work is about files, and never with that of SQS', () => {
    const started = inputsIn(get(name), loadedAtStart(get(name)))
    expect(started.some((input) => input.includes('@aws-sdk/client-s3/'))).toBe(mostlyFiles.includes(name))
    expect(started.filter((input) => input.includes('@aws-sdk/client-sqs/'))).toEqual([])
  })

  test('contains no record of the baseline: answers come from the store', () => {
    const inputs = Object.keys(get(name).metafile.inputs)
    expect(inputs.filter((input) => /baseline\.json|shipped-baseline/.test(input))).toEqual([])
  })

  test('contains no module of the local stack or of tests', () => {
    const inputs = Object.keys(get(name).metafile.inputs)
    expect(inputs.filter((input) => /^(infra\/local|test|bench)\/|dynalite|oidc-provider|vitest/.test(input))).toEqual(
      [],
    )
  })
})

test('the files beside the bundle of pages are styles, scripts and pictures, without type files', () => {
  const files = readdirSync(join(get('pages').folder, 'assets'))
  expect(files).toContain('scan.js')
  expect(files.filter((file) => !/^(?:qr|[a-z-]+\.(?:css|js|svg|png))$/.test(file))).toEqual([])
})

test('a program that only verifies bundles at most 60 KB, without the general mode', () => {
  const made = bundle(
    fileURLToPath(new URL('../../bench/cold/verify-path.ts', import.meta.url)),
    join(folder, 'verify-path'),
  )
  const { inputs, outputs } = made.metafile
  expect(Object.values(outputs).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(60_000)
  expect(Object.keys(inputs).filter((input) => general.test(input))).toEqual([])
})

test('verify has the general mode, as a chunk that is loaded on demand', () => {
  const { metafile } = get('verify')
  const atStart = loadedAtStart(get('verify'))
  const later = Object.keys(metafile.outputs).filter((path) => !atStart.has(path))
  expect(inputsIn(get('verify'), later)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/node_modules\/jsonld\//),
      expect.stringMatching(/node_modules\/rdf-canonize\//),
    ]),
  )
})

const environment: BatchEnvironment & DeliverEnvironment & DeskEnvironment & { AWS_REGION: string } = {
  BASE_URL: 'https://registry.example',
  COMMITS_TABLE: 'commits',
  BOXES_TABLE: 'boxes',
  ARTEFACTS_BUCKET: 'artefacts',
  SECRETS_KEY_ID: 'arn:aws:kms:ap-southeast-1:111122223333:key/secrets',
  TOKEN_ISSUER: 'https://identity.example',
  TOKEN_JWKS_URL: 'https://identity.example/jwks',
  TOKEN_CLIENTS: '',
  APPROVING_SIGN_IN: 'acr=phr',
  DEMONSTRATION: 'no',
  WITNESSES: '',
  ROOTS: '',
  REFUSED: '',
  KEY_ACCOUNTS: '',
  UPLOADS_BUCKET: 'uploads',
  FILES_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/files',
  UPLOADS_ADDRESS: 'https://uploads.s3.ap-southeast-1.amazonaws.com',
  DELIVERIES_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/deliveries',
  RANGES_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/ranges',
  ROLES: 'arn:aws:iam::111122223333:role/sijil/ap-southeast-1/',
  KEY_ADMINISTRATOR: 'arn:aws:iam::111122223333:role/KeyAdministrator',
  KEY_REPLICA_REGION: '',
  SIGNATURES_PER_SECOND: '',
  ISSUING_QUOTA: '',
  WEBHOOK_RECEIVERS: 'public',
  OPERATOR_FILE: '',
  SIGN_IN_CLIENT_ID: 'sijil-desk',
  SIGN_IN_SECRET_ID: 'sijil/sign-in',
  SESSION_SECRET_ID: 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:session',
  AWS_REGION: 'ap-southeast-1',
}

test.each(names)('%s starts with only Node and its own folder', async (name) => {
  const script = `import('./index.mjs').then(({ handler }) => console.log(typeof handler))`
  const { stdout } = await run(process.execPath, ['-e', script], { cwd: get(name).folder, env: { ...environment } })
  expect(stdout.trim()).toBe('function')
})

describe('the deployed bundle', () => {
  test('signs requests to AWS with the credentials in its environment', async () => {
    const { asked } = await askVerify({ link: 'https://registry.example/v/0123456789ABCDEFGHJKMNPQRS' })
    expect(asked.length).toBeGreaterThan(0)
    for (const { authorization, 'x-amz-security-token': session } of asked) {
      expect(authorization).toContain('Credential=AKIDEXAMPLE/')
      expect(session).toBe('session-of-the-role')
    }
  })

  test('loads the general mode, which finds that a signature does not match the document', async () => {
    const { statusCode, body } = await askVerify({ verifiableCredential: foreign })
    expect(statusCode).toBe(200)
    const { verdict, checks } = JSON.parse(body)
    expect(verdict).toBe('invalid')
    expect(checks).toContainEqual(expect.objectContaining({ name: 'proof', reason: 'signature-mismatch' }))
  })
})

test('the deployed bundle of paper makes a PDF, and reads its code and its attachment in a thread', async () => {
  const { folder: at, metafile } = get('paper')
  expect(
    inputsIn(get('paper'), loadedAtStart(get('paper'))).filter((input) =>
      /packages\/paper\/src\/(?:typeset|reading)/.test(input),
    ),
  ).toEqual([])
  const chunkOf = (module: string) => {
    const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === module)
    return `./${basename(found?.[0] ?? 'none')}`
  }
  const script = `
    const { openTypesetter } = await import('${chunkOf('packages/paper/src/typeset.ts')}')
    const { openReader } = await import('${chunkOf('packages/paper/src/reading/index.ts')}')
    const paper = ${JSON.stringify(aPaper())}
    const { codes, attachments } = await openReader()(openTypesetter()({ ...paper, madeAt: new Date(paper.madeAt) }))
    console.log(JSON.stringify([codes, attachments.map((one) => Buffer.from(one).toString())]))
    process.exit(0)`
  // Without the packages of the repository, and without any program.
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: at, env: { PATH: '' } })
  expect(JSON.parse(stdout)).toEqual([[`https://registry.example/v/${aPaper().token}`], [aPaper().document]])
})

test('the bundle of paper has the native module of the processor that runs it, and no other bundle has one', () => {
  const files = readdirSync(get('paper').folder, { recursive: true }).map(String)
  expect(files.filter((file) => file.endsWith('.node'))).toEqual([
    expect.stringMatching(new RegExp(`linux-${process.arch}-gnu\\.node$`)),
  ])
  const made = bundle(functionEntry('paper'), join(folder, 'paper-arm64'), 'arm64')
  const native = readdirSync(made.folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.node'))
  expect(native).toEqual([expect.stringMatching(/linux-arm64-gnu\.node$/)])
  for (const name of ['verify', 'pages'] as const)
    expect(readdirSync(get(name).folder), name).not.toContain('node_modules')
})

test('the independent verifier of the deployed bundle accepts a certificate, and refuses an altered one', async () => {
  const keys = makeKeys()
  const [text = ''] = texts(keys)
  const [id = ''] = METHOD.split('#')
  const { publicKeyMultibase } = keys
  const didDocument = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: [{ id: METHOD, type: 'Multikey', controller: id, publicKeyMultibase }],
    assertionMethod: [METHOD],
  }
  const { folder: at, metafile } = get('issue')
  const [chunk = ''] = Object.keys(metafile.outputs).filter((path) => /independent-\w+\.mjs$/.test(path))
  const script = `
    const { verifyIndependently } = await import('./${basename(chunk)}')
    const { validFrom } = ${text}
    for (const document of [${text}, ${text.replace('MARIA', 'MARIE')}])
      console.log((await verifyIndependently(document, { didDocument: ${JSON.stringify(didDocument)}, now: new Date(validFrom) })).verified)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: at })
  expect(stdout).toBe('true\nfalse\n')
})

const externalKey = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
const foreign = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: `did:key:${externalKey}`,
  credentialSubject: { id: 'did:example:subject' },
  proof: {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-01-01T00:00:00Z',
    verificationMethod: `did:key:${externalKey}#${externalKey}`,
    proofPurpose: 'assertionMethod',
    proofValue: `z${'1'.repeat(64)}`, // 64 bytes, all zero
  },
}

/** Calls the deployed folder of `verify` in a separate process. Its AWS is empty, and records the headers of requests. */
async function askVerify(input: object): Promise<{ statusCode: number; body: string; asked: IncomingHttpHeaders[] }> {
  const asked: IncomingHttpHeaders[] = []
  const aws = createServer(({ headers }, response) => {
    asked.push(headers)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
  })
  await once(aws.listen(0, '127.0.0.1'), 'listening')
  const { port } = aws.address() as AddressInfo
  const event = {
    version: '2.0',
    routeKey: 'POST /verify',
    rawPath: '/verify',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST', path: '/verify' }, requestId: 'one' },
  }
  const script = `
    const { handler } = await import('./index.mjs')
    const { statusCode, body } = await handler(${JSON.stringify(event)}, { awsRequestId: 'one' })
    process.stderr.write(JSON.stringify({ statusCode, body }))`
  const role = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session-of-the-role',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  }
  try {
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: get('verify').folder,
      env: { ...environment, ...role },
    })
    return { ...JSON.parse(stderr), asked }
  } finally {
    aws.close()
  }
}

test('I41: the stand-in for a network client fetches nothing', () => {
  expect(() => httpClient.get()).toThrow('no network client')
  expect(() => httpClient()).toThrow('no network client')
})

test('the error for a missing entry names the file', () => {
  expect(() => bundle(functionEntry('nowhere'), join(tmpdir(), 'sijil-nowhere'))).toThrow(/cannot bundle .*nowhere\.ts/)
  expect(existsSync(join(tmpdir(), 'sijil-nowhere'))).toBe(false)
})
