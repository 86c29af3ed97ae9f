/** Words and marks by which a text could pass for a verdict of the registry (Q015, P013). */
const VERDICT = /[✓✔☑✅]|\b(?:in)?valid\b|\bverified\b|\bgenuine\b/iu

/** Letters in another width, and signs that are not seen, do not hide a word. */
export const readsLikeVerdict = (text: string): boolean => VERDICT.test(text.normalize('NFKC').replace(/\p{Cf}/gu, ''))
