import tools from 'myanmar-tools'

const MYANMAR = /\p{Script=Myanmar}/u
/** From this probability on, a text is Zawgyi. Single names in Unicode score 0.56 to 0.82, so one cell alone proves little. */
const CERTAIN = 0.95
const ALMOST_SURE = 0.999

/**
 * Returns the texts of a column that are in Zawgyi, an older coding of Burmese letters, by their places, each in Unicode. The whole column
 * is judged first. If it is not in Zawgyi, only texts that are so beyond doubt are returned. The caller offers these texts to a person
 * and converts nothing silently.
 */
export function zawgyiIn(texts: readonly (string | undefined)[]): ReadonlyMap<number, string> {
  const burmese = texts.flatMap((text, place) => (text !== undefined && MYANMAR.test(text) ? [{ text, place }] : []))
  if (burmese.length === 0) return new Map()
  const detector = new tools.ZawgyiDetector()
  const column = detector.getZawgyiProbability(burmese.map(({ text }) => text).join('\n'))
  const isZawgyi = (text: string) => detector.getZawgyiProbability(text) > ALMOST_SURE
  const converter = new tools.ZawgyiConverter()
  return new Map(
    burmese
      .filter(({ text }) => column > CERTAIN || isZawgyi(text))
      .map(({ text, place }) => [place, converter.zawgyiToUnicode(text)] as const)
      .filter(([place, text]) => text !== texts[place]),
  )
}
