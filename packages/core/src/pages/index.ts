export { type Fragment, fragment, pageBy, readPage } from './page.ts'
