import { type Answer, type Endpoint, route } from '@sijil/http'
import { FederationRefusal, type FederationRefusalCode } from '@sijil/protocols/federation'

// biome-ignore format: it reads as a table
/** Statuses of OpenID Federation 1.0 §8.9. */
const statuses: Record<FederationRefusalCode, number> = {
  invalid_request:      400,
  invalid_subject:      404,
  invalid_trust_anchor: 404,
  not_found:            404,
}

interface Asked<Params> {
  params: Params
  query: Readonly<Record<string, string>>
  /** All values of a parameter that may be repeated. */
  all: (name: (typeof mayRepeat)[number]) => readonly string[]
  /** Fields of the form. Empty for a GET. */
  fields: Readonly<Record<string, unknown>>
}

/** Parameters that may be repeated (OpenID Federation 1.0 §8.2.1, §8.3.1). */
const mayRepeat = ['entity_type', 'trust_anchor'] as const

/** Answers every other problem in the form of §8.9 too, with the nearest code. */
function tellProblem({ status, title, detail = title }: { status: number; title: string; detail?: string }): Answer {
  const error =
    status === 503
      ? 'temporarily_unavailable'
      : status >= 500
        ? 'server_error'
        : status === 404
          ? 'not_found'
          : 'invalid_request'
  return { status, body: { error, error_description: detail } }
}

/** A route that answers every refusal in the form of the specification. */
export const federationRoute = <Params = Record<never, string>>(
  answer: (asked: Asked<Params>) => Promise<Answer>,
  { body = 'none' }: { body?: 'none' | 'form' } = {},
): Endpoint<Params, undefined> =>
  route<Params, undefined>({
    body,
    mayRepeat,
    tellProblem,
    async answer({ params, query, repeated, input }) {
      try {
        const all = (name: string) => repeated?.get(name) ?? (query[name] === undefined ? [] : [query[name]])
        return await answer({ params, query, all, fields: body === 'form' ? (input as Record<string, unknown>) : {} })
      } catch (error) {
        if (!(error instanceof FederationRefusal)) throw error
        return { status: statuses[error.code], body: { error: error.code, error_description: error.message } }
      }
    },
  })

export function requireParameter(given: Readonly<Record<string, unknown>>, name: string): string {
  const value = given[name]
  if (typeof value !== 'string' || value === '')
    throw new FederationRefusal('invalid_request', `The parameter ${name} is missing.`)
  return value
}

export function parseFlag(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false')
    throw new FederationRefusal('invalid_request', `The parameter ${name} must be true or false.`)
  return value === 'true'
}
