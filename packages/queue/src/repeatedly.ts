/**
 * Has something done about every so many ms, from now on.
 * @param handOver has it done by whoever is free; false: nobody could be told
 * @param doHere does it in this process instead; never twice at the same time
 * @returns `end` waits for what is being done here
 */
export const repeatedly = (
  everyMs: number,
  handOver: () => Promise<boolean>,
  doHere: () => Promise<void>,
): { end(): Promise<void> } => {
  let doing: Promise<void> | undefined
  let ended = false
  const tick = async () => {
    if ((await handOver()) || ended || doing) return
    doing = doHere().finally(() => {
      doing = undefined
    })
    await doing
  }
  void tick()
  const timer = setInterval(() => void tick(), everyMs)
  return {
    end: async () => {
      ended = true
      clearInterval(timer)
      await doing
    },
  }
}
