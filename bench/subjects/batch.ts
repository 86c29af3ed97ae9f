import { fileURLToPath } from 'node:url'
import { countsOf } from '@sijil/registry/batches'
import type { IssueInput } from '@sijil/registry/certificates'
import { MemoryArtefacts } from '../../test/support/memory-artefacts.ts'
import { MemoryStore } from '../../test/support/memory-store.ts'
import { fileOf, openBatchJob } from '../batch-job.ts'
import { issueInput } from '../registry.ts'
import { measure, ratioOf, type Subject, spreadOf } from '../rounds.ts'
import { callingDirectly, issuing } from './functions.ts'

/** Rows of one message of a batch. */
const RANGE_ROWS = 50
/** Fifteen rounds with two turns take about forty. */
const MOST_RANGES = 120

/** The input of a row of `fileOf`, with a number of its own. */
function inputOf(n: number): IssueInput {
  const { birthDate: _, ...holder } = issueInput(n).holder
  const { registerNumber: _r, signatory: _s, ...input } = issueInput(n)
  return { ...input, holder }
}

/**
 * Rows of a running batch, and the function that issues one certificate a request, in one process, over one store, for one body and with the
 * same content. Both release only what both verifiers accept.
 */
export async function openBatchSubjects(rows = MOST_RANGES * RANGE_ROWS): Promise<Subject[]> {
  const store = new MemoryStore()
  const { functions, request, deps, messages, approve, run } = await openBatchJob(store, new MemoryArtefacts())
  await approve(() => fileOf(rows, rows))
  const issue = issuing(functions, inputOf)
  const direct = callingDirectly(functions)
  let ranges = 0
  return [
    {
      name: 'row of a batch',
      each: RANGE_ROWS,
      async run() {
        const message = messages.shift()
        if (message === undefined) throw new Error('the batch has too few rows for so many rounds')
        await run(message)
        ranges += 1
        return (await countsOf(request, deps())).issued === ranges * RANGE_ROWS
      },
    },
    { name: 'issue function beside it', run: async () => (await issue(direct)).link !== '' },
  ]
}

/** Alone: `taskset -c 1 node bench/subjects/batch.ts`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const times = await measure(await openBatchSubjects(), { rounds: 15, turns: 2, milliseconds: 200 })
  console.log(ratioOf(times, 'row of a batch', 'issue function beside it'))
  for (const [name, all] of times) console.log(name, spreadOf(all))
}
