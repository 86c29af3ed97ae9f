import { isObjectOrList } from './json-object.ts'
/** The forms of the profile that were ever issued. Each has a schema of its own, and its `credentialSchema` says which one it has. */
export const forms = [1, 2] as const
export type Form = (typeof forms)[number]
/** What new certificates are. */
export const CURRENT_FORM: Form = 2

/** What follows a registry's address. */
export const schemaPaths = { 1: '/schemas/certificate', 2: '/schemas/certificate-2' } as const satisfies Record<
  Form,
  string
>

/** The second form has one kind of id only, so what is neither is refused there, and no form is ever guessed. */
export const formOf = (schema: unknown): Form => (typeof schema === 'string' && schema.endsWith(schemaPaths[1]) ? 1 : 2)

/** The id in `credentialSchema`, of a document that nobody checked yet. */
export function schemaOf(document: unknown): unknown {
  const list = memberOf(document, 'credentialSchema')
  return Array.isArray(list) ? memberOf(list[0], 'id') : undefined
}

const memberOf = (value: unknown, name: string): unknown =>
  isObjectOrList(value) && Object.hasOwn(value, name) ? value[name] : undefined
