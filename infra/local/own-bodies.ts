import { join } from 'node:path'
import { findJson } from './durable-file.ts'

/** A body of your own, for trying things out: it is registered at the next start. */
export interface OwnBody {
  id: string
  name: string
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Ids of qualifications that it may issue. */
  qualifications: string[]
}

export const ownBodiesFile = 'bodies.json'

/** `bodies.json` in the data folder; see docs/first-certificate.md. */
export async function readOwnBodies(folder: string): Promise<OwnBody[]> {
  const given = (await findJson(join(folder, ownBodiesFile))) ?? []
  const wrong = (why: string) => new Error(`${ownBodiesFile} in ${folder}: ${why}. See docs/first-certificate.md.`)
  if (!Array.isArray(given)) throw wrong('it is a list of bodies')
  return given.map((body: Partial<OwnBody>, index) => {
    const { id, name, state, qualifications } = body
    if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{1,40}$/.test(id) || id.startsWith('demo-')) {
      throw wrong(`entry ${index} needs an id of small letters, digits and hyphens, not beginning with demo-`)
    }
    if (typeof name !== 'string' || name === '') throw wrong(`entry ${index} needs a name`)
    if (typeof state !== 'string' || !/^[A-Z]{2}$/.test(state)) throw wrong(`entry ${index} needs a state such as PH`)
    if (
      !Array.isArray(qualifications) ||
      qualifications.length === 0 ||
      !qualifications.every((code) => typeof code === 'string')
    ) {
      throw wrong(`entry ${index} needs the ids of its qualifications`)
    }
    return { id, name, state, qualifications }
  })
}
