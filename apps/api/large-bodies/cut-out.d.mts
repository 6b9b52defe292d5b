/** How a body is cut. */
export type Task = {
  /** the member of the outermost object that is cut out */
  member: string
  /** what its string is written in */
  encoding: 'utf8' | 'base64'
  /** how many bytes the rest may have */
  restMax: number
}

/** The bytes that a string stood for. */
export type Cut = { bytes: Uint8Array; sha256: string }

/** What is left and what was cut out, or what is wrong. */
export type CutOut =
  | { rest: Uint8Array; cuts: Cut[] }
  | { restLength: number }
  | { notBase64: true }
  | { problem: string }

export declare const cutOut: (bytes: Uint8Array, task: Task) => CutOut
