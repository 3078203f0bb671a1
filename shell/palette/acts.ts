/** Pages and acts of the palette, each only for whoever may. */
import type { IconName } from '#ui/icons.tsx'
import { look, lookChoice, setLook } from '#ui/look.ts'
import { queryClient } from '#ui/data.ts'
import { language, setLanguage, t } from '#ui/words.ts'
import { consoleRoutes, mayOpen } from '../routes.tsx'

export interface Act {
  key: string
  title: string
  /** Also found by this. */
  more: string
  icon: IconName
  /** Where it goes, or what it does. */
  to?: string
  run?: () => void
  keys?: string
}

/** What is said of the reader: permissions, and acts of the frame. */
export interface Standpoint {
  can: (permission: string) => boolean
  leave: () => void
  keepView: (() => void) | null
  showKeys: () => void
  foldNavigation: () => void
}

export function pagesFor({ can }: Standpoint): Act[] {
  return consoleRoutes.flatMap((route) =>
    (route.nav || route.listed) && mayOpen(route, can)
      ? [{ key: `page ${route.path}`, title: t(route.title[0], route.title[1]), more: `${route.title[0]} ${route.title[1]} ${route.listed ?? ''}`, icon: route.nav?.icon ?? 'file', to: route.path, ...(route.nav?.go ? { keys: `g ${route.nav.go}` } : {}) }]
      : [],
  )
}

const again = () => void queryClient.invalidateQueries()

export function actsFor({ can, leave, keepView, showKeys, foldNavigation }: Standpoint): Act[] {
  const acts: (Act | false)[] = [
    can('response.manage') && { key: 'open-response', title: t('启动应急响应', 'Open a response'), more: '开启响应 应急 open response level', icon: 'responses', to: '/responses?open=1' },
    can('notice.draft') && { key: 'import-notice', title: t('导入通知', 'Import a notice'), more: '上传 粘贴 import notice document', icon: 'upload', to: '/notices/import' },
    can('brief.write') && { key: 'draft-brief', title: t('起草专报（上报）', 'Draft a brief'), more: '上报 报送 brief report upward', icon: 'briefs', to: '/briefs?draft=1' },
    can('measure.manage') && { key: 'draft-measure', title: t('起草措施', 'Draft a measure'), more: '新增 要求 measure draft', icon: 'tasks', to: '/measures?draft=1' },
    can('duty.act') && { key: 'report-duty', title: t('上报任务', 'Report duties'), more: '签收 上报 零报告 report acknowledge', icon: 'check', to: '/duties' },
    can('gap.read') && { key: 'call-gaps', title: t('处理我的缺口', 'Work on my gaps'), more: '联系 打电话 提醒 call remind gaps', icon: 'phone', to: '/gaps' },
    can('coverage.read') && { key: 'wall', title: t('打开大屏', 'Open the wall'), more: '态势 投屏 全屏 wall screen', icon: 'situation', to: '/situation?wall=1' },
    keepView !== null && { key: 'keep-view', title: t('记住当前视图', 'Keep this view'), more: '保存 收藏 视图 save view bookmark', icon: 'pin', run: keepView },
    look() !== 'light' && { key: 'look-light', title: t('浅色', 'Light look'), more: '主题 明亮 theme light', icon: 'sun', run: () => setLook('light') },
    look() !== 'dark' && { key: 'look-dark', title: t('深色', 'Dark look'), more: '主题 夜间 theme dark', icon: 'moon', run: () => setLook('dark') },
    lookChoice() !== 'system' && { key: 'look-system', title: t('明暗跟随系统', 'Look as the system'), more: '主题 theme system', icon: 'sun', run: () => setLook('system') },
    language() !== 'zh-Hans' && { key: 'language-hans', title: '简体中文', more: '语言 language chinese simplified jianti', icon: 'language', run: () => void setLanguage('zh-Hans').then(again) },
    language() !== 'zh-Hant' && { key: 'language-hant', title: '繁體中文', more: '语言 language chinese traditional fanti', icon: 'language', run: () => void setLanguage('zh-Hant').then(again) },
    language() !== 'en' && { key: 'language-en', title: 'English', more: '语言 language yingwen 英文', icon: 'language', run: () => void setLanguage('en').then(again) },
    { key: 'keys', title: t('键盘快捷键', 'Keyboard shortcuts'), more: 'shortcuts keys 帮助 help', icon: 'help', run: showKeys, keys: '?' },
    { key: 'fold', title: t('收起或展开导航', 'Fold the navigation'), more: 'navigation collapse sidebar', icon: 'menu', run: foldNavigation, keys: '[' },
    { key: 'account', title: t('我的账户', 'My account'), more: '密码 account password', icon: 'me', to: '/account' },
    { key: 'phone', title: t('手机页', 'Phone page'), more: '我的一天 pocket phone', icon: 'phone', run: () => location.assign('/m/') },
    { key: 'sign-out', title: t('退出登录', 'Sign out'), more: '注销 logout', icon: 'out', run: leave },
  ]
  return acts.filter((act) => act !== false)
}
