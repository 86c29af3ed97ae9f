import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below the ports that a system gives to whoever asks for any: of those, a connection of another test may get the same one before a
 * registry that is starting listens on it. Above the last that browsers refuse.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_240, 32_768)
  return (await isFree(port)) ? port : freePort()
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listens = await new Promise<boolean>((tell) => {
    server.once('error', () => tell(false))
    server.listen(port, '127.0.0.1', () => tell(true))
  })
  if (listens) await new Promise((closed) => server.close(closed))
  return listens
}
