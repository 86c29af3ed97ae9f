import { textFault } from '@sijil/credentials'
import { parseInput } from '@sijil/http'
import type { Operator } from '@sijil/web'
import * as z from 'zod/mini'

const line = (max: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => textFault(text) === undefined, { error: 'must be one line without invisible characters' }),
  )
const words = z.string().check(
  z.minLength(1),
  z.maxLength(10_000),
  z.refine((text) => text.split('\n').every((one) => textFault(one) === undefined), {
    error: 'must not have invisible characters; lines end with a line feed alone',
  }),
)
const inLanguages = z.optional(z.strictObject({ en: z.optional(words), th: z.optional(words) }))

/** The form of the file by which an operator states who they are (docs/runbook.md). */
const operatorFile = z.strictObject({
  name: line(200),
  address: z.optional(line(300)),
  contact: z.email({ error: 'must be an email address' }),
  pages: z.optional(z.strictObject({ about: inLanguages, privacy: inLanguages, accessibility: inLanguages })),
})

/** The only way to make an `Operator`. Throws `validation-failed` with a pointer for each fault. */
export const parseOperator = (value: unknown): Operator => parseInput(operatorFile, value)
