import type { LevelRecord, PinnedEdition } from '@sijil/qualifications'
import { type Joint, type JointMoments, jointAt } from '../joint/joint-at.ts'
import { corridorAt } from './corridor-at.ts'
import type { CorridorHistory } from './reader.ts'

/**
 * The level records of one edition: joined by both states, left by none, and of a corridor in force of which both are still parties. Each
 * is shown for its own host alone (Z006).
 */
export const levelRecordsOf = (
  edition: PinnedEdition,
  corridors: readonly CorridorHistory[],
  moments: JointMoments,
): readonly Joint<LevelRecord>[] =>
  corridors.flatMap(({ versions, levelRecords }) => {
    const corridor = corridorAt(versions, moments)
    const text = corridor?.state === 'open' ? corridor.current?.text : undefined
    if (text === undefined) return []
    return levelRecords
      .flatMap((commits) => jointAt(commits, moments) ?? [])
      .filter(
        ({ state, text: { content, parties } }) =>
          state === 'joint' &&
          content.edition.qualification === edition.qualification &&
          content.edition.edition === edition.edition &&
          text.content.tracks.some(({ id }) => id === content.track) &&
          parties.every((party) => text.parties.some(({ id }) => id === party.id)),
      )
  })
