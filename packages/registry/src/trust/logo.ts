import { artefacts, type NamedArtefact } from '../artefacts.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { countingAt, type Moments } from './dated.ts'

/** A picture that was decoded and encoded anew. Its bytes lie in the object store. */
export interface Logo {
  /** SHA-256 of its bytes, in hexadecimal digits. */
  digest: string
  /** In pixels. */
  width: number
  height: number
}

/** `null`: it has no logo from then on. */
export type LogoEvent = { type: 'logo-set'; logo: Logo | null }

const shapes: EventShapes<LogoEvent> = { 'logo-set': ['logo'] }

/** Every logo, oldest record first. Strongly consistent. */
export async function logoHistory(body: string, reader: CommitReader): Promise<readonly Commit<LogoEvent>[]> {
  const commits = await reader.read<LogoEvent>(streams.own(body, 'logo'))
  requireKnown(commits, shapes)
  return commits
}

/** The logo of a body at a moment, by what was recorded by another. */
export async function logoAt(body: string, moments: Moments, reader: CommitReader): Promise<Logo | undefined> {
  return logoIn(await logoHistory(body, reader), moments)
}

export const logoIn = (history: readonly Commit<LogoEvent>[], moments: Moments) =>
  countingAt(history, moments)?.events[0]?.logo ?? undefined

/** The file of a logo, as a commit names it. */
export const logoFile = ({ digest }: Pick<Logo, 'digest'>): NamedArtefact => ({ name: artefacts.logo(digest), digest })
