import { type Framework, referenceFramework } from '@sijil/qualifications'
import {
  baselineAt,
  EVER,
  editionsAt,
  type FrameworkHistory,
  frameworkAt,
  frameworkOf,
  frameworkStatedAt,
  listFrameworkHistories,
  type QualificationHistory,
  qualificationAt,
  type StatedFramework,
  statedAt,
} from '@sijil/registry/catalogue'
import { isOwnRecord, listOwnFrameworks } from '@sijil/registry/decisions'
import type { Entity } from '@sijil/registry/trust'
import type { FieldName, FieldOption } from '@sijil/web'
import type { CatalogueDeps, DeskDeps, Office } from './office.ts'

/** A framework of this authority. Undefined for one of another authority, and for one that nobody stated. */
export async function ownFrameworkView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<Framework | undefined> {
  const history = await frameworkOf(id, deps.store)
  return (await isOwnRecord(history, authority.id, deps)) ? frameworkAt(history, EVER) : undefined
}

/** A framework of the baseline that was assigned to this authority, and about which it has stated nothing. Undefined for any other. */
export async function assignedFrameworkView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<Framework | undefined> {
  const history = await frameworkOf(id, deps.store)
  return (await isOwnRecord(history, authority.id, deps)) ? unstated(history) : undefined
}

const unstated = (history: FrameworkHistory): Framework | undefined =>
  frameworkAt(history, EVER) === undefined ? baselineAt<Framework>(history.commits, EVER) : undefined

/** What this authority states about its framework today, so that a form begins with it. */
export async function statedTodayView({ id }: Framework, { store, now }: DeskDeps): Promise<StatedFramework> {
  return frameworkStatedAt(await frameworkOf(id, store), { effective: now.toISOString(), recorded: now.toISOString() })
}

/** The national level of a row in a table of levels. Undefined for any other field. */
export function levelOfRow(name: FieldName): number | undefined {
  const row = /^rows\.(\d)\.aqrf$/.exec(name)
  return row === null ? undefined : Number(row[1]) + 1
}

/** The choices of the forms about frameworks. Undefined: the field has none. */
export async function frameworkOptions(
  name: FieldName,
  { authority, framework }: { authority: Entity; framework: Framework | undefined },
  deps: CatalogueDeps,
): Promise<readonly FieldOption[] | undefined> {
  const row = levelOfRow(name)
  if (row !== undefined) return row <= (framework?.levels ?? 0) ? rowOptions : []
  switch (name) {
    case 'framework':
      return (await listOwnFrameworks(authority.id, deps)).flatMap((history) => {
        const record = frameworkAt(history, EVER)
        return record === undefined ? [] : [optionOf(record)]
      })
    case 'assignedFramework': {
      const histories = (await listFrameworkHistories(deps.store)).filter((history) => unstated(history) !== undefined)
      const own = await Promise.all(
        histories.map(async (history) => ((await isOwnRecord(history, authority.id, deps)) ? history : undefined)),
      )
      return own.flatMap((history) => (history && unstated(history)) ?? []).map(optionOf)
    }
    case 'level':
      return framework === undefined ? [] : levelOptions(framework)
    case 'placeable':
      return (await statedEditions(authority, deps)).map(({ id, title, edition }) => ({
        value: `${id}/${edition}`,
        name: `${title}, ${edition}`,
        code: id,
      }))
    case 'placement': {
      const own = new Map(
        (await listOwnFrameworks(authority.id, deps)).map((each) => [each.id, frameworkAt(each, EVER)]),
      )
      return (await statedEditions(authority, deps)).flatMap(({ id, title, edition, history }) => {
        const placement = statedAt(history, EVER).placements.get(edition)
        const framework = placement && own.get(placement.framework)
        return placement === undefined || framework === undefined
          ? []
          : [
              {
                value: `${id}/${edition}/${placement.framework}`,
                name: `${title}, ${edition}: ${framework.acronym ?? framework.id} ${placement.level}`,
                code: id,
              },
            ]
      })
    }
    default:
      return undefined
  }
}

const optionOf = ({ id, name }: Framework): FieldOption => ({ value: id, name, code: id })

/** The name of a level, beside its row. */
export const rowTitle = (name: FieldName, framework: Framework | undefined): string | undefined => {
  const row = levelOfRow(name)
  return row === undefined ? undefined : framework?.titles[row]?.join('; ')
}

const rowOptions: readonly FieldOption[] = [
  ...Array.from({ length: referenceFramework.levels }, (_, at) => ({ value: `${at + 1}`, code: `AQRF ${at + 1}` })),
  { value: 'not-known', words: 'desk.framework.unknown' },
]

const levelOptions = ({ id, acronym = id, levels, titles }: Framework): FieldOption[] =>
  Array.from({ length: levels ?? 0 }, (_, at) => at + 1).map((level) => {
    const title = titles[level]?.join('; ')
    const value = `${level}`
    // Names of levels are in English. A page marks them as such.
    return title === undefined
      ? { value, code: `${acronym} ${level}` }
      : { value, name: `${acronym} ${level}: ${title}` }
  })

/** Every edition that an owner stated in the state of this authority. */
async function statedEditions({ identity: { state } }: Entity, { qualifications }: CatalogueDeps) {
  return (await qualifications()).flatMap((history: QualificationHistory) =>
    editionsAt(history, EVER).flatMap(({ id: edition }) => {
      const record = qualificationAt(history, { ...EVER, edition })
      return record?.state === state ? [{ id: history.id, title: record.title, edition, history }] : []
    }),
  )
}
