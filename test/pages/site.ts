import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assets } from '../../packages/web/src/index.ts'

/** The strictest policy under which the pages work. The served policy may allow more, but not less. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** The name of an asset holds its digest, so browsers load it once. */
const kept = { 'cache-control': 'max-age=31536000, immutable' }

export interface Site {
  origin: string
  /** Every submitted form, unchanged. */
  posted: { path: string; body: string }[]
  close(): Promise<void>
}

/** Serves the pages over plain HTTP on this machine: only the pages, their assets, and an answer to forms. */
export async function openSite(pageOf: (path: string, origin: string) => string | undefined): Promise<Site> {
  const posted: Site['posted'] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const asset = assets[path.replace('/assets/', '')]
    if (asset !== undefined) return response.writeHead(200, { 'content-type': asset.type, ...kept }).end(asset.body)
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      posted.push({ path, body: Buffer.concat(chunks).toString('latin1') })
    }
    const body = pageOf(path, `http://${request.headers.host}`)
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
    return response.writeHead(body === undefined ? 404 : 200, headers).end(body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
