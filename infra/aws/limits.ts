import type { FunctionName } from '@sijil/functions/routes.ts'

/** What one function may take. Its concurrency is reserved: whoever floods one function cannot starve another. */
export interface Limits {
  memoryMiB: number
  timeoutSeconds: number
  concurrency: number
}

/** Called by a schedule, and by no route. */
export type ScheduledName = 'sweep' | 'sequence' | 'audit'

// biome-ignore format: it reads as a table
/** Reserved one by one: a flood of checks takes nothing from issuing (F19), and none of them can take the whole account. */
export const limits = {
  verify:      { memoryMiB: 1_769, timeoutSeconds: 15,  concurrency: 100 }, // one whole vCPU: junk costs it at most 50 ms
  pages:       { memoryMiB: 1_769, timeoutSeconds: 15,  concurrency: 100 },
  issue:       { memoryMiB: 1_769, timeoutSeconds: 29,  concurrency: 50 },  // 29 s is as long as the gateway waits
  status:      { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  records:     { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  lists:       { memoryMiB: 1_024, timeoutSeconds: 29,  concurrency: 10 },
  decisions:   { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 5 },
  desk:        { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 5 },
  trust:       { memoryMiB: 1_024, timeoutSeconds: 10,  concurrency: 50 },
  log:         { memoryMiB: 1_024, timeoutSeconds: 10,  concurrency: 30 },
  federation:  { memoryMiB: 1_024, timeoutSeconds: 20,  concurrency: 20 },
  originCheck: { memoryMiB: 256,   timeoutSeconds: 5,   concurrency: 10 },
  // One at a time is enough, and a conditional write holds where there are two.
  sweep:       { memoryMiB: 1_024, timeoutSeconds: 240, concurrency: 1 },
  sequence:    { memoryMiB: 1_024, timeoutSeconds: 120, concurrency: 1 },
  audit:       { memoryMiB: 1_024, timeoutSeconds: 600, concurrency: 1 },
} as const satisfies Record<FunctionName | ScheduledName | 'originCheck', Limits>

/** At most 60 s from a commit to its checkpoint, of a schedule that knows minutes only. */
export const sequenceOrder = { rounds: 3, secondsBetween: 18 }
