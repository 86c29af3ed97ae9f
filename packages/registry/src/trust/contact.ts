import type { Entity } from './entity.ts'
import type { Identity } from './events.ts'

/** One label of a domain name and the dot after it. */
const DOMAIN = /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])/.source

/** Longest contact in characters. */
export const MAX_CONTACT_LENGTH = 200

// biome-ignore format: it reads as a table
/** The three forms of a contact. All are ASCII, so none can look like another address or turn the text around it. */
const forms = [
  { form: new RegExp(`^[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?@${DOMAIN}$`, 'i'),         link: (text: string) => `mailto:${text}` },
  // ITU-T E.164 allows 15 digits.
  { form: /^\+[1-9](?:[ -]?[0-9]){6,14}$/,                                               link: (text: string) => `tel:${text.replaceAll(/[ -]/g, '')}` },
  // No user and no port, because a user in front of the domain could be mistaken for the domain.
  { form: new RegExp(`^https://${DOMAIN}(?:/[a-z0-9._~/-]*)?$`, 'i'),                     link: (text: string) => text },
] as const

/**
 * The address of a contact as a link, or nothing if it is neither an e-mail address, nor a telephone number with its country code, nor
 * an address with https. Contacts that other registries list, and those recorded before this rule, may be any text. They are shown, but
 * are never links.
 */
export function contactLink(contact: string): string | undefined {
  if (contact.length > MAX_CONTACT_LENGTH) return undefined
  return forms.find(({ form }) => form.test(contact))?.link(contact)
}

type Contacted = Pick<Entity, 'identity' | 'contacts'>

/** The contact on a day. `undefined` if it has none. Of two changes for one day, the later record wins. */
export function contactOn({ identity, contacts }: Contacted, moment: string): string | undefined {
  let last: Entity['contacts'][number] | undefined
  for (const change of contacts)
    if (change.from <= moment && (last === undefined || change.from >= last.from)) last = change
  return last === undefined ? identity.contact : (last.contact ?? undefined)
}

/** The identity with the contact of a day. */
export function identityOn(entity: Contacted, moment: string): Identity {
  const { contact: _, ...identity } = entity.identity
  const contact = contactOn(entity, moment)
  return { ...identity, ...(contact !== undefined && { contact }) }
}
