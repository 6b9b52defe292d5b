export { changeInstallations } from './change-installations.ts'
export { INSTALLATION, type KeyedBy, toInstallations } from './installation.mapper.ts'
