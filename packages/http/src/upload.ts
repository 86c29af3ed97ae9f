import { isObjectOrList } from '@sijil/credentials'
import * as z from 'zod/mini'
import type { Upload } from './multipart.ts'

const isUpload = (value: unknown) => isObjectOrList(value) && 'bytes' in value

/** The file of a form. It uses zod/mini and has its own file, because the pages need it and must start fast. */
export const upload = z.custom<Upload>(isUpload, { error: 'must be a file' })
upload.register(z.globalRegistry, { override: { type: 'string', format: 'binary' } })
