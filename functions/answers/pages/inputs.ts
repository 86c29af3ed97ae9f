import { upload } from '@sijil/http'
import * as z from 'zod/mini'

// With zod/mini: schemas are made when a function starts, and the pages are to start fast.

export const checkInput = z.strictObject({
  code: z.optional(z.string().check(z.maxLength(2000))),
  link: z.optional(z.string().check(z.maxLength(2000))),
  document: z.optional(upload),
  // Set by the form for a file: one that was left empty is not sent, and what is missing is said there.
  form: z.optional(z.literal('file')),
  // Read by the script alone; a browser without it may still send one, and is told so.
  photo: z.optional(upload),
})

export const viewInput = z.strictObject({
  format: z.optional(z.literal('json')),
  host: z.optional(z.string().check(z.maxLength(2))),
})
