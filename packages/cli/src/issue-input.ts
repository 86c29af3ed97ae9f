import { createHash } from 'node:crypto'
import { assessmentMethodValues, assessmentRouteValues } from '@sijil/qualifications/assessment'
import type { Command } from 'commander'
import { usageFailure } from './failure.ts'
import { parseUuid } from './identifiers.ts'
import { canonicalJson, isObject } from './json.ts'

/** Each option about the certificate, with its path in the input. */
const members = {
  qualification: ['qualification'],
  name: ['holder', 'name'],
  nativeName: ['holder', 'nativeName'],
  birthDate: ['holder', 'birthDate'],
  number: ['certificateNumber'],
  registerNumber: ['registerNumber'],
  assessedOn: ['assessedOn'],
  awardedOn: ['awardedOn'],
  validUntil: ['validUntil'],
  route: ['route'],
  otherRoute: ['otherRoute'],
  method: ['method'],
  otherMethod: ['otherMethod'],
  assessor: ['assessor'],
  centreId: ['centre', 'id'],
  centreName: ['centre', 'name'],
  unit: ['units'],
  limits: ['limits'],
  signatoryName: ['signatory', 'name'],
  signatoryPosition: ['signatory', 'position'],
  language: ['language'],
  replaces: ['replaces'],
} as const
type Member = keyof typeof members
export type InputOptions = Partial<Record<Member, string | string[]>>

export function addInputOptions(command: Command): Command {
  return command
    .option('--qualification <id>', 'id of the qualification, e.g. ph-masonry-nc2')
    .option('--name <name>', "the holder's name as printed, in Latin script")
    .option('--native-name <name>', "the holder's name in the national script")
    .option('--birth-date <day>', 'YYYY-MM-DD')
    .option('--number <number>', "the certificate's number")
    .option('--register-number <number>', "the holder's number in a public register")
    .option('--assessed-on <day>', 'YYYY-MM-DD')
    .option('--awarded-on <day>', 'YYYY-MM-DD; this or --assessed-on is required')
    .option('--valid-until <day>', 'YYYY-MM-DD, earlier than the term of the qualification')
    .option('--route <value>', `route to the assessment: ${assessmentRouteValues.join(', ')}`)
    .option('--other-route <text>', 'the route, if --route is other')
    .option('--method <value>', `method of assessment: ${assessmentMethodValues.join(', ')}`)
    .option('--other-method <text>', 'the method, if --method is other')
    .option('--assessor <reference>', "the assessor's reference, not a name")
    .option('--centre-id <id>', 'the assessment centre')
    .option('--centre-name <name>')
    .option('--unit <code>', 'a unit of competency; may be repeated', (code: string, before: string[] = []) => [
      ...before,
      code,
    ])
    .option('--limits <text>', 'limits of scope')
    .option('--signatory-name <name>')
    .option('--signatory-position <position>')
    .option('--language <tag>', 'BCP 47')
    .option('--replaces <uuid>', 'id of the certificate that this one replaces')
}

/** Builds the same input as a file. Only the registry can validate it, because the rules depend on the qualification. */
export function inputFromOptions(options: InputOptions): Record<string, unknown> {
  const missing = (['qualification', 'name', 'number'] as const).filter((name) => options[name] === undefined)
  if (missing.length > 0)
    throw usageFailure(
      `Give a file, or at least ${missing.map((name) => `--${name}`).join(', ')}`,
      'A file keeps names out of the history of your shell.',
    )
  if (options.centreName !== undefined && options.centreId === undefined)
    throw usageFailure('Give --centre-id as well, or no --centre-name', 'The registry identifies a centre by its id.')
  const input: Record<string, unknown> = {}
  for (const [option, [outer, inner]] of Object.entries(members) as [Member, readonly [string, string?]][]) {
    const value =
      option === 'replaces' && typeof options.replaces === 'string' ? parseUuid(options.replaces) : options[option]
    if (value === undefined) continue
    const before = input[outer]
    input[outer] = inner === undefined ? value : { ...(isObject(before) ? before : {}), [inner]: value }
  }
  return input
}

export function hasInputOptions(options: InputOptions): boolean {
  return Object.keys(members).some((name) => Object.hasOwn(options, name))
}

/** Computed from issuer and input (SHA-256, hex), so that the same command gives the same certificate after any failure. */
export function idempotencyKey(issuer: string, input: unknown): string {
  return createHash('sha256').update(textOf({ issuer, input })).digest('hex')
}

function textOf(asked: object): string {
  try {
    return canonicalJson(asked)
  } catch {
    throw usageFailure(
      'The input holds a text that cannot be sent',
      'It has half of a surrogate pair, as an escape like \\ud83d alone. Write that text again.',
    )
  }
}

/** The key becomes the value of a header. */
export function parseKey(text: string, maxLength = 255): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= maxLength) return text
  throw usageFailure(`--key must be 1 to ${maxLength} visible ASCII characters`)
}
