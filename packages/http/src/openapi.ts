import * as z from 'zod'
import { type $ZodType, safeParse } from 'zod/v4/core'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import { type BodyKind, mediaTypes } from './body.ts'
import { type DescribedAnswers, goodResponses, otherResponses, problemResponses } from './openapi-responses.ts'
import { type ProblemCode, problems } from './problems.ts'
import { type KeyOf, type RouteRow, scopesOf } from './rows.ts'

/** The description of a route, besides its row. An `Endpoint` of `route()` has this type, and so has a plain object. */
export interface Described extends DescribedAnswers {
  body: BodyKind
  input?: $ZodType
  query?: $ZodType
  /** Headers that it reads, besides those that every route reads. */
  headers?: $ZodType
  /** The route answers refusals in the form of a protocol, with a status in `also`, and never as problem details. */
  refusesInOwnForm?: true
  /** Problems that do not follow from its row. */
  problems?: readonly ProblemCode[]
}

export interface ApiParts<Rows extends readonly RouteRow[]> {
  rows: Rows
  described: { readonly [Key in KeyOf<Rows[number]>]?: Described }
  title: string
  version: string
  baseUrl: string
  /** Issuer of the access tokens (OIDC). */
  tokenIssuer: string
}

const bodyProblems: readonly ProblemCode[] = [
  'malformed-json',
  'payload-too-large',
  'unsupported-media-type',
  'validation-failed',
]
// Every route may answer these. `malformed-request` is among them because every route refuses a repeated parameter.
const anyProblems: readonly ProblemCode[] = ['malformed-request', 'rate-limited', 'internal', 'dependency-unavailable']

/** Makes the OpenAPI 3.1 document of the route table. The same table and schemas give the same text, byte for byte. */
export function describeApi<const Rows extends readonly RouteRow[]>(parts: ApiParts<Rows>) {
  const { rows, title, version, baseUrl, tokenIssuer } = parts
  const described = new Map<string, Described | undefined>(Object.entries(parts.described))
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const row of rows) {
    const operation = operationOf(row, described.get(`${row.method} ${row.path}`))
    const path = row.path.replace('+}', '}')
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation }
  }
  return createDocument({
    openapi: '3.1.1',
    info: { title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'openIdConnect',
          openIdConnectUrl: `${tokenIssuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
          description: 'An access token (RFC 9068) of at most ten minutes, as a Bearer token.',
        },
        ...(rows.some(({ scope }) => scope === 'session') && {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-sijil-desk',
            description: 'The session of a person at the desk. Its pages are for browsers; programs use the API.',
          },
        }),
      },
    },
  })
}

const FORM_OF_PAGES =
  'A page for people. A program asks for JSON by name, as in `Accept: application/json`. With `Accept: */*`, or without Accept, the answer is HTML, and so is a problem.'

/** For example, `postIssuersIssuerCredentials` for `POST /issuers/{issuer}/credentials`. */
const operationId = ({ method, path }: RouteRow): string =>
  [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/)]
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')

function operationOf(row: RouteRow, described: Described | undefined): ZodOpenApiOperationObject {
  const { body = 'none', input, query, headers, refusesInOwnForm, problems: own = [] } = described ?? {}
  const names = [...row.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name)
  const isOfPerson = row.scope === 'session'
  const isScoped = row.scope !== 'public' && row.scope !== 'order' && !isOfPerson
  const isChanging = row.scope !== 'public' && row.method === 'POST'
  const params = {
    ...(names.length > 0 && { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
    ...(query instanceof z.ZodObject && { query }),
    ...(headers instanceof z.ZodObject && { header: headers }),
  }
  return {
    operationId: operationId(row),
    summary: row.summary,
    ...(row.readers === 'people' && described?.forms?.includes('application/json') && { description: FORM_OF_PAGES }),
    security: isScoped ? scopesOf(row).map((scope) => ({ accessToken: [scope] })) : isOfPerson ? [{ session: [] }] : [],
    ...(Object.keys(params).length > 0 && { requestParams: params }),
    ...(body !== 'none' && {
      requestBody: {
        required: body === 'json' && !(input && safeParse(input, {}).success),
        content: Object.fromEntries(mediaTypes[body].map((type) => [type, { ...(input && { schema: input }) }])),
      },
    }),
    responses: {
      ...goodResponses(described ?? {}, row.licence),
      ...problemResponses(
        [
          ...(isScoped ? (['unauthorized', 'insufficient-scope'] as const) : []),
          ...(isOfPerson ? (['sign-in-required', 'foreign-form'] as const) : []),
          ...(names.length > 0 ? (['not-found'] as const) : []),
          ...(body === 'none' ? [] : bodyProblems),
          ...(isChanging ? (['conflict', 'write-conflict', 'validation-failed'] as const) : []),
          ...own,
          ...anyProblems,
        ].filter((code) => !refusesInOwnForm || isNoRefusal(problems[code].status)),
        described ?? {},
      ),
      ...otherResponses(described ?? {}),
    },
  }
}

const isNoRefusal = (status: number): boolean => status === 429 || status >= 500
