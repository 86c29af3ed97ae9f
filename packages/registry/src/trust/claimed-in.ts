import { type CommitReader, streams } from '../stream.ts'

/**
 * Ids that claimed names in a state, each before its registration. Strongly consistent, unlike the index of registrations. A claim alone
 * is no registration, so read each one's own stream.
 */
export async function claimedIn(state: string, reader: CommitReader): Promise<string[]> {
  const commits = await reader.read<{ id: string }>(streams.names(state))
  return commits.flatMap(({ events }) => events.map(({ id }) => id))
}
