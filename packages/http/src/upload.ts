import { isObjectOrList } from '@sijil/credentials'
import * as z from 'zod/mini'
import type { Upload } from './multipart.ts'

const isUpload = (value: unknown) => isObjectOrList(value) && 'bytes' in value

/** The file of a form with a file. Apart from the other pieces, and with zod/mini: the pages start with it. */
export const upload = z.custom<Upload>(isUpload, { error: 'must be a file' })
upload.register(z.globalRegistry, { override: { type: 'string', format: 'binary' } })
