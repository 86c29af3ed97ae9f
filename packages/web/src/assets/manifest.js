// The manifest of a portfolio and the hashes of files, worked out on this device. Nothing here sends or stores anything.

/** @typedef {{ title: string, bytes: number, sha256: string }} PortfolioFile */
/** @typedef {{ corridor: string, track: string, registry: string, madeOn: string, random: string, files: PortfolioFile[] }} Portfolio */

const KIND = 'sijil-portfolio-1'

const hex = (/** @type {Uint8Array} */ bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 in hex. @type {(file: Blob) => Promise<string>} */
export const hashOf = async (file) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())))

export const randomText = () => hex(crypto.getRandomValues(new Uint8Array(16)))

/** The same bytes as the command `sijil portfolio make` writes. @type {(portfolio: Portfolio) => string} */
export function manifestOf({ corridor, track, registry, madeOn, random, files }) {
  const sorted = files
    .map(({ bytes, sha256, title }) => ({ bytes, sha256, title }))
    .sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1))
  return `${JSON.stringify({ corridor, files: sorted, kind: KIND, madeOn, random, registry, track }, undefined, 2)}\n`
}

/** The files that a manifest lists. Undefined: it is no manifest. @type {(text: string) => PortfolioFile[] | undefined} */
export function readManifest(text) {
  try {
    const { kind, files } = JSON.parse(text)
    const isListed = (/** @type {PortfolioFile} */ { title, sha256 }) =>
      typeof title === 'string' && /^[0-9a-f]{64}$/.test(sha256)
    return kind === KIND && files.length > 0 && files.every(isListed) ? files : undefined
  } catch {
    return
  }
}
