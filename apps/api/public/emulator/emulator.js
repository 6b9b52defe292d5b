import { listen } from './listen.js'
import { renderMessage } from './render.js'
import { request } from './request.js'

const at = (id) => document.getElementById(id)
const [messages, empty, unlock, say, text] = ['messages', 'empty', 'unlock', 'say', 'text'].map(at)
const [state, problem, user, key] = ['state', 'problem', 'user', 'key'].map(at)

const botId = decodeURIComponent(location.pathname.split('/').at(-1))
const someName = (kind, length) =>
  `${kind}-${Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte % 32).toString(32)).join('')}`

/** What this tab remembers; where a browser keeps nothing for us, as long as the page is open. */
const STORE = `understudy-emulator/${botId}`
const memory = (() => {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {}
  } catch {
    return {}
  }
})()
const remember = (change) => {
  Object.assign(memory, change)
  try {
    sessionStorage.setItem(STORE, JSON.stringify(memory))
  } catch {}
}

const STATES = {
  ready: ['Ready', ''],
  connecting: ['Connecting', 'warn'],
  connected: ['Connected', 'good'],
  lost: ['Connection lost, trying again', 'warn'],
  closed: ['Not connected', 'bad'],
}
const tell = (name) => {
  const [words, tone] = STATES[name] ?? ['', '']
  if (state.textContent !== words) state.textContent = words
  state.dataset.tone = tone
}

const complain = (sentence = '') => {
  problem.textContent = sentence
  problem.hidden = !sentence
}

const show = (message) => {
  messages.append(renderMessage(message, answer))
  empty.hidden = true
}

/** What is listened to at the moment, and what ends that. */
let listening
const hearConversation = async (id) => {
  if (listening?.id === id) return
  listening?.end.abort()
  const end = new AbortController()
  listening = { id, end }
  messages.replaceChildren()
  const path = `conversations/${encodeURIComponent(id)}/stream`
  try {
    await listen(path, { key: memory.key, signal: end.signal, hear: ({ message }) => show(message), tell })
  } catch (refused) {
    if (end.signal.aborted) return
    listening = undefined
    // Nothing was said in it yet: that makes it.
    if (refused.status === 404 && refused.message.startsWith('Conversation')) tell('ready')
    else refuse(refused)
  }
}

const refuse = ({ status, message }) => {
  complain(message)
  if (status === 401) ask()
  else tell('closed')
}

/** Says something in the user's name. @returns whether it was said */
const utter = async (words) => {
  complain()
  try {
    const body = { userId: user.value.trim() || memory.user, conversationId: memory.conversation, text: words }
    const { conversation } = await (await request('messages', { key: memory.key, body })).json()
    remember({ conversation: conversation.id })
    void hearConversation(conversation.id)
    return true
  } catch (error) {
    if (error.status === 401) refuse(error)
    else complain(error.status ? error.message : 'The server cannot be reached. Nothing was sent.')
    return false
  }
}

const answer = async (words, choices) => {
  const buttons = [...choices.querySelectorAll('button')]
  const enable = (yes) => {
    for (const button of buttons) button.disabled = !yes
  }
  enable(false)
  if (!(await utter(words))) enable(true)
}

const begin = (conversation = someName('emulator', 20)) => {
  remember({ conversation })
  complain()
  messages.replaceChildren()
  empty.hidden = false
  void hearConversation(conversation)
}

/** A page in a frame does not take the cursor away from the page around it. */
const focus = (field) => {
  if (window === window.top) field.focus()
}

/** Opens the emulator with the key it has. */
const open = () => {
  unlock.hidden = true
  say.hidden = at('tools').hidden = false
  remember({ user: memory.user ?? someName('guest', 6) })
  user.value = memory.user
  begin(memory.conversation)
  focus(text)
}

/** Asks for a key. */
const ask = () => {
  listening?.end.abort()
  listening = undefined
  remember({ key: undefined })
  tell()
  messages.replaceChildren()
  say.hidden = at('tools').hidden = empty.hidden = true
  unlock.hidden = false
  key.value = ''
  focus(key)
}

/** A key behind the `#` is taken out of the address: it would stay in the history, and in what is copied from the bar. */
const takeKey = () => {
  const given = location.hash.slice(1)
  if (!given) return
  history.replaceState(null, '', location.pathname + location.search)
  remember({ key: given })
}

const submit = async () => {
  const words = text.value
  if (!words.trim() || say.dataset.busy) return
  say.dataset.busy = 'yes'
  if (await utter(words)) text.value = ''
  delete say.dataset.busy
  text.focus()
}

say.addEventListener('submit', (event) => {
  event.preventDefault()
  void submit()
})
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  say.requestSubmit()
})
unlock.addEventListener('submit', (event) => {
  event.preventDefault()
  remember({ key: key.value.trim() })
  complain()
  open()
})
user.addEventListener('change', () => remember({ user: user.value.trim() || memory.user }))
at('new').addEventListener('click', () => {
  begin()
  text.focus()
})
addEventListener('hashchange', () => {
  takeKey()
  if (memory.key) open()
})

at('bot').textContent = botId
takeKey()
if (memory.key) open()
else ask()
