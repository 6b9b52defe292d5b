// An integration as its author writes it: prints what the bot says, a line of JSON each. Arguments: the name of the SDK to
// use, and a port.
const [, , name, port] = process.argv
const { Integration, RuntimeError } = require(name)

const text = async ({ payload, conversation, user, message, ctx, ack }) => {
  await ack({ tags: { id: `sent-${message.id}` } })
  process.stdout.write(
    `${JSON.stringify({ text: payload.text, channelTags: conversation.tags, userId: user.id, volume: ctx.configuration.volume })}\n`,
  )
}

const integration = new Integration({
  register: async ({ ctx }) => {
    if (ctx.configuration.volume > 10) throw new RuntimeError('Too loud')
  },
  unregister: async () => {},
  handler: async ({ req }) => ({
    status: 201,
    headers: { 'x-heard': req.path },
    body: `${req.method} ${req.query} ${req.body}`,
  }),
  actions: {
    repeat: async ({ input }) => {
      if (input.text === 'sing') throw new RuntimeError('Lost my voice')
      return { text: `${input.text}!` }
    },
  },
  createUser: async ({ client, tags }) => {
    const { user } = await client.getOrCreateUser({ tags })
    return { body: JSON.stringify({ user: { id: user.id } }) }
  },
  channels: { room: { messages: { text } } },
})
void integration.start(Number(port)).then(() => process.stdout.write('listening\n'))
