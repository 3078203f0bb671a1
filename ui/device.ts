/** By what people tell their devices apart: "安卓手机 · 企业微信". Only from what the browser says of itself to every site. */
import { t } from './words.ts'

export function deviceName(agent = navigator.userAgent): string {
  const what = /iPhone/.test(agent) ? 'iPhone' : /iPad/.test(agent) ? 'iPad' : /HarmonyOS|OpenHarmony/.test(agent) ? t('鸿蒙手机', 'HarmonyOS phone') : /Android/.test(agent) ? t('安卓手机', 'Android phone') : /Macintosh/.test(agent) ? 'Mac' : /Windows/.test(agent) ? t('Windows 电脑', 'Windows computer') : t('电脑', 'Computer')
  const where = /wxwork/i.test(agent) ? t('企业微信', 'WeCom') : /MicroMessenger/i.test(agent) ? t('微信', 'WeChat') : /DingTalk/i.test(agent) ? t('钉钉', 'DingTalk') : /Lark|Feishu/i.test(agent) ? t('飞书', 'Feishu') : /Edg/.test(agent) ? 'Edge' : /Firefox|FxiOS/.test(agent) ? 'Firefox' : /Chrome|CriOS/.test(agent) ? 'Chrome' : /Safari/.test(agent) ? 'Safari' : ''
  return [what, where].filter(Boolean).join(' · ')
}
