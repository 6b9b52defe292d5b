/**
 * Every error type the API can answer: its HTTP status and its fixed sentence. Clients pick their error class by `type`
 * and read `code`, `id` and `message`; the published reference shows `type`, `description` and `status`. Both are sent.
 */
export const ERROR_TYPES = {
  Unknown: { status: 500, description: 'An unknown error occurred' },
  Internal: { status: 500, description: 'An internal error occurred' },
  Unauthorized: { status: 401, description: 'The request requires to be authenticated.' },
  Forbidden: { status: 403, description: "The requested action can't be peform by this resource." },
  PayloadTooLarge: { status: 413, description: 'The request payload is too large.' },
  InvalidPayload: { status: 400, description: 'The request payload is invalid.' },
  UnsupportedMediaType: {
    status: 415,
    description: 'The request is invalid because the content-type is not supported.',
  },
  MethodNotFound: { status: 405, description: 'The requested method does not exist.' },
  ResourceNotFound: { status: 404, description: 'The requested resource does not exist.' },
  InvalidJsonSchema: { status: 400, description: 'The provided JSON schema is invalid.' },
  InvalidDataFormat: { status: 400, description: "The provided data doesn't respect the provided JSON schema." },
  InvalidIdentifier: {
    status: 400,
    description:
      'The provided identifier is not valid. An identifier must start with a lowercase letter, be between 2 and 100 characters long and use only alphanumeric characters.',
  },
  RelationConflict: {
    status: 409,
    description:
      "The resource is not related with another resource. This is usually caused when providing two resources that aren't linked together.",
  },
  ReferenceNotFound: {
    status: 400,
    description:
      'The provided resource reference is missing. This is usually caused when providing an invalid id inside the payload of a request.',
  },
  InvalidQuery: {
    status: 400,
    description:
      'The provided query is invalid. This is usually caused when providing an invalid parameter for querying a resource.',
  },
  Runtime: {
    status: 400,
    description: 'An error happened during the execution of a runtime (bot or integration).',
  },
  ReferenceConstraint: { status: 409, description: 'The resource is still used by another resource.' },
  ResourceLockedConflict: { status: 409, description: 'Somebody else holds the resource at the moment.' },
  ResourceGone: { status: 410, description: 'The resource existed and is gone for good.' },
  AlreadyExists: { status: 409, description: 'A resource with this identity exists already.' },
  RateLimited: { status: 429, description: 'Too many requests were sent in a short time.' },
  PaymentRequired: { status: 402, description: 'The action needs a plan that has been paid for.' },
  QuotaExceeded: { status: 403, description: 'The quota of the plan is used up.' },
  LimitExceeded: { status: 413, description: 'A limit of the server would be exceeded.' },
  BreakingChanges: { status: 400, description: 'The change would break those who use the published version.' },
  OperationTimeout: { status: 504, description: 'The operation took longer than it may.' },
} as const

export type ErrorType = keyof typeof ERROR_TYPES
