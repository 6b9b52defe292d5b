/** Makes an element of attributes and children; text goes in as text, whatever it looks like. */
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === 'function') made.addEventListener(key, value)
    else if (value !== undefined) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== undefined))
  return made
}

const isText = (value) => typeof value === 'string' && value !== ''

/** An address a bot may send us to, or show us; never one that runs something. */
const safe = (url, protocols = ['http:', 'https:']) =>
  isText(url) && URL.canParse(url) && protocols.includes(new URL(url).protocol) ? url : undefined

const written = (value, name = 'p') => (isText(value) ? element(name, {}, value) : undefined)
const link = (url, label) =>
  safe(url) && element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, isText(label) ? label : url)

const picture = (url, title) =>
  safe(url, ['http:', 'https:', 'data:']) &&
  element('img', {
    src: url,
    alt: isText(title) ? title : '',
    error: ({ target }) => target.replaceWith(link(url, title) ?? written('The picture cannot be shown.')),
  })

/** Buttons that answer in the user's name, once. */
const choices = (options, reply) => {
  const buttons = options.map(({ label, value, url }) =>
    url === undefined
      ? element('button', { type: 'button', click: ({ target }) => reply(value, target.parentElement) }, label)
      : link(url, label),
  )
  return buttons.length > 0
    ? element('div', { class: 'choices', role: 'group' }, ...buttons.filter(Boolean))
    : undefined
}

const optionsOf = (options) =>
  (Array.isArray(options) ? options : []).flatMap((option) => {
    const { label, value } = option ?? {}
    const said = isText(value) ? value : label
    return isText(said) ? [{ label: isText(label) ? label : said, value: said }] : []
  })

const actionsOf = (actions) =>
  (Array.isArray(actions) ? actions : []).flatMap((action) =>
    action?.action === 'url'
      ? safe(action.value)
        ? [{ label: action.label, url: action.value }]
        : []
      : optionsOf([action]),
  )

const card = ({ title, subtitle, imageUrl, actions }, reply) =>
  element(
    'div',
    { class: 'card' },
    picture(imageUrl, title) || undefined,
    written(title, 'strong'),
    written(subtitle, 'span'),
    choices(actionsOf(actions), reply),
  )

const question = ({ text, options }, reply) => [written(text), choices(optionsOf(options), reply)]
const media = (name) => (url) => safe(url, ['http:', 'https:', 'data:']) && element(name, { src: url, controls: '' })

/** What a message of each type looks like: nodes, or nothing when the payload is not what the type has. */
const LOOKS = new Map([
  ['text', ({ text }) => [written(text)]],
  ['markdown', ({ markdown }) => [written(markdown)]],
  ['image', ({ imageUrl, title }) => [picture(imageUrl, title), written(title)]],
  ['audio', ({ audioUrl, title }) => [media('audio')(audioUrl), written(title)]],
  ['video', ({ videoUrl, title }) => [media('video')(videoUrl), written(title)]],
  ['file', ({ fileUrl, title }) => [link(fileUrl, title)]],
  ['choice', question],
  ['dropdown', question],
  ['card', (payload, reply) => [isText(payload.title) && card(payload, reply)]],
  [
    'carousel',
    ({ items }, reply) => [
      Array.isArray(items) &&
        items.length > 0 &&
        element(
          'ul',
          { class: 'carousel', tabindex: '0', 'aria-label': 'Cards' },
          ...items.map((item) => element('li', {}, card(item ?? {}, reply))),
        ),
    ],
  ],
  [
    'bloc',
    ({ items }, reply) =>
      (Array.isArray(items) ? items : []).flatMap((item) => contentOf(item?.type, item?.payload ?? {}, reply)),
  ],
])

/** What is in a message, as nodes; whatever is not known is shown as it came. */
const contentOf = (type, payload, reply) => {
  const nodes = (LOOKS.get(type)?.(payload, reply) ?? []).filter(Boolean)
  return nodes.length > 0 ? nodes : [element('pre', {}, JSON.stringify(payload, null, 2))]
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/**
 * A message as a list item.
 * @param {(text: string, choices: Element) => void} reply says what a button stands for
 */
export const renderMessage = ({ type, payload, direction, createdAt }, reply) =>
  element(
    'li',
    { class: `message ${direction}` },
    element('div', { class: 'bubble' }, ...contentOf(type, payload, reply)),
    element(
      'small',
      {},
      element('span', { class: 'unseen' }, direction === 'incoming' ? 'said by a user, ' : 'said by the bot, '),
      element('time', { datetime: createdAt }, TIME.format(new Date(createdAt))),
      type === 'text' ? '' : ` · ${type}`,
    ),
  )
