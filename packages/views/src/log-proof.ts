import { originOf } from '@sijil/registry/log'
import type { LogProofValues } from '@sijil/web'
import type { ViewDeps } from './view.ts'

/** The values with which a page shows log entries, and with which the browser checks them. */
export const logValues = (
  entries: LogProofValues['entries'],
  { baseUrl, witnesses }: Pick<ViewDeps, 'baseUrl' | 'witnesses'>,
): LogProofValues => ({ origin: originOf(baseUrl, 'registry'), witnesses, entries })
