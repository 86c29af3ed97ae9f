import type { KeyMaker, SigningKey } from './ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from './stream.ts'

/** What the tags of the registry's own keys say. */
export const STATEMENTS_OWNER = 'registry'
/** How long what the registry states may be taken for true without asking again. */
export const STATEMENT_SECONDS = 24 * 60 * 60

/** A key of the registry for what it states about others (OpenID Federation 1.0). The last one signs. */
export interface StatementKey extends SigningKey<'statements'> {
  addedAt: string
  /** Another signs since; what it signed runs out within `STATEMENT_SECONDS`. */
  replacedAt?: string
  /** Nothing that it signed is believed any more. */
  compromised?: true
}

interface StatementKeyEvent {
  type: 'statement-key-added'
  key: SigningKey<'statements'>
  /** What became of the one before. */
  before?: 'superseded' | 'compromised'
}

interface StatementKeyDeps {
  store: CommitStore
  keys: KeyMaker
  now: Date
}

/** Oldest first. */
export const readStatementKeys = async (reader: CommitReader): Promise<StatementKey[]> =>
  fold(await reader.read<StatementKeyEvent>(streams.statementKeys()))

function fold(history: readonly Commit<StatementKeyEvent>[]): StatementKey[] {
  const keys: StatementKey[] = []
  for (const { events, recordedAt } of history) {
    for (const { key, before } of events) {
      const last = keys.at(-1)
      if (last !== undefined) last.replacedAt = recordedAt
      if (last !== undefined && before === 'compromised') last.compromised = true
      keys.push({ ...key, addedAt: recordedAt })
    }
  }
  return keys
}

/** The key that signs; made by the first run there ever is. Of two first runs one key stays unused. */
export async function requireStatementKey(deps: StatementKeyDeps): Promise<StatementKey> {
  const known = (await readStatementKeys(deps.store)).at(-1)
  return known ?? addStatementKey(undefined, deps)
}

/** Another key signs from now on. What a compromised one signed is believed by nobody who asks for our keys afresh. */
export const replaceStatementKey = (
  before: 'superseded' | 'compromised',
  deps: StatementKeyDeps,
): Promise<StatementKey> => addStatementKey(before, deps)

async function addStatementKey(
  before: StatementKeyEvent['before'],
  { store, keys, now }: StatementKeyDeps,
): Promise<StatementKey> {
  const stream = streams.statementKeys()
  const history = await store.read<StatementKeyEvent>(stream)
  const made = await keys.createKey(STATEMENTS_OWNER, 'statements', 'P-256')
  const key = { kid: `statements-${history.length + 1}`, purpose: 'statements', algorithm: 'P-256', ...made } as const
  const event: StatementKeyEvent = { type: 'statement-key-added', key, ...(before && { before }) }
  const commit = nextCommit(stream, history, { events: [event], actor: 'system:statements', now })
  await store.append(commit)
  return { ...key, addedAt: commit.recordedAt }
}
