import { setTimeout as sleep } from 'node:timers/promises'
import { replaceStatementKey, requireStatementKey } from '@sijil/registry'
import {
  type LogName,
  logNames,
  nearlyFullBundle,
  publishBundle,
  replaceLogKey,
  restoreRecords,
  type Sequenced,
  sequenceLog,
  storeTiles,
} from '@sijil/registry/log'
import { clock } from './clock.ts'
import { artefactStoreOf } from './published-files.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, keyMakerOf, log as lines, policyOf, readEnvironment, signerOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  store: commitStoreOf(environment),
  artefacts: artefactStoreOf(environment),
  signer: signerOf(environment),
  keys: keyMakerOf(environment),
  policy: policyOf(environment),
  baseUrl: environment.BASE_URL,
  seen: new Set<string>(),
}

export interface SequenceOrder {
  /** Rounds in one call. A schedule calls at most once a minute, so more rounds shorten the delay of the logs. */
  rounds?: number
  secondsBetween?: number
  /** Reads the indexes from this moment on, if entries may have been missed. */
  since?: Partial<Record<LogName, string>>
  /** By hand, after files were lost: stores the full tiles again, from this size of the log on. */
  tilesFrom?: Partial<Record<LogName, number>>
  /** By hand, after files were lost: stores the statements of the catalogue again that were recorded since. RFC 3339 UTC. */
  recordsFrom?: string
  /** By hand, once: makes a new key for statements about other entities. The value says why the old key ends. */
  replaceStatementKey?: 'superseded' | 'compromised'
  /** By hand, once: makes a new key for the checkpoints of the logs. The value says why the old key ends. */
  replaceCheckpointKey?: 'superseded' | 'compromised'
}

/** A round with little to do takes a few seconds. */
const ROUND_MS = 20_000
interface Written extends Sequenced {
  /** The size up to which full tiles have files. After `tilesFrom`, go on from here. */
  tiles?: number
}

/** The writer of the logs. If one log cannot be written, the other still is, and the call fails. */
export const handler = scheduled('sequence', writeLogs)

async function writeLogs(
  {
    rounds = 1,
    secondsBetween = 0,
    since = {},
    tilesFrom = {},
    recordsFrom,
    replaceStatementKey: before,
    replaceCheckpointKey: beforeCheckpoints,
  }: SequenceOrder,
  remaining: () => number,
): Promise<Partial<Record<LogName, Written>>> {
  const sizes: Partial<Record<LogName, Written>> = {}
  let failure: { error: unknown } | undefined
  if (before !== undefined) await replaceStatementKey(before, { ...parts, now: clock() })
  // Before the rounds, because the next checkpoint is signed with the new key.
  if (beforeCheckpoints !== undefined) await replaceLogKey(beforeCheckpoints, { ...parts, now: clock() })
  if (recordsFrom !== undefined) await restoreRecords(recordsFrom, { ...parts, now: clock() })
  for (let round = 1; round <= rounds; round++) {
    // The next call comes within a minute. A round that is cut off would raise an alarm for nothing.
    if (round > 1 && remaining() < secondsBetween * 1_000 + ROUND_MS) break
    if (round > 1) await sleep(secondsBetween * 1_000)
    failure = undefined
    for (const log of logNames) {
      const from = since[log]
      try {
        const sequenced = await sequenceLog(log, {
          ...parts,
          now: clock(),
          remaining,
          ...(from && { since: from }),
        })
        const restored = tilesFrom[log]
        const stored = { ...parts, now: clock(), ...(restored !== undefined && { from: restored }) }
        sizes[log] = { ...sequenced, tiles: await storeTiles(log, sequenced.size, stored) }
      } catch (error) {
        failure = { error }
      }
    }
    try {
      await publishBundle({ ...parts, now: clock() })
    } catch (error) {
      failure = { error }
    }
  }
  try {
    await requireStatementKey({ ...parts, now: clock() })
  } catch (error) {
    failure ??= { error }
  }
  // An alarm counts this line (docs/runbook.md), long before the bundle exceeds its limit.
  const full = await nearlyFullBundle(parts.store)
  if (full !== undefined) lines({ level: 'warn', function: 'sequence', code: 'bundle-nearly-full', ...full })
  // Only a failure of the last round counts: a later round repeats the work of an earlier one.
  if (failure !== undefined) throw failure.error
  return sizes
}
