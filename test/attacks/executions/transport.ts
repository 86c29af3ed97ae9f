import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Executions, type Heard, hear, heard } from '../execution.ts'
import type { Stand } from '../stand.ts'

/** Sends these bytes unchanged, and returns the answer of the server, if there is one. */
async function sendRaw(stand: Stand, head: string[], body: string): Promise<Heard> {
  const { hostname, port } = new URL(stand.baseUrl)
  const text = await new Promise<string>((resolve) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`))
    socket.on('data', (chunk) => {
      received += chunk
      // The server may keep the connection open.
      if (received.includes('}')) socket.end()
    })
    socket.on('error', () => resolve(received))
    socket.on('close', () => resolve(received))
    socket.setTimeout(3_000, () => socket.destroy())
  })
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)
  const type = /"type":"([^"]+)"/.exec(text)?.[1]
  return { status, types: type === undefined ? [] : [type], text }
}

const head = (stand: Stand, ...more: string[]) => [
  'POST /verify HTTP/1.1',
  `Host: ${new URL(stand.baseUrl).host}`,
  'Content-Type: application/json',
  ...more,
]

const filled = (size: number) => {
  const frame = JSON.stringify({ verifiableCredential: '' })
  return JSON.stringify({ verifiableCredential: 'x'.repeat(size - frame.length) })
}
const post = (stand: Stand, body: string, headers: Record<string, string> = {}) =>
  stand.ask('/verify', { method: 'POST', body, headers })

const GATEWAYS_SIZE = 'a body is measured before it is read, and 64 KiB hold no such document'

export const transport: Executions = {
  V101: {
    async carryOut(stand) {
      const text = JSON.stringify({ verifiableCredential: await stand.document('in-force') })
      const doubled = ['"issuer":', '"credentialSubject":', '"type":', '"validUntil":'].map((name) =>
        text.replace(name, `${name}"evil",${name}`),
      )
      const escaped = text.replace('"issuer":', '"issue\\u0072":"evil","issuer":')
      return hear([...doubled, escaped].map((body) => post(stand, body)))
    },
  },
  V103: {
    carryOut: async (stand) =>
      hear([
        post(stand, `{"verifiableCredential":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
        post(stand, `{"verifiableCredential":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`),
        post(stand, `{"verifiableCredential":${'['.repeat(32_000)}${']'.repeat(32_000)}}`),
      ]),
    differs: { because: `${GATEWAYS_SIZE} of 200,000 objects: those of 64 KiB are sent` },
  },
  V104: {
    async carryOut(stand) {
      const chunked = ['Transfer-Encoding: chunked']
      const long = filled(70_000)
      return [
        ...(await hear([
          post(stand, filled(65_537)),
          post(stand, filled(6 * 1024 * 1024)),
          post(stand, filled(10 * 1024 * 1024 + 1)),
        ])),
        await sendRaw(stand, head(stand, ...chunked), `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`),
        await sendRaw(stand, head(stand, 'Content-Length: 6000000'), filled(1_100_000)),
      ]
    },
  },
  V106: {
    async carryOut(stand) {
      const nodes = Array.from({ length: 900 }, (_, at) => ({
        id: `_:b${at}`,
        'urn:x:next': { id: `_:b${(at + 1) % 900}` },
      }))
      const document = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: 'did:example:issuer',
        credentialSubject: nodes,
      }
      return hear([stand.verify(document)])
    },
    differs: { because: `${GATEWAYS_SIZE} of 1,500 nodes: a ring of 900 is sent` },
  },
  V108: {
    async carryOut(stand) {
      const body = JSON.stringify({ verifiableCredential: await stand.document('in-force') })
      const types = [
        'text/plain',
        'application/xml',
        'multipart/form-data; boundary=x',
        'application/json;charset=utf-16',
        'application/ld+json',
      ]
      const answers = await hear(types.map((type) => post(stand, body, { 'content-type': type })))
      const bare = [
        `POST /verify HTTP/1.1`,
        `Host: ${new URL(stand.baseUrl).host}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
      ]
      return [...answers, await sendRaw(stand, bare, body)]
    },
  },
  V109: {
    async carryOut(stand) {
      const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024))
      const answers: Heard[] = []
      for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip']) {
        const response = await fetch(`${stand.baseUrl}/verify`, {
          method: 'POST',
          body: bomb,
          headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        })
        answers.push(heard({ status: response.status, headers: response.headers, text: await response.text() }))
      }
      return answers
    },
  },
  V119: {
    async carryOut(stand) {
      const verifiableCredential = await stand.document('revoked')
      const options = { skipStatus: true, now: '2020-01-01', checks: ['proof'], documentLoader: 'http' }
      return hear([
        stand.ask('/verify', { body: { credential: verifiableCredential, options } }),
        ...Object.entries(options).map(([name, value]) =>
          stand.ask('/verify', { body: { verifiableCredential, options: { [name]: value } } }),
        ),
      ])
    },
  },
}
