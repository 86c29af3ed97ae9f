import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { mark } from '../../packages/web/src/icons.ts'
import { launchOptions } from './browser.ts'

/**
 * Draws the pictures that chat applications and telephones show for a link, because they show no SVG. Run by hand, after a change of the
 * mark: `node test/support/draw-pictures.ts`.
 */
const deep = '#0a3a40'
const gold = '#e6bf6f'
const letter =
  'M30 18.6c-1-2-3.1-3.2-5.7-3.2-3.3 0-5.8 1.7-5.8 4.4 0 5.7 11.7 3.3 11.7 9 0 2.7-2.6 4.5-6 4.5-2.9 0-5.3-1.3-6.3-3.5'

/** A closed curve with lobes, as on the edge of a banknote. */
function rosette(radius: number, depth: number, lobes: number, turn: number): string {
  const points = Array.from({ length: 720 }, (_, step) => {
    const angle = (step / 720) * 2 * Math.PI
    const length = radius + depth * Math.cos(lobes * angle + turn)
    return `${(length * Math.cos(angle)).toFixed(1)} ${(length * Math.sin(angle)).toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}

const rosettes = Array.from({ length: 6 }, (_, i) => {
  const path = rosette(182 + i * 84, 9 + i * 5, 16, i % 2 === 0 ? 0 : Math.PI)
  return `<path d="${path}" opacity="${(0.55 - i * 0.06).toFixed(2)}"/>`
}).join('')

/** Everything that matters lies in the middle, because many applications cut the picture to a square. */
const preview = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="${deep}"/><g transform="translate(600 250)" fill="none" stroke="#4f8f8b" stroke-width="2">${rosettes}</g><circle cx="600" cy="250" r="142" fill="${deep}"/><ellipse cx="600" cy="500" rx="180" ry="66" fill="${deep}"/>${String(mark).replace(/<svg [^>]*>/, '<svg x="455" y="105" width="290" height="290" viewBox="0 0 48 48">')}<text x="600" y="528" text-anchor="middle" font-family="DejaVu Serif, Georgia, serif" font-weight="bold" font-size="104" letter-spacing="3" fill="#fffdf8">Sijil</text><path d="M540 562h120" stroke="${gold}" stroke-width="4" stroke-linecap="round"/></svg>`
const icon = (size: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 48 48"><rect width="48" height="48" fill="${deep}"/><circle cx="24" cy="24" r="17" fill="${gold}"/><path d="${letter}" transform="translate(24 24) scale(1.08) translate(-24 -24)" fill="none" stroke="${deep}" stroke-width="3.2" stroke-linecap="round"/></svg>`

// biome-ignore format: it reads as a table
const pictures: [name: string, svg: string, width: number, height: number][] = [
  ['preview', preview,   1200, 630],
  ['touch',   icon(180), 180,  180],
  ['icon',    icon(96),  96,   96],
]

const browser = await chromium.launch(await launchOptions())
const page = await browser.newPage()
for (const [name, svg, width, height] of pictures) {
  await page.setViewportSize({ width, height })
  await page.setContent(`<body style="margin:0">${svg.replace('<svg ', '<svg style="display:block" ')}</body>`)
  const file = new URL(`../../packages/web/src/assets/${name}.png`, import.meta.url)
  await writeFile(fileURLToPath(file), await page.screenshot())
}
await browser.close()
