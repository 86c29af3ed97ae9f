import { type FrameworkStatement, referenceFramework } from '@sijil/qualifications'
import { listBaselineFrameworks } from '../catalogue/baseline.ts'
import type { Fault } from '../errors.ts'
import { loadLooks } from '../likeness/skeleton.ts'
import type { CommitReader } from '../stream.ts'

/**
 * A certificate shows a level as "SQF level 3". A framework called AQRF, or like that of another state, would make a national level look
 * like another one. Only the frameworks of the baseline are compared: a name that one authority records must not keep another state from
 * its own.
 */
export async function frameworkNameFaults(
  { name, acronym }: Pick<FrameworkStatement, 'name' | 'acronym'>,
  state: string,
  reader: Pick<CommitReader, 'read'>,
): Promise<Fault[]> {
  const looks = await loadLooks()
  const baseline = await listBaselineFrameworks(reader)
  const others = [referenceFramework, ...baseline.filter((other) => other.state !== state)]
  const taken = new Set(others.flatMap((other) => [other.id, other.name].flatMap((text) => [...looks(text)])))
  const isTaken = (text: string) => [...looks(text)].some((look) => taken.has(look))
  return [
    { pointer: '/name', text: name },
    { pointer: '/acronym', text: acronym },
  ]
    .filter(({ text }) => isTaken(text))
    .map(({ pointer }) => ({
      pointer,
      detail: 'must not be the name of the AQRF or of the framework of another state, or look like it',
      reason: 'another-framework',
    }))
}
