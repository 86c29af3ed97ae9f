import { randomInt } from 'node:crypto'
import { isFree } from '../../infra/local/loopback.ts'

/**
 * Below the ports that a system gives to whoever asks for any: of those, a connection of another test may get the same one before a
 * registry that is starting listens on it. Above the last that browsers refuse.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_240, 32_768)
  return (await isFree(port)) ? port : freePort()
}
