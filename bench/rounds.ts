/** A subject to measure. It returns whether it worked, so that no subject is fast because it fails. */
export interface Subject {
  name: string
  /** One call does so many of what is counted. Absent: one. */
  each?: number
  run(at: number): boolean | Promise<boolean>
}

/** Microseconds of processor time per call, one number for each round. */
export type Times = ReadonlyMap<string, readonly number[]>

export interface Pace {
  rounds: number
  /** Turns of each subject in each round, so that half a second in which the machine is slow affects all subjects. */
  turns: number
  /** Milliseconds for which each subject runs in each round. */
  milliseconds: number
}

/**
 * Measures in the order A B C, A B C, …, so that other load affects all subjects equally. Before the first round each subject runs for
 * the same time without measuring, so that it is compiled.
 */
export async function measure(subjects: readonly Subject[], { rounds, turns, milliseconds }: Pace): Promise<Times> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    const spent = subjects.map((subject) => ({ subject, calls: 0, microseconds: 0 }))
    for (let turn = 0; turn < turns; turn++) for (const one of spent) await runFor(one, milliseconds / turns)
    if (round >= 0)
      for (const { subject, calls, microseconds } of spent)
        times.get(subject.name)?.push(microseconds / calls / (subject.each ?? 1))
  }
  return times
}

interface Spent {
  subject: Subject
  calls: number
  /** Processor time of all threads of this process. On one core that is the cost of the calls, without other programs. */
  microseconds: number
}

async function runFor(spent: Spent, milliseconds: number): Promise<void> {
  const { name, run } = spent.subject
  const end = performance.now() + milliseconds
  const before = process.cpuUsage()
  do {
    // A synchronous subject does not have to wait for a promise.
    const answer = run(spent.calls++)
    if (!(typeof answer === 'boolean' ? answer : await answer)) throw new Error(`${name} gave a wrong answer`)
  } while (performance.now() < end)
  const { user, system } = process.cpuUsage(before)
  spent.microseconds += user + system
}

export interface Spread {
  min: number
  median: number
  max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[place] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) }
}

/** How many times as fast `subject` is as `other`: first the ratio of each round, and then its median. */
export function ratioOf(times: Times, subject: string, other: string): Spread {
  const [ours, theirs] = [subject, other].map((name) => {
    const found = times.get(name)
    if (found === undefined) throw new Error(`${name} was not measured`)
    return found
  }) as [readonly number[], readonly number[]]
  return spreadOf(ours.map((time, round) => (theirs[round] ?? Number.NaN) / time))
}
