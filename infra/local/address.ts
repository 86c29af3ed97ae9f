import { join } from 'node:path'
import { findJson, writeDurably } from './durable-file.ts'
import { isFree } from './loopback.ts'

/**
 * Returns the base URL, and binds the folder to it. DIDs and links contain the address, so a store cannot be served at another one.
 * The address is written only after the port was found free. Otherwise a failed first start would bind an empty folder to that port.
 */
export async function claimAddress(folder: string, port: number): Promise<string> {
  const baseUrl = `http://localhost:${port}`
  const path = join(folder, 'base-url.json')
  const made = (await findJson(path)) as { baseUrl: string } | undefined
  const otherFolder = (other: number) => `choose another folder: SIJIL_DATA=… PORT=${other} npm start`
  if (made !== undefined && made.baseUrl !== baseUrl)
    throw new Error(
      `The data in ${folder} was made for ${made.baseUrl}; its links and keys carry that address. Start it there (PORT=${new URL(made.baseUrl).port}), or ${otherFolder(port)}`,
    )
  if (!(await isFree(port)))
    throw new Error(
      made === undefined
        ? `Port ${port} is taken: PORT=${port + 1} npm start`
        : `Port ${port} is taken, perhaps by this registry itself. End what listens there, or ${otherFolder(port + 1)}`,
    )
  if (made === undefined) await writeDurably(path, { baseUrl })
  return baseUrl
}
