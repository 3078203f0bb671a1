/** Names of the ready-made measures that a duty can be joined to. */
import { presetOf } from '#slices/measures/server.ts'

export const presetName = (key: string): { zh: string; en: string } => presetOf(key)?.name ?? { zh: '', en: '' }
