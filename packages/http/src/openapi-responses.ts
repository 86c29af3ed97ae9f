import { refusalReasons } from '@sijil/registry'
import * as z from 'zod'
import type { $ZodType } from 'zod/v4/core'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { type ProblemCode, problems } from './problems.ts'

/** The description of the answers of a route. */
export interface DescribedAnswers {
  /** The schema of a successful answer, and its status if that is not 200. */
  output?: $ZodType
  status?: number
  /** Media types of a successful answer. An empty list means no content. Absent means JSON if there is an `output`. */
  forms?: readonly string[]
  /** Schemas of the answers to a request for a file, by media type. */
  files?: Readonly<Record<string, $ZodType>>
  /** Further headers of a successful answer, each with its description. */
  says?: Readonly<Record<string, string>>
  /** Media types of a problem. Absent means only that of RFC 9457. */
  problemForms?: readonly string[]
  /** The schema of a 202, for an action that is either done at once or waits for a second person. */
  waits?: $ZodType
  /** Further statuses, besides the problems of every route. */
  also?: readonly number[]
}

const PROBLEM = 'application/problem+json'
/** The firewall answers before any function, and cannot set the media type of a problem. */
const FIREWALL_PROBLEM = 'application/json'
const reason = z.enum(refusalReasons).meta({
  id: 'RefusalReason',
  description: 'What a program can act on. A reason keeps its name. A refusal without one has only its text.',
})
const problemBody = z
  .strictObject({
    type: z.url().meta({ description: 'Address of a page that says how to correct the problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: 'Name it when you ask for help.' }),
    reason: reason.optional(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901)' }),
          detail: z.string(),
          reason: reason.optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

/** Descriptions of answers that are not problem details. */
const otherAnswers: Readonly<Record<number, string>> = {
  200: 'Done at once',
  202: 'Nothing was changed yet; another person decides',
  303: 'Redirect to a page',
  308: 'Redirect to the same page at its own address',
  400: 'Refused, in the form of the protocol',
  404: 'Not found, in the form of the protocol',
  422: 'Refused, with the form again',
}

const leading: Readonly<Record<number, Record<string, string>>> = {
  202: { location: 'Address of the list with the proposal.' },
  303: { location: 'Address of the page.' },
  308: { location: 'Address of the page.' },
}

export function goodResponses(
  {
    output,
    status = 200,
    forms = output === undefined ? [] : ['application/json'],
    files = {},
    says = leading[status] ?? {},
  }: DescribedAnswers,
  licence?: string,
): ZodOpenApiResponsesObject {
  const schemaOf = (type: string) => files[type] ?? (/[+/]json$|^application\/vc$/.test(type) ? output : undefined)
  const content = [...forms, ...Object.keys(files)].map((type) => {
    const schema = schemaOf(type)
    return [type, schema === undefined ? {} : { schema }]
  })
  return {
    [`${status}`]: {
      description: 'Success',
      ...headersOf({ ...says, ...(licence && { link: `The licence of the answer: <${licence}>; rel="license"` }) }),
      ...(content.length > 0 && { content: Object.fromEntries(content) }),
    },
  }
}

export const otherResponses = ({ also = [], waits }: DescribedAnswers): ZodOpenApiResponsesObject =>
  Object.fromEntries([
    ...also.map((status) => [`${status}`, otherResponse(status)]),
    ...(waits === undefined
      ? []
      : [['202', { ...otherResponse(202), content: { 'application/json': { schema: waits } } }]]),
  ])

const otherResponse = (status: number): ZodOpenApiResponseObject => ({
  description: otherAnswers[status] ?? '',
  ...headersOf(leading[status] ?? {}),
})

/** One response for each status, with the titles of the problems that have it. */
export function problemResponses(
  codes: readonly ProblemCode[],
  { problemForms = [PROBLEM] }: DescribedAnswers,
): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(new Set(codes), (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, same]) => [
        `${status}`,
        {
          description: [...new Set(same.map((code) => problems[code].title))].join('; '),
          ...(same.some((code) => problems[code].retryAfter !== undefined) &&
            headersOf({
              'retry-after': 'Seconds to wait before the request is sent again. Absent if a repetition does not help.',
            })),
          content: Object.fromEntries(
            [...problemForms, ...(same.includes('rate-limited') ? [FIREWALL_PROBLEM] : [])].map((type) => [
              type,
              type === PROBLEM || type === FIREWALL_PROBLEM ? { schema: problemBody } : {},
            ]),
          ),
        },
      ]),
  )
}

const headersOf = (says: Readonly<Record<string, string>>): Pick<ZodOpenApiResponseObject, 'headers'> =>
  Object.keys(says).length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          Object.entries(says).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
        ),
      }
