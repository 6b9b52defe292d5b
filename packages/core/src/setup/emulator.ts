import type { NewIntegration } from '@understudy/contract'

/** Message types as the Cloud's own channels have them; what is in them is up to the bot. */
const MESSAGE_TYPES = [
  'text',
  'markdown',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'carousel',
  'card',
  'choice',
  'dropdown',
  'bloc',
]

const anything = { type: 'object', additionalProperties: true }

const id = { title: 'Id', description: 'Whatever tells it apart from the others' }

/** The integration every server has: it stands for a channel without anything behind it, to talk to bots through the API. */
export const EMULATOR: NewIntegration = {
  name: 'emulator',
  version: '1.0.0',
  title: 'Emulator',
  description: 'A channel to talk to a bot through the API alone',
  visibility: 'public',
  user: { tags: { id } },
  channels: {
    channel: {
      title: 'Channel',
      messages: Object.fromEntries(MESSAGE_TYPES.map((type) => [type, { schema: anything }])),
      conversation: { tags: { id } },
      message: { tags: { id } },
    },
  },
  events: { custom: { title: 'Custom', description: 'Anything a program wants to tell the bot', schema: anything } },
}
