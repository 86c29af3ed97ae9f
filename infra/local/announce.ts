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
    lines.push(
      'A forklift operator’s certificate (demonstration). Open its link, or scan:',
      first.link,
      encodeQR(first.link, 'ascii', { ecc: 'medium', border: 2 }),
      'Revoke it, then open the link again:',
      `  ${variablesFor({ baseUrl, place })}npx sijil revoke ${await uuidOf(join(folder, first.file))} --issuer demo-ph-tesda --reason issued-in-error`,
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

async function uuidOf(file: string): Promise<string> {
  const { id } = JSON.parse(await readFile(file, 'utf8')) as { id: string }
  return id.slice('urn:uuid:'.length)
}
