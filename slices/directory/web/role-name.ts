/** What a role is called here: by the institution's own title where none of the ready-made ones is used any more. */
import { ownWord } from '#ui/own-words.ts'
import { say } from '#ui/words.ts'
import { roles, type Role } from '../rules.ts'

export function roleName(role: string): string {
  const found = (roles as Record<string, Role>)[role]
  return ownWord('role', role) ?? (found ? say(found) : role)
}

/** Every role, to be chosen from. */
export const roleOptions = (): { value: string; label: string }[] => Object.keys(roles).map((value) => ({ value, label: roleName(value) }))
