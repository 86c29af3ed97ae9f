import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The local stores check no credentials, so only programs on this machine may reach them. They listen on the loopback address, and
 * refuse requests of pages in a browser (which have an Origin) and requests with a host name that was rebound to this address.
 */
export const onlyPrograms =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    if (isFromPage(request)) response.writeHead(403).end()
    else listener(request, response)
  }

const isFromPage = ({ headers }: IncomingMessage) =>
  headers.origin !== undefined || !/^127\.0\.0\.1(:\d+)?$/.test(headers.host ?? '')

/** Port 0 is any free port. Returns the address. */
export async function listenOnLoopback(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await listenOnLoopback(server, port)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
  await closeServer(server)
  return true
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
  })
  server.closeAllConnections()
  await closed
}
