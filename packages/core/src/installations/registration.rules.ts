/** What a change of an installation comes to. */
export type RegistrationChange = {
  /** what it was before; undefined: it is new, or comes back */
  known: { enabled: boolean; status: string } | undefined
  enabled: boolean
  /** whether anything changed that `register` may depend on */
  isChanged: boolean
  /** whether there is somebody to call */
  isCallable: boolean
  /** whether it is of no use before it has an identifier, and has none */
  lacksIdentifier: boolean
}

/** Where the registration stands after that, and whom it takes a call to. */
export type Registration = {
  enabled: boolean
  status: string
  statusReason: string | null
  owed: 'register' | 'unregister' | undefined
}

export const WAITS_FOR_IDENTIFIER = 'It waits for its identifier.'

/**
 * What is enabled is called to `register`, once more whenever something changed, or as long as that has not worked; what no
 * longer is, to `unregister`. Where nobody can be called there is nothing that could fail.
 * @returns undefined when everything stays as it is
 */
export const registrationAfter = ({
  known,
  enabled,
  isChanged,
  isCallable,
  lacksIdentifier,
}: RegistrationChange): Registration | undefined => {
  const after = (status: string, owed?: Registration['owed'], statusReason: string | null = null): Registration => ({
    enabled,
    status,
    statusReason,
    owed,
  })
  if (enabled) {
    if (lacksIdentifier) return after('registration_pending', undefined, WAITS_FOR_IDENTIFIER)
    if (!isCallable) return after('registered')
    if (known?.enabled && known.status === 'registered' && !isChanged) return undefined
    return after('registration_pending', 'register')
  }
  if (!known) return after('unregistered')
  if (!known.enabled) return undefined
  return isCallable ? after('unregistration_pending', 'unregister') : after('unregistered')
}
