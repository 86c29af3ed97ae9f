import { CommandFailure } from '../failure.ts'

/** Reports a fault of a log with its own exit code, and with what the user should do. */
export async function reportLogFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'LogFault') throw error
    throw new CommandFailure('wrong', {
      title: error.message,
      detail: 'Keep the state file, because it is the evidence. Tell other auditors.',
    })
  }
}
