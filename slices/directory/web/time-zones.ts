/** Time zones to choose from: those near first, then all that the browser knows. */
import { t } from '#ui/words.ts'

const near = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'Asia/Macau', 'Asia/Taipei', 'Asia/Singapore']

function nameOf(zone: string): string {
  const words: Record<string, string> = {
    'Asia/Shanghai': t('北京时间', 'China Standard Time'), 'Asia/Urumqi': t('乌鲁木齐', 'Urumqi'), 'Asia/Hong_Kong': t('香港', 'Hong Kong'), 'Asia/Macau': t('澳门', 'Macau'), 'Asia/Taipei': t('台北', 'Taipei'), 'Asia/Singapore': t('新加坡', 'Singapore'),
  }
  return words[zone] ? `${words[zone]} (${zone})` : zone
}

/** @param chosen is among them, whatever the browser knows. */
export function timeZones(chosen: string): { value: string; label: string }[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  return [...new Set([...near, chosen, ...known])].map((value) => ({ value, label: nameOf(value) }))
}
