import { fork } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aBricklayer, officerOf, TESDA } from '../test/journeys/certificate.ts'
import { freePort } from '../test/support/free-port.ts'
import { clientOf } from '../test/support/local-registry.ts'
import { type LoadRow, pageWithLoad, tableOfLoad } from './load-table.ts'

/**
 * `npm run load`: a registry in another process answers what many clients ask at once, and each answer is checked. It takes about two
 * minutes. Times include the client, which shares the machine, so compare rows of one run.
 */

const IN_FLIGHT = 8
const ISSUED = 1_000
/** How long each other row asks. */
const SECONDS = 8

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'sijil-load-'))
const port = await freePort()
const server = fork(here('../test/support/start-deployment.ts'), [String(port), folder], { stdio: 'pipe' })
server.stdout?.resume()
server.stderr?.pipe(process.stderr)
await once(server, 'message')
// A registry of a test writes its logs when a message asks for it. `npm start` writes them as often as this asks.
const writing = setInterval(() => server.send(0), 2_000)
const registry = clientOf({ baseUrl: `http://localhost:${port}`, folder })

/** Calls `ask` with 0, 1, 2 … until it was called `times` or the seconds are over. `ask` throws if an answer is wrong. */
async function row(
  what: string,
  ask: (at: number) => Promise<void>,
  { times = Number.POSITIVE_INFINITY, inFlight = IN_FLIGHT } = {},
): Promise<LoadRow> {
  const milliseconds: number[] = []
  const began = performance.now()
  const end = times === Number.POSITIVE_INFINITY ? began + SECONDS * 1_000 : Number.POSITIVE_INFINITY
  let next = 0
  const client = async () => {
    while (next < times && performance.now() < end) {
      const asked = performance.now()
      await ask(next++)
      milliseconds.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  const seconds = (performance.now() - began) / 1_000
  milliseconds.sort((a, b) => a - b)
  const at = (part: number) => milliseconds[Math.floor(part * (milliseconds.length - 1))] ?? Number.NaN
  const answers = milliseconds.length
  return { what, answers, perSecond: answers / seconds, median: at(0.5), ninetyFifth: at(0.95), slowest: at(1) }
}

const issued: { link: string; verifiableCredential: object }[] = []
const one = (at: number) => {
  const certificate = issued[at % issued.length]
  if (certificate === undefined) throw new Error('nothing was issued')
  return certificate
}
function expectTo(isSo: boolean, answer: { status: number; text: string }): void {
  if (!isSo) throw new Error(`a wrong answer: ${answer.status} ${answer.text.slice(0, 500)}`)
}
const officer = officerOf(registry, TESDA)
async function issue(at: number, name: string): Promise<void> {
  const answer = await officer.request(aBricklayer(`${name}-${at}`), `${name}-${at}`)
  expectTo(answer.status === 201, answer)
  issued.push(answer.json())
}
async function verify(body: object): Promise<void> {
  const answer = await registry.ask('/verify', { body })
  expectTo(answer.status === 200 && answer.json<{ verdict: string }>().verdict === 'valid', answer)
}
async function open(link: string): Promise<void> {
  const answer = await registry.ask(new URL(link).pathname, { headers: { accept: 'text/html' } })
  expectTo(answer.status === 200 && answer.text.includes('Valid'), answer)
}
async function sendJunk(at: number): Promise<void> {
  const [path, body] = [
    ['/verify', randomBytes(randomInt(1, 60_000)).toString('base64')],
    ['/verify', JSON.stringify({ verifiableCredential: { ...one(at).verifiableCredential, issuer: at } })],
    ['/verify', JSON.stringify({ link: `${registry.baseUrl}/v/${'0'.repeat(26)}` })],
    [`/v/${randomBytes(13).toString('hex')}`, undefined],
  ][at % 4] as [string, string | undefined]
  const answer = await registry.ask(path, body === undefined ? {} : { body })
  expectTo(answer.status < 500 && !/"verdict":"valid"/.test(answer.text), answer)
}

const list = async (): Promise<string> => {
  const [{ statusListCredential = '' } = {}] = (one(0).verifiableCredential as Record<string, Record<string, string>[]>)
    .credentialStatus as Record<string, string>[]
  return new URL(statusListCredential).pathname
}

try {
  const rows = [
    await row(`${ISSUED} certificates, one request each`, (at) => issue(at, 'LOAD'), { times: ISSUED }),
    await row('verify a document', (at) => verify({ verifiableCredential: one(at).verifiableCredential })),
    await row('verify a link', (at) => verify({ link: one(at).link })),
    await row('the page of a link', (at) => open(one(at).link)),
    await row('a status list', async () => {
      const answer = await registry.ask(await list(), { headers: { accept: '*/*' } })
      expectTo(answer.status === 200, answer)
    }),
    await row('junk: bytes, altered documents, links to nothing', sendJunk),
    await row('verify a document, while junk and certificates are sent', async (at) => {
      if (at % IN_FLIGHT === 0) return issue(at, 'MIXED')
      return at % 2 === 0 ? sendJunk(at) : verify({ verifiableCredential: one(at).verifiableCredential })
    }),
  ]
  const numbers = new Set(issued.map(({ link }) => link))
  if (numbers.size !== issued.length) throw new Error('two certificates have one link')
  const [, kilobytes] =
    /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '')) ?? []
  const load = {
    date: new Date().toISOString(),
    node: process.versions.node,
    inFlight: IN_FLIGHT,
    ...(kilobytes !== undefined && { megabytes: Math.round(Number(kilobytes) / 1_024) }),
    rows: rows.map((each) => JSON.parse(JSON.stringify(each, short)) as LoadRow),
  }
  console.log(tableOfLoad(load))
  await writeFile(here('load.json'), `${JSON.stringify(load, null, 2)}\n`)
  const page = here('../docs/performance.md')
  await writeFile(page, pageWithLoad(await readFile(page, 'utf8'), load))
} finally {
  clearInterval(writing)
  server.kill()
  await rm(folder, { recursive: true, force: true })
}

function short(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(3)) : value
}
