import { setTimeout as sleep } from 'node:timers/promises'
import { replaceStatementKey, requireStatementKey } from '@sijil/registry'
import {
  type LogName,
  logNames,
  nearlyFullBundle,
  publishBundle,
  replaceLogKey,
  type Sequenced,
  sequenceLog,
} from '@sijil/registry/log'
import { clock } from './clock.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, keyMakerOf, log as lines, policyOf, readEnvironment, signerOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  store: commitStoreOf(environment),
  signer: signerOf(environment),
  keys: keyMakerOf(environment),
  policy: policyOf(environment),
  baseUrl: environment.BASE_URL,
  seen: new Set<string>(),
}

export interface SequenceOrder {
  /** A schedule calls once a minute at most; several rounds a call keep a log closer to what happened. */
  rounds?: number
  secondsBetween?: number
  /** Looks back to then, where something may have been missed. */
  since?: Partial<Record<LogName, string>>
  /** By hand, once: another key for what the registry states about others, and what became of the one before. */
  replaceStatementKey?: 'superseded' | 'compromised'
  /** By hand, once: another key for the checkpoints of the logs, and what became of the one before. */
  replaceCheckpointKey?: 'superseded' | 'compromised'
}

/** The writer of the logs. One log that cannot go on does not keep the other from it; the call fails all the same. */
export const handler = scheduled('sequence', writeLogs)

async function writeLogs({
  rounds = 1,
  secondsBetween = 0,
  since = {},
  replaceStatementKey: before,
  replaceCheckpointKey: beforeCheckpoints,
}: SequenceOrder): Promise<Partial<Record<LogName, Sequenced>>> {
  const sizes: Partial<Record<LogName, Sequenced>> = {}
  let failure: { error: unknown } | undefined
  if (before !== undefined) await replaceStatementKey(before, { ...parts, now: clock() })
  // Before the rounds: the next checkpoint is signed with it.
  if (beforeCheckpoints !== undefined) await replaceLogKey(beforeCheckpoints, { ...parts, now: clock() })
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) await sleep(secondsBetween * 1_000)
    failure = undefined
    for (const log of logNames) {
      const from = since[log]
      try {
        sizes[log] = await sequenceLog(log, { ...parts, now: clock(), ...(from && { since: from }) })
        if (log === 'registry') await publishBundle({ ...parts, now: clock() })
      } catch (error) {
        failure = { error }
      }
    }
  }
  try {
    await requireStatementKey({ ...parts, now: clock() })
  } catch (error) {
    failure ??= { error }
  }
  // An alarm counts this line (docs/runbook.md), long before the bundle is too long for anybody.
  const full = await nearlyFullBundle(parts.store)
  if (full !== undefined) lines({ level: 'warn', function: 'sequence', code: 'bundle-nearly-full', ...full })
  // What a later round made good is no failure.
  if (failure !== undefined) throw failure.error
  return sizes
}
