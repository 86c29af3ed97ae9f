import encodeQR from 'qr'

/** Half a line a module, in colours of its own: a code whose dark and light are exchanged is not read by every phone. */
export function qrLines(text: string): string[] {
  const lines = encodeQR(text, 'ascii')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => `\u001b[40;97m${line}\u001b[0m`)
}
