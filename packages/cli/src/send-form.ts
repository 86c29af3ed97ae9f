import { type RetryPolicy, silence } from './client.ts'
import { CommandFailure } from './failure.ts'

/** Sends a file as the last field of a form, as a browser does. A redirect is not followed (I40). */
export async function sendForm(
  url: string,
  fields: Readonly<Record<string, unknown>>,
  bytes: Uint8Array,
  { timeout }: Pick<RetryPolicy, 'timeout'>,
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  form.set('file', new Blob([new Uint8Array(bytes)]))
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    if (answer.ok) return
    throw new CommandFailure('unavailable', {
      title: `The file was not taken (${answer.status})`,
      detail: 'Send the same again. A file may have 32 MB.',
    })
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure('unavailable', silence(new URL(url).origin, error), { cause: error })
  }
}
