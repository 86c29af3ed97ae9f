import { DocumentFault, readJson } from '@sijil/credentials'
import { LIST_LIMIT, parseInput, route, type SignedIn, upload } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { listsView, requireOffice } from '@sijil/views/desk'
import { deskPath, type ListsValues, listsPage } from '@sijil/web'
import * as z from 'zod'
import type { DecideDeps } from '../officer-verbs.ts'
import { page } from '../pages/parts.ts'
import { atNow, correctable, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'

type OfOne = { authority: string }
type Asked = DeskRequest & { params: OfOne }

const bundleForm = z.strictObject({ bundle: upload })

/** Parses a file as JSON. The registry judges what it says. */
function bundleIn(bytes: Uint8Array): unknown {
  try {
    return readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), LIST_LIMIT)
  } catch (error) {
    if (!(error instanceof DocumentFault || error instanceof TypeError)) throw error
    throw new RegistryError('validation-failed', 'The file is not a trust bundle.', {
      cause: error,
      faults: [
        {
          pointer: '/bundle',
          detail: 'must be the trust bundle exactly as the other registry publishes it',
          reason: 'not-a-bundle',
        },
      ],
    })
  }
}

/** Lists of other registries: how old their copies are, and the form that hands in a newer bundle. */
export const listAnswers = (parts: DeskParts, verbs: Pick<DecideDeps, 'importList'>) => {
  const officeOf = ({ params, caller }: Asked) => requireOffice(params.authority, caller.subject, atNow(parts))
  const shown = async (asked: Asked, more: Pick<ListsValues, 'problem' | 'isDone'> = {}) => {
    const values = await listsView(await officeOf(asked), atNow(parts))
    return listsPage({ ...values, ...more }, deskContext(asked, deskPath(values.authority.id, 'lists'), parts))
  }
  return {
    'GET /desk/authorities/{authority}/lists': route<OfOne, SignedIn>({
      answer: async (asked) => page(await shown(asked, { isDone: asked.query.done === 'yes' })),
    }),
    'POST /desk/authorities/{authority}/lists': route<OfOne, SignedIn>({
      body: 'multipart-list',
      async answer(asked) {
        const { authority } = await officeOf(asked)
        return orReturned(
          async () => {
            const { bundle } = parseInput(bundleForm, asked.input)
            await verbs.importList({ authority: authority.id, subject: asked.caller.subject }, bundleIn(bundle.bytes))
            return seeOther(deskPath(authority.id, 'lists'), asked, { done: 'yes' })
          },
          (problem) => shown(asked, { problem }),
          { ...parts, wants: asked.wants, codes: correctable },
        )
      },
    }),
  }
}
