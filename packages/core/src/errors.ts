import { ERROR_TYPES, type ErrorType } from '@understudy/contract'

/** What happened, as the caller may know it. Thrown anywhere, rendered once at the door. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly type: ErrorType,
    message: string,
    readonly metadata?: Record<string, unknown>,
  ) {
    super(message)
  }

  get status(): number {
    return ERROR_TYPES[this.type].status
  }
}

/** An id in the path or a header that leads nowhere, or to somebody else's: both look the same. */
export const notFound = (noun: string, id: string): ApiError =>
  new ApiError('ResourceNotFound', `${capitalised(noun)} "${id}" not found`)

/** An id in the body that leads nowhere, or to somebody else's. */
export const referenceNotFound = (field: string, id: string): ApiError =>
  new ApiError('ReferenceNotFound', `${field} "${id}" not found`, { field })

/** Two things that both exist and do not belong together. */
export const relationConflict = (message: string): ApiError => new ApiError('RelationConflict', message)

/** Something still uses what was to be deleted. */
export const referenceConstraint = (message: string): ApiError => new ApiError('ReferenceConstraint', message)

export const alreadyExists = (message: string): ApiError => new ApiError('AlreadyExists', message)

/** `field` is the dotted path of what is wrong; the message names it. */
export const invalidPayload = (field: string, problem: string): ApiError =>
  new ApiError('InvalidPayload', `${field}: ${problem}`, { field })

export const invalidQuery = (field: string, problem: string): ApiError =>
  new ApiError('InvalidQuery', `${field}: ${problem}`, { field })

/** Data that its declared JSON schema refuses. */
export const invalidDataFormat = (field: string, problem: string): ApiError =>
  new ApiError('InvalidDataFormat', `${field}: ${problem}`, { field })

export const invalidJsonSchema = (field: string, problem: string): ApiError =>
  new ApiError('InvalidJsonSchema', `${field}: ${problem}`, { field })

export const invalidIdentifier = (field: string, problem: string): ApiError =>
  new ApiError('InvalidIdentifier', `${field}: ${problem}`, { field })

export const breakingChanges = (message: string): ApiError => new ApiError('BreakingChanges', message)

/** A limit of the server, by the name of its setting. `actual` and `max` count in the limit's own unit. */
export const limitExceeded = (limit: string, max: number, actual: number): ApiError =>
  new ApiError('LimitExceeded', `${limit}: ${actual} is over the limit of ${max}`, { limit, max, actual })

/** Too many in a short time; how many are allowed. */
export const rateLimited = (limit: string, max: number, seconds: number): ApiError =>
  new ApiError('RateLimited', `${limit}: more than ${max} in so short a time: try again in ${seconds} s`, {
    limit,
    max,
  })

/** What a bot or an integration answered, or that it did not: the message is theirs. */
export const runtimeError = (message: string, metadata?: Record<string, unknown>): ApiError =>
  new ApiError('Runtime', message, metadata)

export const operationTimeout = (message: string): ApiError => new ApiError('OperationTimeout', message)

export const unauthorized = (message: string): ApiError => new ApiError('Unauthorized', message)

export const forbidden = (message: string): ApiError => new ApiError('Forbidden', message)

export const resourceLocked = (message: string): ApiError => new ApiError('ResourceLockedConflict', message)

/**
 * Checks one part of a request by itself; what it complains about is named by its place in the whole.
 * @throws what `check` throws
 */
export const within = <T>(place: string, check: () => T): T => {
  try {
    return check()
  } catch (error) {
    throw error instanceof ApiError ? placed(place, error) : error
  }
}

/** The same error, of a part of a request: `messages.3`, say. */
export const placed = (place: string, { type, message, metadata }: ApiError): ApiError => {
  const field = metadata?.['field']
  return typeof field === 'string'
    ? new ApiError(type, `${place}.${message}`, { ...metadata, field: `${place}.${field}` })
    : new ApiError(type, `${place}: ${message}`, metadata)
}

const capitalised = (noun: string): string => noun.charAt(0).toUpperCase() + noun.slice(1)
