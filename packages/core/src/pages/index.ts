export { type Fragment, fragment, type List, type Page, pageBy, readPage } from './page.ts'
