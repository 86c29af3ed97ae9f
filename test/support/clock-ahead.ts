/** Loaded before a program. Its clock is ahead by `SIJIL_TEST_AHEAD` milliseconds, as the clock of a registry of a test may be. */
const ahead = Number(process.env.SIJIL_TEST_AHEAD ?? 0)
const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...words: [] | [string | number | Date]) {
    if (words.length === 0) super(RealDate.now() + ahead)
    else super(...words)
  }
  static override now = () => RealDate.now() + ahead
} as DateConstructor
