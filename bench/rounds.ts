/** One thing to be measured. It answers whether it did what it should, so that nothing is fast by failing. */
export interface Subject {
  name: string
  run(at: number): boolean | Promise<boolean>
}

/** Microseconds of the processor a call, one number a round. */
export type Times = ReadonlyMap<string, readonly number[]>

export interface Pace {
  rounds: number
  /** How long each subject runs in each round. */
  milliseconds: number
}

/**
 * A B C, A B C, …: whatever else the machine does falls on all alike. Before the first round each subject runs once as long,
 * unmeasured, so that it is compiled.
 */
export async function measure(subjects: readonly Subject[], { rounds, milliseconds }: Pace): Promise<Times> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const subject of subjects) {
      const time = await timeOf(subject, milliseconds)
      if (round >= 0) times.get(subject.name)?.push(time)
    }
  }
  return times
}

/**
 * In time of the processor, with all threads of this process: on one core that is what a call costs, and other programs of the
 * machine do not count.
 */
async function timeOf({ name, run }: Subject, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds
  const before = process.cpuUsage()
  let calls = 0
  do {
    // What answers at once is not made to wait for a promise.
    const answer = run(calls++)
    if (!(typeof answer === 'boolean' ? answer : await answer)) throw new Error(`${name} answered wrongly`)
  } while (performance.now() < end)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / calls
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
