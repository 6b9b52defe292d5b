export { changeInstallations } from './change-installations.ts'
export { type InstallationRow, type KeyedBy, toInstallations } from './installation.mapper.ts'
