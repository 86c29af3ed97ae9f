import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import encodeQR from 'qr'
import type { LocalRegistry } from './registry.ts'

type Announced = Pick<LocalRegistry, 'baseUrl' | 'folder' | 'demonstration'>

export const announce = async (registry: Announced): Promise<void> =>
  console.log((await announcement(registry)).join('\n'))

/** The next steps for a new user: the home page, a certificate to open, how to revoke it, and where to find the rest. */
export async function announcement({ baseUrl, folder, demonstration }: Announced): Promise<string[]> {
  const place = relative(process.cwd(), folder) || folder
  const [first] = demonstration.certificates
  const lines = [`Sijil is ready: ${baseUrl}`, '']
  if (first?.link !== undefined) {
    const { id, issuer, title } = await certificateIn(join(folder, first.file))
    lines.push(
      `A first certificate (demonstration): ${title}. Open its link, or scan:`,
      first.link,
      encodeQR(first.link, 'ascii', { ecc: 'medium', border: 2 }),
      'Revoke it, then open the link again:',
      `  ${variablesFor({ baseUrl, place })}npx sijil revoke ${id} --issuer ${issuer} --reason issued-in-error`,
      '',
    )
  }
  lines.push(`Officers of an authority decide in a browser: ${baseUrl}/desk/sign-in`, '')
  lines.push(`Everything else to try, one certificate for each case: ${place}/demo.json`)
  return lines
}

/** The environment variables that the command needs. Those with the default value are left out. */
function variablesFor({ baseUrl, place }: { baseUrl: string; place: string }): string {
  const usual = { SIJIL_URL: 'http://localhost:4700', SIJIL_DATA: '.sijil' }
  return Object.entries({ SIJIL_URL: baseUrl, SIJIL_DATA: place })
    .filter(([name, value]) => value !== usual[name as keyof typeof usual])
    .map(([name, value]) => `${name}=${/^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`} `)
    .join('')
}

async function certificateIn(file: string): Promise<{ id: string; issuer: string | undefined; title: string }> {
  const { id, issuer, credentialSubject } = JSON.parse(await readFile(file, 'utf8')) as {
    id: string
    issuer: { id: string }
    credentialSubject: { achievement: { name: string } }
  }
  return {
    id: id.slice('urn:uuid:'.length),
    // The DID of a body of this registry ends in its id.
    issuer: issuer.id.split(':').at(-1),
    title: credentialSubject.achievement.name,
  }
}
