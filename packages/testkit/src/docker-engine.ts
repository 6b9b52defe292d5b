import { execFileSync } from 'node:child_process'

/** The client alone proves nothing: only an engine answers `docker info`. */
export const hasDockerEngine = (): boolean => {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}
