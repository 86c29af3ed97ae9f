const HOME = '/desk'
/** Pages of the desk, and the language that was chosen; nothing that a browser could take for another host. */
const PAGE = /^\/desk(?:\/[a-z0-9][A-Za-z0-9.-]{0,200}){0,6}(?:\?lang=[a-z]{2})?$/
/** They are no pages to come back to. */
const STEP = /^\/desk\/(?:sign-in|sign-out|callback)(?:[/?]|$)/

/** Where a person comes back to after signing in: whatever is no page of the desk is its first one. */
export const returnPath = (asked: string | undefined): string =>
  asked !== undefined && PAGE.test(asked) && !STEP.test(asked) ? asked : HOME
