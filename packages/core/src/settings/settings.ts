import { readFilesUrl } from '@understudy/files'
import { z } from 'zod'
import { OperatorError } from './operator-error.ts'

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const flag = z
  .enum(['on', 'off', 'true', 'false', '1', '0'])
  .transform((word) => word === 'on' || word === 'true' || word === '1')

const port = z.coerce
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(1, 'must be between 1 and 65535')
  .max(65_535, 'must be between 1 and 65535')

const FILES_URL_FORMS = 'file:///…, a directory, or s3://bucket/prefix?endpoint=…&region=…&forcePathStyle=…'

const SECRET_KEY_MIN = 32

const originsIn = (text: string): string[] => text.split(',').map((origin) => origin.trim())
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

const origins = z
  .string()
  .refine((text) => text === '*' || originsIn(text).every(isOrigin), {
    error: 'must be * or origins separated by commas, like https://studio.example,http://localhost:3000',
  })
  .transform((text) => (text === '*' ? text : originsIn(text)))

/** Every setting of every process by the name of its environment variable; each process takes the ones it needs. */
export const SETTINGS = {
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4700),
  PUBLIC_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  INTERNAL_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  RUNTIME_URL: url('http:', 'https:').optional(),
  RUNTIME_HOST: z.string().default('127.0.0.1'),
  RUNTIME_PORT: port.optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  FILES_URL: z
    .string()
    .refine((text) => readFilesUrl(text) !== undefined, `must be ${FILES_URL_FORMS}`)
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  SECRET_KEY: z
    .string()
    .refine((keys) => keys.split(',').every((key) => key.length >= SECRET_KEY_MIN), {
      error: `must be at least ${SECRET_KEY_MIN} characters long (each key, where there are several separated by commas)`,
    })
    .optional(),
  UNDERSTUDY_DATA_DIR: z.string().default('.understudy'),
  UNDERSTUDY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,256}$/, 'must be 16 to 256 printable characters without spaces')
    .optional(),
  UNDERSTUDY_WORKSPACE_ID: z.guid('must be a UUID').toLowerCase().optional(),
  UNDERSTUDY_ORIGINS: origins.default('*'),
  UNDERSTUDY_RATE_LIMITS: z.enum(['off', 'cloud']).default('off'),
  UNDERSTUDY_LIMITS: z.enum(['generous', 'strict']).default('generous'),
  UNDERSTUDY_ALLOW_PRIVATE_HOSTS: flag.optional(),
  UNDERSTUDY_TUNNEL: flag.optional(),
  UNDERSTUDY_METRICS: flag.optional(),
  UNDERSTUDY_RETENTION_DAYS: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be between 0 and 36500')
    .max(36_500, 'must be between 0 and 36500')
    .default(90),
  UNDERSTUDY_TEST_CLOCK: flag.default(false),
} as const

/**
 * Reads settings from environment variables; an empty variable counts as not set.
 * @param shape some of SETTINGS
 * @throws OperatorError naming the variable and what is allowed
 */
export const readSettings = <Shape extends z.ZodRawShape>(
  shape: Shape,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> => {
  const given = Object.fromEntries(Object.entries(variables).filter(([name, value]) => name in shape && value !== ''))
  const read = z.object(shape).safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const name = String(issue?.path[0])
  if (given[name] === undefined) throw new OperatorError(`${name} must be set.`)
  // The value of a secret stays out of terminals and logs.
  const shown = /KEY|TOKEN|URL/.test(name) ? '' : ` is "${given[name] ?? ''}" and`
  throw new OperatorError(`${name}${shown} ${sentence(issue)}.`)
}

const sentence = (issue: z.core.$ZodIssue | undefined): string =>
  issue?.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : (issue?.message ?? 'is not valid')

/** Where clients reach a server: as it is told, else where it listens. An address that means "all of mine" is none to call. */
export const publicUrlOf = ({
  HOST,
  PORT,
  PUBLIC_URL,
}: {
  HOST: string
  PORT: number
  PUBLIC_URL?: string | undefined
}) => PUBLIC_URL ?? `http://${callable(HOST)}:${PORT}`

const callable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
