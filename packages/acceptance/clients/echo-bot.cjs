// A bot as its author writes it: says again what it hears. Arguments: the name of the SDK to use, and a port.
const [, , name, port] = process.argv
const { Bot } = require(name)

const answer = ({ message, conversation, ctx, client }) =>
  client.createMessage({
    conversationId: conversation?.id ?? message.conversationId,
    userId: ctx.botId,
    type: 'text',
    payload: { text: `You said: ${message.payload.text}` },
    tags: {},
  })

// The older SDK knows neither actions of bots nor what they do when they register.
const think = async ({ input }) => ({ text: `Hm, ${input.text}` })

const register = async ({ ctx }) => void process.stdout.write(`${JSON.stringify({ registered: ctx.botId })}\n`)

const bot = new Bot({ actions: { think }, register, plugins: {} })
if (bot.on) bot.on.message('*', answer)
else bot.message(answer)
void bot.start(Number(port)).then(() => process.stdout.write('listening\n'))
