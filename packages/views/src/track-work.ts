import type { ListedTrack, WorkerProfileValues } from '@sijil/web'

/** What a track says of the work that it is about. */
export interface TrackWork {
  listed: ListedTrack
  occupations: WorkerProfileValues['occupations']
  /** Ids of the qualifications that a worker of the track holds. */
  qualifications: readonly string[]
}
