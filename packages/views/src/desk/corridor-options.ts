import { roadmap } from '@sijil/qualifications'
import { corridorAt, gapsAt, listCorridors, readGaps, readTrack, trackAt } from '@sijil/registry/corridors'
import type { FieldOption } from '@sijil/web'
import type { DeskDeps } from './office.ts'

type OptionDeps = Pick<DeskDeps, 'store' | 'now'>

/** The tracks of the corridors in force of which the authority is a party. */
async function ownTracks(authority: string, { store, now }: OptionDeps) {
  const moment = now.toISOString()
  return (await listCorridors(store)).flatMap((versions) => {
    const corridor = corridorAt(versions, { effective: moment, recorded: moment })
    const text = corridor?.state === 'open' ? corridor.current?.text : undefined
    if (corridor === undefined || !text?.parties.some(({ id }) => id === authority)) return []
    return text.content.tracks.map((track) => ({ corridor, track, moment }))
  })
}

export const trackOptions = async (authority: string, deps: OptionDeps): Promise<readonly FieldOption[]> =>
  (await ownTracks(authority, deps)).map(({ corridor, track }) => ({
    value: `${corridor.id} ${track.id}`,
    name: track.skillsArea,
    code: `${corridor.id} ${track.id}`,
  }))

/** Every step of these tracks. */
export const stepOptions = async (authority: string, deps: OptionDeps): Promise<readonly FieldOption[]> =>
  (await ownTracks(authority, deps)).flatMap(({ corridor, track }) =>
    roadmap.map(({ id, title }) => ({
      value: `${corridor.id} ${track.id} ${id}`,
      name: `${id}. ${title}`,
      code: `${corridor.id} ${track.id}`,
    })),
  )

/** What other parties declared of steps that all join, and the authority has not joined. */
export async function declaredOptions(authority: string, deps: OptionDeps): Promise<readonly FieldOption[]> {
  const tracks = await ownTracks(authority, deps)
  const options = await Promise.all(
    tracks.map(async ({ corridor, track, moment }) => {
      const steps = trackAt(await readTrack(corridor.id, track.id, deps.store), corridor, moment)
      return steps.flatMap(({ step, declarations }) => {
        const isJoint = roadmap.find(({ id }) => id === step)?.parties === 'all'
        const own = declarations.find(({ declaredBy }) => declaredBy.id === authority)
        const others = declarations.filter(({ hash, joined }) => isJoint && !joined && hash !== own?.hash)
        return others.map(({ hash, declaredBy, statement }) => ({
          value: `${corridor.id} ${track.id} ${step} ${hash}`,
          name: `${step}. ${statement.part} (${declaredBy.name})`,
          code: `${corridor.id} ${track.id}`,
        }))
      })
    }),
  )
  return options.flat()
}

/** The gaps that are open. */
export async function gapOptions(authority: string, deps: OptionDeps): Promise<readonly FieldOption[]> {
  const options = await Promise.all(
    (await ownTracks(authority, deps)).map(async ({ corridor, track }) =>
      gapsAt(await readGaps(corridor.id, track.id, deps.store)).flatMap(({ id, unit, note, closed }) =>
        closed === undefined
          ? {
              value: `${corridor.id} ${track.id} ${id}`,
              name: `${unit} ${note}`,
              code: `${corridor.id} ${track.id} ${id}`,
            }
          : [],
      ),
    ),
  )
  return options.flat()
}
