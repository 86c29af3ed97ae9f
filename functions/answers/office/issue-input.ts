import { parseInput } from '@sijil/http'
import { type Fault, RegistryError } from '@sijil/registry'
import type { IssueInput } from '@sijil/registry/certificates'
import type { TypedFields } from '@sijil/web'
import { readForm, typedIn } from '../desk/action-form.ts'
import { issueInput } from '../inputs.ts'
import { strict } from '../strict.ts'

/** The fields of the form of one certificate (packages/views/src/desk/issue-form.ts). */
const form = {
  fields: [
    'holder.name',
    'holder.nativeName?',
    'holder.birthDate?',
    'certificateNumber',
    'registerNumber?',
    'awardedOn?',
    'assessedOn?',
    'route?',
    'otherRoute?',
    'method?',
    'otherMethod?',
    'assessor?',
    'centre.id?',
    'units?',
    'limits?',
    'signatory.name?',
    'signatory.position?',
    'validUntil?',
    'language?',
    'recipient?',
  ],
} as const

/** Sent with the form as they are. `former`: the number of the certificate that is followed, for the pages alone. */
const hiddenNames = ['qualification', 'edition', 'key', 'replaces', 'renews', 'former'] as const
export type Hidden = Partial<Record<(typeof hiddenNames)[number], string>>

type Form = Readonly<Record<string, unknown>>

export const typedCertificate = (sent: Form): TypedFields => typedIn(sent, form)

export const hiddenIn = (sent: Form): Hidden =>
  Object.fromEntries(
    hiddenNames.flatMap((name) => {
      const value = sent[name]
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 300)]] : []
    }),
  )

/** A key of a form of the desk, which no program can meet by chance. */
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads the fields as the request that the API takes. Throws `validation-failed` with all faults. */
export function readCertificate(sent: Form): { input: IssueInput; idempotencyKey: string } {
  const { key = '', former: _, ...named } = hiddenIn(sent)
  if (!KEY.test(key)) throw refusal([{ pointer: '/key', detail: 'is missing', reason: 'missing' }])
  const { body } = readForm(typedCertificate(sent), form, '')
  return { input: strict(parseInput(issueInput, { ...body, ...named })), idempotencyKey: `desk:${key}` }
}

export const refusal = (faults: readonly Fault[]) =>
  new RegistryError('validation-failed', 'The form is not complete.', { faults })

/** The fields of a form that begins with this request. */
export function typedFrom({ holder, centre, signatory, units = [], ...rest }: Partial<IssueInput>): TypedFields {
  const nested = (name: string, value: object = {}) =>
    Object.entries(value).map(([member, text]) => [`${name}.${member}`, text] as const)
  const { qualification: _, edition: __, replaces: ___, renews: ____, ...flat } = rest
  return Object.fromEntries(
    [
      ...Object.entries(flat),
      ...nested('holder', holder),
      ...nested('signatory', signatory),
      ...(centre ? [['centre.id', centre.id] as const] : []),
      ...units.map((code) => [`units:${code}`, 'yes'] as const),
    ].map(([name, value]) => [name, String(value)]),
  )
}
