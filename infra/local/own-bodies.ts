import { join } from 'node:path'
import { states } from '@sijil/qualifications'
import { findQualification } from '@sijil/qualifications/shipped-baseline'
import { demonstrationBodies } from './demonstration/bodies.ts'
import { findJson } from './durable-file.ts'

/** A body that the user adds to try things out. It is registered at the next start. */
export interface OwnBody {
  id: string
  name: string
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Ids of qualifications that it may issue. */
  qualifications: string[]
}

export const ownBodiesFile = 'bodies.json'

/** Reads `bodies.json` in the folder of SIJIL_DATA. See docs/first-certificate.md. */
export async function readOwnBodies(folder: string): Promise<OwnBody[]> {
  const wrong = (why: string) => new Error(`${ownBodiesFile} in ${folder}: ${why}. See docs/first-certificate.md.`)
  const given = await findJson(join(folder, ownBodiesFile)).catch((error: unknown) => {
    throw error instanceof SyntaxError ? wrong('it is no JSON') : error
  })
  if (given === undefined) return []
  if (!Array.isArray(given)) throw wrong('it is a list of bodies')
  // Names follow the rule of the API. A body with another name would be registered, but could not issue.
  const { identity } = await import('../../functions/answers/decision-inputs.ts')
  const usedIds = new Set(demonstrationBodies.map(({ id }) => id))
  return given.map((body: Partial<OwnBody> | null, index) => {
    const fault = (why: string) => wrong(`entry ${index} ${why}`)
    if (typeof body !== 'object' || body === null) throw fault('is no body: it needs id, name, state, qualifications')
    const { id, name, state, qualifications } = body
    if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,39}[a-z0-9]$/.test(id) || id.startsWith('demo-'))
      throw fault('needs an id of small letters, digits and hyphens (none at its end), not beginning with demo-')
    if (usedIds.has(id)) throw fault(`needs an id of its own: ${id} is taken`)
    usedIds.add(id)
    if (typeof name !== 'string' || name.trim() === '') throw fault('needs a name')
    const { error } = identity.shape.name.safeParse(`${name} (demonstration)`)
    if (error) throw fault(`has a name that cannot be: it ${error.issues[0]?.message}`)
    if (!states.some(({ iso2 }) => iso2 === state))
      throw fault(`needs a state, one of ${states.map(({ iso2 }) => iso2).join(', ')}`)
    if (!Array.isArray(qualifications) || qualifications.length === 0)
      throw fault('needs the ids of its qualifications')
    const unknown = qualifications.findIndex((code) => typeof code !== 'string' || !findQualification(code))
    if (unknown !== -1)
      throw fault(`names no qualification of this registry at place ${unknown}; ph-masonry-nc2 is one`)
    return { id, name: name.normalize('NFC').trim(), state: String(state), qualifications }
  })
}
