/** A device where somebody is signed in, as its browser named itself then. */
import { t } from '#ui/words.ts'

export const deviceWords = ({ device }: { device: string | null }): string => device ?? t('没有说明的设备', 'A device without a name')
