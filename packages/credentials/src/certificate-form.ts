import { isObjectOrList } from './json-object.ts'
/** All forms of the profile that were issued. Each has its own schema, and `credentialSchema` names it. */
export const forms = [1, 2] as const
export type Form = (typeof forms)[number]
/** The form of new certificates. */
export const CURRENT_FORM: Form = 2

/** Paths of the schemas, after the address of a registry. */
export const schemaPaths = { 1: '/schemas/certificate', 2: '/schemas/certificate-2' } as const satisfies Record<
  Form,
  string
>

/** The form of a schema id. Unknown ids are read as the second form, which refuses every id but its own. So no form is guessed. */
export const formOf = (schema: unknown): Form => (typeof schema === 'string' && schema.endsWith(schemaPaths[1]) ? 1 : 2)

/** The id in `credentialSchema` of a document that was not checked yet. */
export function schemaOf(document: unknown): unknown {
  const list = memberOf(document, 'credentialSchema')
  return Array.isArray(list) ? memberOf(list[0], 'id') : undefined
}

const memberOf = (value: unknown, name: string): unknown =>
  isObjectOrList(value) && Object.hasOwn(value, name) ? value[name] : undefined
