import { originOf } from '@sijil/registry/log'
import type { LogProofValues } from '@sijil/web'
import type { ViewDeps } from './view.ts'

/** What a page shows of the registry's log. */
export const logValues = (
  entries: LogProofValues['entries'],
  { baseUrl, witnesses }: Pick<ViewDeps, 'baseUrl' | 'witnesses'>,
): LogProofValues => ({ origin: originOf(baseUrl, 'registry'), witnesses, entries })
