import { existsSync, globSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { functionRoles } from '@sijil/aws'
import type { CommitReader } from '@sijil/registry'
import { recordedSignatures } from '@sijil/registry/issuance'
import { type Findings, matchSignatures } from './match-signatures.ts'
import { readSignEvents, type SignEvent } from './sign-events.ts'

const usage =
  'usage: node infra/aws/run-compare-signatures.ts deployment.json trail-folder --since 2026-12-01T00:00:00Z --until 2026-12-02T00:00:00Z [--state signs.json]'

/** The files that were read, and their signatures with keys of KMS. So a later run reads only new files. */
interface State {
  files: string[]
  events: SignEvent[]
}

interface CompareParts {
  /** Opens the record of the deployment in this file. `roles` is the beginning of the ARNs of its roles. */
  readerOf: (deploymentFile: string) => { reader: CommitReader; roles: string }
  say: (line: string) => void
}

/**
 * Compares the signatures in files of CloudTrail with the certificates that were recorded (docs/runbook.md, "Compare signatures with the
 * record"). Returns the exit code: 0 without a finding, 1 with one, 2 if it could not compare.
 */
export async function compareSignatures(words: readonly string[], { readerOf, say }: CompareParts): Promise<0 | 1 | 2> {
  try {
    const { deploymentFile, folder, since, until, stateFile } = parseWords(words)
    const state = readFiles(folder, stateFile)
    const { reader, roles } = readerOf(deploymentFile)
    const isFunction = (by: string) => by.startsWith(functionRoles(roles))
    const events = state.events.filter(
      ({ at }) => Date.parse(at) >= Date.parse(since) && Date.parse(at) <= Date.parse(until),
    )
    const findings = matchSignatures(events, { ...(await recordedSignatures({ since, until }, reader)), isFunction })
    say(`${state.files.length} files, ${events.length} signatures from ${since} to ${until}`)
    for (const line of linesOf(findings)) say(line)
    const { unrecorded, further, strangers, unsigned } = findings
    return [unrecorded, further, strangers, unsigned].some((list) => list.length > 0) ? 1 : 0
  } catch (error) {
    say(error instanceof Error ? error.message : 'it could not compare')
    return 2
  }
}

function parseWords(words: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { since: { type: 'string' }, until: { type: 'string' }, state: { type: 'string' } },
    allowPositionals: true,
  })
  const [deploymentFile, folder] = positionals
  const [since, until] = [values.since, values.until].map((text) => {
    const at = Date.parse(text ?? '')
    return Number.isNaN(at) ? undefined : new Date(at).toISOString()
  })
  if (deploymentFile === undefined || folder === undefined || since === undefined || until === undefined)
    throw new Error(usage)
  return { deploymentFile, folder, since, until, stateFile: values.state }
}

/** Reads the files that the state does not name, and writes the state only after all of them could be read. */
function readFiles(folder: string, stateFile: string | undefined): State {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`)
  const isKept = stateFile !== undefined && existsSync(stateFile)
  const before: State = isKept ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : { files: [], events: [] }
  const known = new Set(before.files)
  const fresh = globSync('**/*.{json,json.gz}', { cwd: folder })
    .filter((file) => !known.has(file))
    .sort()
  const ids = new Set(before.events.map(({ id }) => id))
  const events = [...before.events]
  // CloudTrail may deliver an event twice.
  for (const event of fresh.flatMap((file) => readSignEvents(join(folder, file))))
    if (!ids.has(event.id)) {
      ids.add(event.id)
      events.push(event)
    }
  const state = { files: [...before.files, ...fresh], events }
  if (stateFile !== undefined) {
    writeFileSync(`${stateFile}.new`, JSON.stringify(state))
    renameSync(`${stateFile}.new`, stateFile)
  }
  return state
}

const eventLine = ({ id, at, key, by }: SignEvent) => `  ${at} ${key} by ${by}, event ${id}`

function* linesOf({ matched, unrecorded, further, strangers, unsigned, otherKeys }: Findings): Generator<string> {
  yield `${matched} signatures belong to a certificate that was being made. ${otherKeys} are of keys that sign no certificate, and are not compared.`
  const lists: [title: string, lines: string[]][] = [
    ['signatures while no certificate of that key was being made', unrecorded.map(eventLine)],
    ['further signatures while certificates of that key were being made', further.map(eventLine)],
    ['signatures by a principal that is no function', strangers.map(eventLine)],
    [
      'released certificates without a signature in these files',
      unsigned.map((one) => `  ${one.from} ${one.certificate}`),
    ],
  ]
  for (const [title, lines] of lists)
    if (lines.length > 0) {
      yield `${lines.length} ${title}:`
      yield* lines
    }
  yield 'CloudTrail does not record what was signed. This compares keys, moments and numbers only.'
}
