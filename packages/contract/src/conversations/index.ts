export * from './conversation.schema.ts'
export * from './conversations.operations.ts'
export * from './participants.operations.ts'
