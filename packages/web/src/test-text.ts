/** The text of a page as a reader sees it, without styles, scripts and title. */
export const textOf = (document: string): string =>
  document
    .replace(/<(?:style|script|title)[^>]*>[^<]*<\/(?:style|script|title)>/g, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', '’')

export const headingOf = (document: string): string | undefined =>
  /<h1 id="v">(.*?)<\/h1>/.exec(document)?.[1]?.replace(/<[^>]+>/g, '')

export const verdictOn = (document: string): string =>
  /<section class="verdict[\s\S]*?<\/section>/.exec(document)?.[0] ?? ''
