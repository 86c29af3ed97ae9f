import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { type DeskKey, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'

export interface Fault {
  pointer: string
  detail: string
}

type Refusal = Extract<DeskKey, `desk.refusal.${string}`> extends `desk.refusal.${infer Word}` ? Word : never

// biome-ignore format: it reads as a table
/**
 * The registry states its reasons in English, for programs. A row gives the words of the page for one of them. A reason without a row
 * stays in English, below the words "what exactly".
 */
const reasons: readonly (readonly [RegExp, Refusal])[] = [
  [/^choose another id|^this id is reserved/,                         'reserved'],
  [/^is missing$|^must not be empty$|^choose /,                       'missing'],
  [/day of the calendar/,                                             'day'],
  [/^must be a moment/,                                               'moment'],
  [/before the day that it counts from/,                              'before'],
  [/must not be in the future/,                                       'future'],
  [/^must have at most \d+ character/,                                'long'],
  [/marks of direction/,                                              'characters'],
  [/letters a to z, digits and hyphens|^use a-z|small letters, digits/, 'id'],
  [/address with https|no user and no port|final slash|address of the other/, 'address'],
  [/language tag/,                                                    'language'],
  [/whole number|^must be a number|^must be at (least|most)/,         'number'],
  [/^must be one of|must be a state/,                                 'choice'],
  [/^unknown member/,                                                 'unknown'],
  [/right that .+ can hold|^the right .+ cannot be granted/,          'right'],
  [/^is a root:/,                                                     'root'],
  [/^wider than its own: period|must not last longer/,                'longer'],
  [/^wider than|must not be wider/,                                   'wider'],
  [/may accredit nobody/,                                             'nothing'],
  [/cannot accredit anybody of/,                                      'abroad'],
  [/registered assessment centre/,                                    'centre'],
  [/is registered already|is registered with this DID/,               'registered'],
  [/look like a name|looks like the name/,                            'alike'],
  [/^no such body under this authority|^no such (body|authority)/,    'below'],
  [/^without this member/,                                            'officers'],
  [/has these roles already/,                                         'roles'],
  [/^this is no member/,                                              'member'],
  [/already has this limit/,                                          'brake'],
  [/no suspension to lift/,                                           'lift'],
  [/accreditation was withdrawn/,                                     'withdrawn'],
  [/must be another (body|authority|centre)|cannot succeed|already succeeded/, 'successor'],
  [/proof of possession|keeps its own keys/,                          'keeps'],
  [/Multikey|Ed25519 signature|ARN of a key|fragment of a DID|base64/, 'key'],
  [/another authority has accepted|speaks for this state/,            'accepted'],
  [/^only an authority that is a root/,                               'notRoot'],
  [/^no such issuer/,                                                 'mayNot'],
  [/must contain "\(demonstration\)"/,                                 'demonstration'],
  [/as for the authority/,                                            'production'],
  [/domain of the website/,                                           'domain'],
  [/last 60 days/,                                                    'read'],
  [/in the past|not be later than the moment on record/,              'past'],
  [/must be Ed25519: status lists/,                                   'lists'],
  [/^no such list$/,                                                  'list'],
  [/this list is suspended/,                                          'listSuspended'],
  [/trust bundle|This bundle|^Its log|must be a file/,                'bundle'],
  [/is this registry itself/,                                         'itself'],
  [/no root may speak|speaks? for/,                                                   'state'],
  [/Suspend the whole body in one act/,                               'limit'],
]

const refusalOf = (text: string): Refusal | undefined => reasons.find(([reason]) => reason.test(text))?.[1]

/** The words for a reason of the registry. `undefined` for one that the table does not have. */
export function refusalWords(detail: string | undefined, language: Language): Html | undefined {
  const word = detail === undefined ? undefined : refusalOf(detail)
  return word === undefined ? undefined : html`${say(language, `desk.refusal.${word}`)}`
}

/** The words for what is wrong with a field. */
export const faultWords = ({ detail }: Fault, language: Language): Html =>
  refusalWords(detail, language) ?? say(language, 'desk.refusal.form')
