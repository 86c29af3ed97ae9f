import { type Answers, EdgeError, route } from '@sijil/http'
import { type CommitStore, publishStatusList, type Signer } from '@sijil/registry'
import type { RouteRowOf } from '../routes.ts'

interface ListsParts {
  store: CommitStore
  signer: Signer
  baseUrl: string
  clock: () => Date
}

export const listsAnswers = ({ clock, ...parts }: ListsParts): Answers<RouteRowOf<'lists'>[]> => ({
  'GET /status-lists/{id}': route({
    async answer({ params: { id }, query, headers }) {
      // A list of another moment must not be taken for one of that moment (Bitstring Status List v1.0 §3.1).
      if (query.timestamp !== undefined)
        throw new EdgeError(
          'malformed-request',
          'Past moments are not answered here; leave out "timestamp" for the list as of now.',
        )
      const { text } = await publishStatusList(id, { ...parts, now: clock() })
      // The registered type only for who asks for it: many clients read nothing that is not called JSON.
      const type =
        headers.get('accept')?.includes('application/vc') && !headers.get('accept')?.includes('json')
          ? 'application/vc'
          : 'application/json'
      return { status: 200, body: text, type }
    },
  }),
})
