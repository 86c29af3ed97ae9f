import { type Fault, RegistryError } from '@sijil/registry'
import type { AskedField } from '@sijil/views/desk'
import { type FieldName, formOfField, type TypedFields } from '@sijil/web'
import type { Target } from '../proposed-changes.ts'
import type { DeskAction } from './desk-action.ts'
import { readPasted } from './pasted-rows.ts'
import { readUnitRows, UNIT_ROWS } from './unit-rows.ts'

type Form = Readonly<Record<string, unknown>>

/** The API has these in its address, so they are no members of its body. */
const targets: readonly string[] = ['issuer', 'kid', 'certificate', 'accreditation', 'qualification', 'framework']

const nameOf = (field: AskedField): FieldName => (field.endsWith('?') ? field.slice(0, -1) : field) as FieldName
const pointerOf = (field: string) => `/${field.replaceAll('.', '/')}`

type Fields = Pick<DeskAction, 'first' | 'fields'>

const fieldsOf = ({ first, fields }: Fields): readonly AskedField[] =>
  first === undefined ? fields : [first, ...fields]

/** The fields of this action that were typed. The page escapes them when the form comes back. */
export function typedIn(form: Form, action: Fields): TypedFields {
  const names = fieldsOf(action).map(nameOf)
  const isOurs = (name: string) =>
    names.some((field) => (formOfField(field).kind === 'several' ? name.startsWith(`${field}:`) : name === field))
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => isOurs(entry[0]) && typeof entry[1] === 'string'),
  )
}

/**
 * Reads a form as the body that the API takes, and what the API has in its address. `lines`: for each list of pasted rows, the line of
 * each row. Throws `validation-failed` with all faults.
 */
export function readForm(
  form: Form,
  action: Fields,
  authority: string,
): { target: Target; body: Record<string, unknown>; lines: Readonly<Record<string, readonly number[]>> } {
  const typed = typedIn(form, action)
  const faults: Fault[] = Object.keys(form)
    .filter((name) => !Object.hasOwn(typed, name))
    .map(() => ({ pointer: '', detail: 'unknown member: leave it out', reason: 'unknown-member' as const }))
  const body: Record<string, unknown> = {}
  const lines: Record<string, readonly number[]> = {}
  const target: Target = {
    authority,
    issuer: '',
    kid: '',
    certificate: '',
    accreditation: '',
    qualification: '',
    framework: '',
  }
  for (const field of fieldsOf(action)) {
    const name = nameOf(field)
    const value = valueIn(name, typed)
    const isMissing = value === undefined || (typeof value === 'string' && value.trim() === '')
    if (isMissing && field === name) faults.push({ pointer: pointerOf(name), detail: 'is missing', reason: 'missing' })
    const { max, kind, columns } = formOfField(name)
    if (max !== undefined && kind !== 'lines' && kind !== 'number' && (typed[name] ?? '').length > max)
      faults.push({ pointer: pointerOf(name), detail: `must have at most ${max} characters`, reason: 'too-long' })
    if (isMissing) continue
    if (kind === 'rows' && columns !== undefined) {
      const pointer = pointerOf(name)
      const text = String(value).slice(0, max)
      const pasted = name === UNIT_ROWS ? readUnitRows(text, pointer) : readPasted(text, { columns, pointer })
      faults.push(...pasted.faults)
      lines[pointer] = pasted.lines
      put(body, name.split('.'), pasted.items)
    } else if (targets.includes(name)) Object.assign(target, { [name]: value })
    else put(body, name.split('.'), value)
  }
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'The form is not complete.', { faults: faults.slice(0, 50) })
  return { target, body, lines }
}

/** The value of a field as JSON has it. A text that is no number stays a text, so that the schema of the API refuses it. */
function valueIn(name: FieldName, typed: TypedFields): unknown {
  const text = typed[name]
  const { kind } = formOfField(name)
  if (kind === 'several') {
    const chosen = Object.keys(typed).filter((each) => each.startsWith(`${name}:`))
    return chosen.length === 0 ? undefined : chosen.map((each) => each.slice(name.length + 1))
  }
  if (text === undefined) return undefined
  switch (kind) {
    case 'number':
      return /^\d{1,7}$/.test(text) ? Number(text) : text
    case 'lastDay':
      return `${text}T23:59:59Z`
    case 'moment':
      return `${/T\d\d:\d\d$/.test(text) ? `${text}:00` : text}Z`
    case 'flag':
      return text === 'yes' ? true : text
    case 'lines': {
      const lines = text.split(/\s*\n\s*/).map((line) => line.trim())
      return lines.filter((line) => line !== '' && !line.startsWith('-----'))
    }
    default:
      return text
  }
}

function put(body: Record<string, unknown>, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined) return
  if (rest.length === 0) body[first] = value
  else {
    const inner = (body[first] ?? {}) as Record<string, unknown>
    body[first] = inner
    put(inner, rest, value)
  }
}
