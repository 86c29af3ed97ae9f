import encodeQR from 'qr'

/** Each line shows two rows of modules. Colours are set, because some phones cannot read a code with dark and light swapped. */
export function qrLines(text: string): string[] {
  const lines = encodeQR(text, 'ascii')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => `\u001b[40;97m${line}\u001b[0m`)
}
