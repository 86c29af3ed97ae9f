/** `assets.ts` serves the QR reader of the package under this name. */
export { decodeQR } from 'qr/decode.js'
