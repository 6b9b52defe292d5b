export { beyond, NEWEST_FIRST, positionByCreation } from './newest-first.ts'
export { type Fragment, fragment, pageBy, readPage } from './page.ts'
export { fromToken, type Position, toToken } from './position.ts'
