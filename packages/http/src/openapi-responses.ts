import * as z from 'zod'
import type { $ZodType } from 'zod/v4/core'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { type ProblemCode, problems } from './problems.ts'

/** What a description says of answers. */
export interface DescribedAnswers {
  /** What a good answer holds, and its status where that is not 200. */
  output?: $ZodType
  status?: number
  /** The media types that a good answer may have; without any it has no content. Absent: JSON, where it says what it holds. */
  forms?: readonly string[]
  /** What it holds instead where a file is asked for, by media type. */
  files?: Readonly<Record<string, $ZodType>>
  /** Headers of a good answer beside those of every one, and what each says. */
  says?: Readonly<Record<string, string>>
  /** The media types that a problem may have; absent: that of RFC 9457 alone. */
  problemForms?: readonly string[]
  /** What a 202 holds, where it is either done at once or waits for a second person. */
  waits?: $ZodType
  /** What it answers beside that and the problems of every route. */
  also?: readonly number[]
}

const PROBLEM = 'application/problem+json'
const problemBody = z
  .strictObject({
    type: z.url().meta({ description: 'Its page says how to mend it.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: 'What to name when asking for help.' }),
    errors: z
      .array(
        z.strictObject({ pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901)' }), detail: z.string() }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

/** Answers of a form of their own, which are no problem details. */
const otherAnswers: Readonly<Record<number, string>> = {
  200: 'Done at once',
  202: 'Nothing was changed yet; another person decides',
  303: 'Look there',
  400: 'Refused, in the form of the protocol',
  404: 'Not known, in the form of the protocol',
  422: 'Not as asked, as a page that asks again',
}

const leading: Readonly<Record<number, Record<string, string>>> = {
  202: { location: 'Where the proposal is listed.' },
  303: { location: 'Where to look.' },
}

export function goodResponses({
  output,
  status = 200,
  forms = output === undefined ? [] : ['application/json'],
  files = {},
  says = leading[status] ?? {},
}: DescribedAnswers): ZodOpenApiResponsesObject {
  const schemaOf = (type: string) => files[type] ?? (/[+/]json$|^application\/vc$/.test(type) ? output : undefined)
  const content = [...forms, ...Object.keys(files)].map((type) => {
    const schema = schemaOf(type)
    return [type, schema === undefined ? {} : { schema }]
  })
  return {
    [`${status}`]: {
      description: 'As asked',
      ...headersOf(says),
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
            headersOf({ 'retry-after': 'Seconds after which to try again, where that helps.' })),
          content: Object.fromEntries(
            problemForms.map((type) => [type, type === PROBLEM ? { schema: problemBody } : {}]),
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
