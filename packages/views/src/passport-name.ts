/**
 * The name in the letters of a passport's machine-readable zone (ICAO 9303-3 §4.1, without its padding), to compare by eye.
 * `undefined` if a letter has no plain Latin counterpart, because a guess could be wrong.
 */
export function passportName(name: string): string | undefined {
  const letters = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[Đđ]/g, 'D')
    .replace(/[Øø]/g, 'OE')
    .replace(/ß/g, 'SS')
    .replace(/['’.]/g, '')
    .replace(/[-/,]/g, ' ')
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .trim()
  return /^[A-Z][A-Z ]*$/.test(letters) ? letters : undefined
}
