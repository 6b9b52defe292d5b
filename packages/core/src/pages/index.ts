export { type Fragment, fragment, type List, type Page, readPage } from './page.ts'
