import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Script, scripts } from './runs.ts'

/** The name of each font, as its file names it, and its package. */
const families = {
  latin: ['NotoSans', 'noto-sans'],
  thai: ['NotoSansThai', 'noto-sans-thai'],
  lao: ['NotoSansLao', 'noto-sans-lao'],
  khmer: ['NotoSansKhmer', 'noto-sans-khmer'],
  myanmar: ['NotoSansMyanmar', 'noto-sans-myanmar'],
  arabic: ['NotoSansArabic', 'noto-sans-arabic'],
} as const satisfies Record<Script, readonly [string, string]>
const weights = ['400Regular', '700Bold'] as const

/** Where npm put each font file, and its name in the folder of a bundle. */
export const fontFiles: readonly { name: string; module: string }[] = scripts.flatMap((script) => {
  const [family, folder] = families[script]
  return weights.map((weight) => {
    const name = `${family}_${weight}.ttf`
    return { name, module: `@expo-google-fonts/${folder}/${weight}/${name}` }
  })
})

/** Every font that a paper may use. No font of the machine is used, so that the same certificate gives the same bytes everywhere. */
export const readFonts = (): Buffer[] =>
  fontFiles.map(({ name, module }) => {
    const beside = new URL(`./fonts/${name}`, import.meta.url)
    return readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(module))
  })
