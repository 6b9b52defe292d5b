export type { BotProfile, DeclaredEvent, DeclaredState, DeclaredTags, InstallationProfile } from './bot-profile.ts'
export { findBotProfile } from './find-bot-profile.ts'
export { findPrincipal } from './find-principal.ts'
export { installationNamed } from './owning-installation.ts'
