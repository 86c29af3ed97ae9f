import type { IncomingMessage } from 'node:http'

/**
 * Reads the whole body. `undefined` as soon as it is known to be longer than `limit` bytes, and the rest is then not read. It is never
 * decompressed: the function decides about a Content-Encoding.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= limit) return void parts.push(part)
      request.pause()
      request.removeAllListeners('data')
      resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(parts)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the client closed the connection')))
  })
}
