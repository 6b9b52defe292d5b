export { rotateBotSigningSecrets } from './rotate-bot-signing-secrets.ts'
export { rotateIntegrationSigningSecrets } from './rotate-integration-signing-secrets.ts'
