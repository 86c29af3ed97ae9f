import type { FunctionName } from '@sijil/functions/routes.ts'
import type { PathClass } from './path-classes.ts'

/** Limits of one function. Its concurrency is reserved, so a flood of requests to one function cannot starve another. */
export interface Limits {
  memoryMiB: number
  timeoutSeconds: number
  concurrency: number
}

/** Functions that a schedule calls, and no route. */
export type ScheduledName = 'sweep' | 'erase' | 'sequence' | 'deliver' | 'audit'

// biome-ignore format: it reads as a table
/** Each has its own reservation. A flood of verifications takes nothing from issuing (F19), and no function can use up the whole account. */
export const limits = {
  verify:      { memoryMiB: 1_769, timeoutSeconds: 15,  concurrency: 100 }, // one whole vCPU: an invalid document costs at most 50 ms
  pages:       { memoryMiB: 1_769, timeoutSeconds: 15,  concurrency: 100 },
  issue:       { memoryMiB: 1_769, timeoutSeconds: 29,  concurrency: 50 },  // API Gateway waits no longer than 29 s
  batches:     { memoryMiB: 1_769, timeoutSeconds: 29,  concurrency: 5 },   // one whole vCPU: 500 rows are judged in some seconds
  status:      { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  records:     { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  lists:       { memoryMiB: 1_024, timeoutSeconds: 29,  concurrency: 10 },
  decisions:   { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 5 },
  recognise:   { memoryMiB: 1_024, timeoutSeconds: 29,  concurrency: 5 },
  desk:        { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 5 },
  office:      { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 10 },
  trust:       { memoryMiB: 1_024, timeoutSeconds: 10,  concurrency: 50 },
  log:         { memoryMiB: 1_024, timeoutSeconds: 10,  concurrency: 30 },
  federation:  { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  reports:     { memoryMiB: 1_024, timeoutSeconds: 15,  concurrency: 5 },   // a flood of reports takes nothing from verification
  paper:       { memoryMiB: 1_769, timeoutSeconds: 29,  concurrency: 20 },  // one whole vCPU: the first paper of a process loads the typesetter. A hundred papers of a batch are one call
  originCheck: { memoryMiB: 256,   timeoutSeconds: 5,   concurrency: 10 },
  // One run at a time is enough. If two overlap, conditional writes keep the state correct.
  sweep:       { memoryMiB: 1_024, timeoutSeconds: 240, concurrency: 1 },
  erase:       { memoryMiB: 1_024, timeoutSeconds: 240, concurrency: 1 },
  sequence:    { memoryMiB: 1_024, timeoutSeconds: 120, concurrency: 1 },
  // One call for the schedule, and the others for messages. A message takes some seconds at most: its events are sent at the same time.
  deliver:     { memoryMiB: 1_024, timeoutSeconds: 55,  concurrency: 10 },
  audit:       { memoryMiB: 1_024, timeoutSeconds: 600, concurrency: 1 },
} as const satisfies Record<FunctionName | ScheduledName | 'originCheck', Limits>

/**
 * Messages of batches that `issue` works on at once. So a season's batch takes a fifth of its concurrency, and of its signatures, and
 * single certificates keep the rest.
 */
export const rangesAtOnce = 10
/** The same for the files of issued batches, and `paper`. */
export const filesAtOnce = 4

/** A schedule can call at most once a minute. With three rounds in each call, a commit is under a checkpoint within 60 s. */
export const sequenceOrder = { rounds: 3, secondsBetween: 18 }
/** The same for events for systems of bodies, and `deliver`. Slow systems hold up nothing but these calls. */
export const deliveriesAtOnce = 8

// biome-ignore format: it reads as a table
/**
 * Requests of one address in a minute, by class of path (docs/runbook.md#limits-of-the-firewall). The firewall stands before the cache, so
 * it also counts what the cache answers. An office or a school is one address.
 */
export const requestLimits = {
  files:     6_000,  // a first visit loads several
  cached:    1_500,
  fresh:     600,    // each is an answer of its own: a verdict, a checkpoint, a question of TRQP
  reports:   20,     // a report is two requests: the form, and what is sent
  'sign-in': 120,    // a sign-in takes about four requests
  officers:  600,
  bodies:    15_000, // a batch at full speed sends 3,000: 50 issuances a second
} as const satisfies Record<PathClass, number>

/** Seconds in which the firewall counts, and which it names in `Retry-After`. */
export const limitWindow = 60

/** Signatures a second with keys on elliptic curves, which KMS allows an account in one region by default. Lent keys count here, too. */
export const signingQuota = 1_000

/** Read units, and write units, a second that DynamoDB allows a table by default. A partition of a table or an index has a limit of its own. */
export const tableQuota = 40_000
export const partitionWriteQuota = 1_000

/**
 * Signatures a second that one process of a function may ask for. Times its concurrency, issuing has 600 of the quota, status lists 100,
 * statements 200, decisions and the logs 10 each. So a day of many certificates takes nothing from status and logs (docs/issuing.md, "Quotas").
 */
export const signaturesPerSecond: Readonly<Partial<Record<FunctionName | ScheduledName, number>>> = {
  issue: 12,
  lists: 10,
  recognise: 2,
  federation: 10,
  sequence: 10,
}
