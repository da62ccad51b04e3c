/** Where the new value of a password is kept until it is the only one. */
export function nextSecret(name: string): string {
  return `${name}.next`;
}
