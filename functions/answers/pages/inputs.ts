import { upload } from '@sijil/http'
import { mistakeReasons, reportReasons } from '@sijil/registry/reports'
import * as z from 'zod/mini'

// Schemas are made when a function starts, and the pages must start fast. So they use zod/mini.

export const checkInput = z.strictObject({
  code: z.optional(z.string().check(z.maxLength(2000))),
  link: z.optional(z.string().check(z.maxLength(2000))),
  document: z.optional(upload),
  // Set by the form for a file. A browser sends no empty file, so this field tells where to show that the file is missing.
  form: z.optional(z.literal('file')),
  // The script reads a photograph on the device. A browser without the script sends it.
  photo: z.optional(upload),
})

export const viewInput = z.strictObject({
  format: z.optional(z.literal('json')),
  host: z.optional(z.string().check(z.maxLength(2))),
})

/** The link of one certificate, which is compared and not kept. */
export const heldInput = z.strictObject({ link: z.string().check(z.maxLength(300)) })

/** The form of a report. Texts are limited more strictly after line ends were made equal. Only `step` tells it from a form that is opened. */
export const reportFakeInput = z.strictObject({
  step: z.optional(z.literal('send')),
  code: z.optional(z.string().check(z.maxLength(2000))),
  document: z.optional(upload),
  body: z.optional(z.string().check(z.maxLength(64))),
  reason: z.optional(z.enum(reportReasons)),
  words: z.optional(z.string().check(z.maxLength(2000))),
  contact: z.optional(z.string().check(z.maxLength(400))),
})

/** The form of a report about a record. Texts are limited more strictly after line ends were made equal. */
export const reportMistakeInput = z.strictObject({
  reason: z.optional(z.enum(mistakeReasons)),
  edition: z.optional(z.string().check(z.maxLength(200))),
  words: z.optional(z.string().check(z.maxLength(2000))),
  source: z.optional(z.string().check(z.maxLength(2000))),
  contact: z.optional(z.string().check(z.maxLength(400))),
})
