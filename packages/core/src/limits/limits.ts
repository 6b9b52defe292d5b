/**
 * Every limit by name. Published numbers contradict each other in places: `generous` takes the larger, so that no working
 * bot breaks here; `strict` the smaller, for those who want to meet the limits before production does.
 */
export type Limits = {
  messagePayloadBytes: number
  statePayloadBytes: number
  eventPayloadBytes: number
  recurringEvents: number
  botConfigurationBytes: number
  integrationConfigurationBytes: number
  installedIntegrations: number
  integrationEvents: number
  integrationChannels: number
  messageTypesPerChannel: number
  integrationVersions: number
  interfaceVersions: number
  stateDefinitions: number
  schemaBytes: number
  definitionBytes: number
  tagDefinitions: number
  botSecrets: number
  codeBytes: number
  iconBytes: number
  readmeBytes: number
  storageFileBytes: number
}

const KB = 1024
const MB = 1024 * KB

const generous: Limits = {
  messagePayloadBytes: 128 * KB,
  statePayloadBytes: 128 * KB,
  eventPayloadBytes: 128 * KB,
  recurringEvents: 50,
  botConfigurationBytes: 20 * KB,
  integrationConfigurationBytes: 20 * KB,
  installedIntegrations: 30,
  integrationEvents: 20,
  integrationChannels: 10,
  messageTypesPerChannel: 20,
  integrationVersions: 200,
  interfaceVersions: 200,
  stateDefinitions: 20,
  schemaBytes: 100 * KB,
  definitionBytes: 2 * MB,
  tagDefinitions: 50,
  botSecrets: 25,
  codeBytes: 100 * MB,
  // Nobody published these two: far more than an icon or a page of text needs.
  iconBytes: MB,
  readmeBytes: MB,
  // Travels as Base64 in one JSON body.
  storageFileBytes: 25 * MB,
}

const strict: Limits = {
  ...generous,
  recurringEvents: 5,
  integrationVersions: 50,
  stateDefinitions: 5,
  schemaBytes: 20 * KB,
  codeBytes: 50 * MB,
}

export const LIMITS = { generous, strict } as const
