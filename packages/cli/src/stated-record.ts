import { type Stated, statedIn } from './catalogue-statements.ts'
import { ask } from './client.ts'
import { CommandFailure } from './failure.ts'
import { parseRecordId } from './identifiers.ts'
import { isObject } from './json.ts'
import type { Surroundings } from './surroundings.ts'

type Row = Record<string, unknown>
type Asking = Pick<Surroundings, 'settings' | 'retry'>

/** Asks for a public part of the catalogue, without a token. */
export async function getPublic(path: string, { settings: read, retry }: Asking): Promise<Row> {
  const answer = await ask({ method: 'GET', url: `${read().registry}${path}` }, retry)
  if (!isObject(answer)) throw notACatalogue()
  return answer
}

export const getRecord = (id: string, asking: Asking): Promise<Row> =>
  getPublic(`/qualifications/${parseRecordId(id)}`, asking)

/** What its owner stated last. `undefined` if there is no such record, or no owner has stated it. */
export const findStated = (id: string, asking: Asking): Promise<Stated | undefined> =>
  getRecord(id, asking).then(statedIn, (error: unknown) => {
    if (error instanceof CommandFailure && error.problem.type.endsWith('/not-found')) return undefined
    throw error
  })

export const notACatalogue = () =>
  new CommandFailure('unexpected', { title: 'The answer of the registry is not a part of its catalogue' })
