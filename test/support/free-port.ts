import { randomInt } from 'node:crypto'
import { isFree } from '../../infra/local/loopback.ts'

/**
 * A free port below the ephemeral ports of the system. A connection of another test could get an ephemeral port before the registry
 * listens on it. It is also above the last port that browsers block.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_240, 32_768)
  return (await isFree(port)) ? port : freePort()
}
