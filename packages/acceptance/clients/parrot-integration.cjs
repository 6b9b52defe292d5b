// An integration as its author writes it: prints what the bot says, a line of JSON each. Arguments: the name of the SDK to
// use, and a port.
const [, , name, port] = process.argv
const { Integration } = require(name)

const text = async ({ payload, conversation, user, message, ctx, ack }) => {
  await ack({ tags: { id: `sent-${message.id}` } })
  process.stdout.write(
    `${JSON.stringify({ text: payload.text, channelTags: conversation.tags, userId: user.id, volume: ctx.configuration.volume })}\n`,
  )
}

const integration = new Integration({
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  actions: {},
  channels: { room: { messages: { text } } },
})
void integration.start(Number(port)).then(() => process.stdout.write('listening\n'))
