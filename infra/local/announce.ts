import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import encodeQR from 'qr'
import type { LocalRegistry } from './registry.ts'

/** What a stranger needs next: the home page, a certificate to open, how to revoke it, and where the rest is. */
export async function announce({ baseUrl, folder, demonstration }: LocalRegistry): Promise<void> {
  const [first] = demonstration.certificates
  const lines = [`Sijil is ready: ${baseUrl}`, '']
  if (first?.link !== undefined) {
    lines.push(
      'A bricklayer’s certificate (demonstration). Open its link, or scan:',
      first.link,
      encodeQR(first.link, 'ascii', { ecc: 'medium', border: 2 }),
      'Revoke it, then open the link again:',
      `  npx sijil revoke ${await uuidOf(join(folder, first.file))} --issuer demo-ph-tesda --reason issued-in-error`,
      '',
    )
  }
  lines.push(`Officers of an authority decide in a browser: ${baseUrl}/desk/sign-in`, '')
  const place = relative(process.cwd(), folder) || folder
  lines.push(`Everything else to try, one certificate for each case: ${place}/demo.json`)
  console.log(lines.join('\n'))
}

async function uuidOf(file: string): Promise<string> {
  const { id } = JSON.parse(await readFile(file, 'utf8')) as { id: string }
  return id.slice('urn:uuid:'.length)
}
