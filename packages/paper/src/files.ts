export { textIn, unzipped, zipped } from './archive.ts'
export { codePictures } from './codes.ts'
