import { CommandFailure } from '../failure.ts'

/** What a log does wrong is told with its own exit code, and with what to do about it. */
export async function accusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'LogFault') throw error
    throw new CommandFailure('wrong', {
      title: error.message,
      detail: 'Keep the file of what was seen before: it is the evidence. Tell other auditors.',
    })
  }
}
