import { type Answer, parseInput, route, type SignedIn } from '@sijil/http'
import { requireMemberAt, requireOfficeAt, webhooksView } from '@sijil/views/desk'
import { deskPathOf, type WebhooksValues, webhooksPage } from '@sijil/web'
import type { DecideDeps } from '../officer-verbs.ts'
import { webhookInput } from '../own-inputs.ts'
import { page } from '../pages/parts.ts'
import { atNow, correctable, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'

type OfBody = { issuer: string }
type Asked = DeskRequest & { params: OfBody }
type Form = Readonly<Record<string, unknown>>
type More = Pick<WebhooksValues, 'problem' | 'typed' | 'made' | 'isAsked'>

/** In the address after a request to send again. */
const ASKED = 'asked'
/** A box of the form, such as `kinds.batch.finished`. */
const KIND = 'kinds.'

const typedIn = ({ url, effectiveFrom: day, ...form }: Form): NonNullable<WebhooksValues['typed']> => ({
  ...(typeof url === 'string' && { url }),
  ...(typeof day === 'string' && day !== '' && { effectiveFrom: day }),
  kinds: Object.entries(form).flatMap(([name, value]) =>
    name.startsWith(KIND) && value === 'yes' ? [name.slice(KIND.length)] : [],
  ),
})

/** The webhooks of a body: where events go, the secret that signs them, and what was sent. */
export const webhookAnswers = (
  parts: DeskParts,
  verbs: Pick<DecideDeps, 'proposeWebhook' | 'makeWebhookSecret' | 'replayEvents'>,
) => {
  const pathOf = ({ params: { issuer } }: Asked) => deskPathOf('issuers', issuer, 'webhooks')
  const shown = async (asked: Asked, more: More = {}) => {
    const office = await requireMemberAt(asked.params.issuer, asked.caller.subject, atNow(parts))
    return webhooksPage(
      { ...(await webhooksView(office, atNow(parts))), ...more },
      deskContext(asked, pathOf(asked), parts),
    )
  }
  /** Only an officer sends these forms. What they can correct comes back with the page. */
  const byOfficer = async (asked: Asked, work: () => Promise<Answer>, more: More = {}): Promise<Answer> => {
    await requireOfficeAt('issuers', asked.params.issuer, asked.caller.subject, atNow(parts))
    return orReturned(work, (problem) => shown(asked, { ...more, problem }), {
      ...parts,
      wants: asked.wants,
      codes: correctable,
    })
  }

  return {
    'GET /desk/issuers/{issuer}/webhooks': route<OfBody, SignedIn>({
      answer: async (asked) => page(await shown(asked, { isAsked: asked.query[ASKED] !== undefined })),
    }),
    'POST /desk/issuers/{issuer}/webhooks': route<OfBody, SignedIn>({
      body: 'form',
      answer(asked) {
        const { issuer } = asked.params
        const form = asked.input as Form
        const { url = '', kinds = [], effectiveFrom } = typedIn(form)
        const input =
          form.none === 'yes'
            ? { endpoint: null }
            : { endpoint: { url, kinds }, ...(effectiveFrom !== undefined && { effectiveFrom }) }
        return byOfficer(
          asked,
          async () => {
            const { id } = await verbs.proposeWebhook(issuer, asked.caller.subject, parseInput(webhookInput, input))
            return seeOther(deskPathOf('issuers', issuer, 'proposals', id), asked)
          },
          form.none === 'yes' ? {} : { typed: typedIn(form) },
        )
      },
    }),
    'POST /desk/issuers/{issuer}/webhooks/secret': route<OfBody, SignedIn>({
      body: 'form',
      answer: (asked) =>
        byOfficer(asked, async () => {
          const made = await verbs.makeWebhookSecret(asked.params.issuer, asked.caller.subject)
          return page(await shown(asked, { made }))
        }),
    }),
    'POST /desk/issuers/{issuer}/webhooks/{id}/replay': route<OfBody & { id: string }, SignedIn>({
      body: 'form',
      answer: (asked) =>
        byOfficer(asked, async () => {
          await verbs.replayEvents(asked.params.issuer, asked.caller.subject, asked.params.id)
          return seeOther(pathOf(asked), asked, { [ASKED]: 'yes' })
        }),
    }),
  }
}
