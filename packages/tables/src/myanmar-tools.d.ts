declare module 'myanmar-tools' {
  interface Tools {
    ZawgyiDetector: new () => {
      /** From 0 to 1. `-Infinity` for a text without Burmese letters. */
      getZawgyiProbability(text: string): number
    }
    ZawgyiConverter: new () => { zawgyiToUnicode(text: string): string }
  }
  const tools: Tools
  export default tools
}
