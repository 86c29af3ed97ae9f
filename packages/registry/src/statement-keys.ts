import type { KeyMaker, SigningKey } from './ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from './stream.ts'

/** The owner in the tags of the registry's own keys. */
export const STATEMENTS_OWNER = 'registry'
/** How long a statement of the registry may be used without asking again. */
export const STATEMENT_SECONDS = 24 * 60 * 60

/** A key with which the registry signs statements about others (OpenID Federation 1.0). The last one signs. */
export interface StatementKey extends SigningKey<'statements'> {
  addedAt: string
  /** Another key signs since then. Statements of this key expire within `STATEMENT_SECONDS`. */
  replacedAt?: string
  /** No signature of this key counts any more. */
  compromised?: true
}

interface StatementKeyEvent {
  type: 'statement-key-added'
  key: SigningKey<'statements'>
  /** Why the previous key was replaced. */
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

/** The key that signs. The first call makes it. If two first calls happen at once, one of their keys stays unused. */
export async function requireStatementKey(deps: StatementKeyDeps): Promise<StatementKey> {
  const known = (await readStatementKeys(deps.store)).at(-1)
  return known ?? addStatementKey(undefined, deps)
}

/** Makes another key that signs from now on. After a compromise, readers reject the old key as soon as they fetch the keys again. */
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
  const kid = `statements-${history.length + 1}`
  // Rare, and a run that failed may have made it.
  const made = await keys.createKey(STATEMENTS_OWNER, 'statements', 'P-256', { name: kid, isRepeated: true })
  const key = { kid, purpose: 'statements', algorithm: 'P-256', ...made } as const
  const event: StatementKeyEvent = { type: 'statement-key-added', key, ...(before && { before }) }
  const commit = nextCommit(stream, history, { events: [event], actor: 'system:statements', now })
  await store.append(commit)
  return { ...key, addedAt: commit.recordedAt }
}
