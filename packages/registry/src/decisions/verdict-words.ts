/** Words and marks by which a text could pass for a verdict of the registry (Q015, P013). */
const VERDICT = /[✓✔☑✅]|\b(?:in)?valid\b|\bverified\b|\bgenuine\b/iu

export const readsLikeVerdict = (text: string): boolean => VERDICT.test(text)
