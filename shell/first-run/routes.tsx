/** Pages of the way in, of the settings, of the log. */
import type { PageRoute } from '../page-route.ts'

export const setupRoutes: readonly PageRoute[] = [
  { path: '/start', title: ['启用', 'Getting started'], listed: '向导 初始化 setup first run', needs: ['directory.manage'], load: () => import('./StartPage.tsx').then((m) => m.StartPage) },
  { path: '/start/offices', title: ['任职建议', 'Proposed offices'], needs: ['directory.manage'], load: () => import('#slices/directory/web/hints.tsx').then((m) => m.StartOfficesPage) },
  { path: '/start/response', title: ['第一次响应', 'The first response'], load: () => import('./FirstResponse.tsx').then((m) => m.FirstResponsePage) },
  { path: '/start/notice', title: ['第一份通知', 'The first notice'], needs: ['notice.draft'], load: () => import('./FirstNotice.tsx').then((m) => m.FirstNoticePage) },
  { path: '/settings/institution', title: ['单位信息', 'The institution'], listed: '名称 时区 name time zone', needs: ['directory.manage'], load: () => import('#slices/directory/web/institution.tsx').then((m) => m.InstitutionPage) },
  { path: '/settings/vocabulary', title: ['用语', 'Words'], listed: '词汇 职务名称 vocabulary', needs: ['directory.manage'], load: () => import('#slices/directory/web/vocabulary.tsx').then((m) => m.VocabularyPage) },
  { path: '/settings/roles', title: ['角色与权限', 'Roles and rights'], listed: '值班员 权限 permissions', load: () => import('#slices/directory/web/roles.tsx').then((m) => m.RolesPage) },
  { path: '/settings/accounts', title: ['账号', 'Accounts'], listed: '密码 邀请码 登录 password invite', needs: ['account.manage'], load: () => import('#slices/directory/web/accounts.tsx').then((m) => m.AccountsPage) },
  { path: '/settings/burden', title: ['负担上限', 'Budget of burden'], needs: ['coverage.read'], load: () => import('../settings/BurdenPage.tsx').then((m) => m.BurdenPage) },
  { path: '/settings/retention', title: ['保留与删除', 'Keeping and erasing'], load: () => import('../settings/RetentionPage.tsx').then((m) => m.RetentionPage) },
  { path: '/settings/drills', title: ['演练', 'Drills'], listed: '演示 试用 demo drill', needs: ['drill.manage'], load: () => import('./DrillsPage.tsx').then((m) => m.DrillsPage) },
  { path: '/drill', title: ['演练校园', 'Drill campus'], load: () => import('./DrillPage.tsx').then((m) => m.DrillPage) },
  { path: '/log', title: ['操作与查看记录', 'Log'], nav: { icon: 'clock', group: 'system' }, listed: '日志 审计 谁看过 audit', needs: ['log.read'], load: () => import('../log/LogPage.tsx').then((m) => m.LogPage) },
  { path: '/my-data', title: ['我的数据', 'My data'], listed: '隐私 谁看过我 privacy', load: () => import('../my-data/MyData.tsx').then((m) => m.MyDataPage) },
  { path: '/try', title: ['先试演练校园', 'Try a drill campus'], open: true, load: () => import('./TryPage.tsx').then((m) => m.TryPage) },
]
