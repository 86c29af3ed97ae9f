/** `npm run check:season` goes through a season of a body at its full size, which takes minutes. Other runs take a few rows. */
export const isSeason = process.env.SIJIL_SEASON === 'yes'
