import type { Framework } from '@sijil/qualifications'
import { type Fault, RegistryError } from '@sijil/registry'
import type { StatedFramework } from '@sijil/registry/catalogue'
import type { ActionName, TypedFields } from '@sijil/web'

type Body = Record<string, unknown>

/** The value of a row whose AQRF level is not known. An empty row is a row that was forgotten. */
const NOT_KNOWN = 'not-known'

/** A statement as an officer would type it, so that a form begins with what counts now. Empty where nothing is stated. */
export function typedStatement(action: ActionName, { referencing, table }: StatedFramework): TypedFields {
  if (action === 'state-referencing' && referencing !== undefined) return { ...referencing.value }
  if (action !== 'confirm-levels' || table === undefined) return {}
  const { version, rows, source } = table.value
  const levels = rows.map(({ aqrf }, at) => [`rows.${at}.aqrf`, aqrf === null ? NOT_KNOWN : `${aqrf}`])
  return { version, source, ...Object.fromEntries(levels) }
}

/** A text that is no number stays a text, so that the schema of the API refuses it. */
export const numbered = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : value

/** The rows of a table as the API takes them: one for each level of the framework, in order. Throws `validation-failed` for an empty one. */
export function levelRows({ rows = {}, ...rest }: Body, { framework }: { framework?: Framework | undefined }): Body {
  if (framework === undefined)
    throw new RegistryError('not-found', 'you own no framework with this id', { reason: 'not-below' })
  const typed = rows as Readonly<Record<number, { aqrf?: unknown }>>
  const faults: Fault[] = []
  const made = Array.from({ length: framework.levels ?? 0 }, (_, at) => {
    const aqrf = typed[at]?.aqrf
    if (aqrf === undefined) faults.push({ pointer: `/rows/${at}/aqrf`, detail: 'is missing', reason: 'missing' })
    return { national: at + 1, aqrf: aqrf === NOT_KNOWN ? null : numbered(aqrf) }
  })
  if (faults.length > 0) throw new RegistryError('validation-failed', 'The table is not complete.', { faults })
  return { ...rest, rows: made }
}

/** A record of the baseline is chosen as `{kind}/{id}`. */
export function assignment({ record, ...rest }: Body): Body {
  const [kind, id] = String(record).split('/')
  return { ...rest, kind, record: id }
}

/** A framework of the baseline as its authority would type it, to state it for the first time. */
export function typedBaseline({ name, acronym, id, localName, levels, titles, law }: Framework): TypedFields {
  const named = Array.from({ length: levels ?? 0 }, (_, at) => titles[at + 1]?.join('; ') ?? '')
  return {
    name,
    acronym: acronym ?? id,
    ...(localName && { 'localName.text': localName.text, 'localName.language': localName.language }),
    levels: `${levels ?? ''}`,
    levelTitles: named.every((title) => title !== '') ? named.join('\n') : '',
    ...(law && { law }),
  }
}

/** An edition is chosen as `{qualification}/{edition}`. No id has a slash. */
export function placed({ placeable, level, ...rest }: Body): Body {
  const [qualification, edition] = String(placeable).split('/')
  return { ...rest, qualification, edition, level: numbered(level) }
}

/** A placement is chosen as `{qualification}/{edition}/{framework}`. */
export function endOfPlacement({ placement, ...rest }: Body): Body {
  const [qualification, edition, framework] = String(placement).split('/')
  return { ...rest, qualification, edition, framework }
}
