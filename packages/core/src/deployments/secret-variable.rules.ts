/** Under which name code finds a secret in its environment: `apiKey` and `API_KEY` as `SECRET_API_KEY`. */
export const secretVariable = (name: string): string => {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]+/g, '_')
  return `SECRET_${words.toUpperCase()}`
}
