/** One thing to be measured. It answers whether it did what it should, so that nothing is fast by failing. */
export interface Subject {
  name: string
  run(at: number): boolean | Promise<boolean>
}

/** Microseconds of the processor a call, one number a round. */
export type Times = ReadonlyMap<string, readonly number[]>

export interface Pace {
  rounds: number
  /** Of each subject in each round: a machine that is slow for half a second is slow for all of them. */
  turns: number
  /** How long each subject runs in each round. */
  milliseconds: number
}

/**
 * A B C, A B C, …: whatever else the machine does falls on all alike. Before the first round each subject runs once as long,
 * unmeasured, so that it is compiled.
 */
export async function measure(subjects: readonly Subject[], { rounds, turns, milliseconds }: Pace): Promise<Times> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    const spent = subjects.map((subject) => ({ subject, calls: 0, microseconds: 0 }))
    for (let turn = 0; turn < turns; turn++) for (const one of spent) await runFor(one, milliseconds / turns)
    if (round >= 0)
      for (const { subject, calls, microseconds } of spent) times.get(subject.name)?.push(microseconds / calls)
  }
  return times
}

interface Spent {
  subject: Subject
  calls: number
  /** Of the processor, with all threads of this process: on one core that is what the calls cost, and other programs do not count. */
  microseconds: number
}

async function runFor(spent: Spent, milliseconds: number): Promise<void> {
  const { name, run } = spent.subject
  const end = performance.now() + milliseconds
  const before = process.cpuUsage()
  do {
    // What answers at once is not made to wait for a promise.
    const answer = run(spent.calls++)
    if (!(typeof answer === 'boolean' ? answer : await answer)) throw new Error(`${name} answered wrongly`)
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

/** How many times as fast `subject` is as `other`: the two of each round are compared, then the rounds. */
export function ratioOf(times: Times, subject: string, other: string): Spread {
  const [ours, theirs] = [subject, other].map((name) => {
    const found = times.get(name)
    if (found === undefined) throw new Error(`nothing was measured of ${name}`)
    return found
  }) as [readonly number[], readonly number[]]
  return spreadOf(ours.map((time, round) => (theirs[round] ?? Number.NaN) / time))
}
