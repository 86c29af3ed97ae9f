/** What a reader reads of a page; styles, scripts and the title do not count. */
export const textOf = (document: string): string =>
  document
    .replace(/<(?:style|script|title)[^>]*>[^<]*<\/(?:style|script|title)>/g, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', '’')

export const headingOf = (document: string): string | undefined => /<h1 id="v">([^<]*)<\/h1>/.exec(document)?.[1]

export const verdictOn = (document: string): string =>
  /<section class="verdict[\s\S]*?<\/section>/.exec(document)?.[0] ?? ''
