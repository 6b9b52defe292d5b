// A bot as its author deploys it: says again what it hears. It is bundled with one of the SDKs under the name `sdk`.
const { Bot } = require('sdk')

const answer = ({ message, conversation, ctx, client }) =>
  client.createMessage({
    conversationId: conversation?.id ?? message.conversationId,
    userId: ctx.botId,
    type: 'text',
    payload: { text: `You said: ${message.payload.text}` },
    tags: {},
  })

const bot = new Bot({ actions: {}, plugins: {} })
if (bot.on) bot.on.message('*', answer)
else bot.message(answer)
exports.default = bot
