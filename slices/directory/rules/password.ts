/** What a password must be. Shown live while it is typed, and checked again by the server. */
const common = ['password', '12345678', '123456789', 'qwertyuiop', 'iloveyou', 'admin123', '88888888', '11111111']

export const passwordLength = { least: 12, most: 128 } as const

export type PasswordFault = 'short' | 'long' | 'personal' | 'plain'

/** What is wrong with a password. @param about what it must not contain: name, number, login. */
export function passwordFaults(password: string, about: readonly string[]): PasswordFault[] {
  const folded = password.normalize('NFKC').toLowerCase()
  const length = [...folded].length
  const contains = (words: readonly string[], least: number) => words.some((word) => word.length >= least && folded.includes(word.toLowerCase()))
  const faults: PasswordFault[] = []
  if (length < passwordLength.least) faults.push('short')
  if (length > passwordLength.most) faults.push('long')
  if (contains(about, 4)) faults.push('personal')
  if (contains(common, 4) || new Set(folded).size < 5) faults.push('plain')
  return faults
}
