/** What is answered in time. @throws what the answer throws; an error when it takes longer */
export const inTime = async <T>(answer: Promise<T>, patienceMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${patienceMs} ms.`)), patienceMs)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
