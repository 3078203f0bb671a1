/**
 * The pages of the console (the phone's are in pocket/routes.tsx, so that it need not keep the console's files). A page is a
 * component that gets its path parameters: `({ params }) => …`. Add a line here; the page itself is loaded when it is opened.
 */
import { setupRoutes } from './first-run/routes.tsx'
import type { NavGroup, PageRoute } from './page-route.ts'

/** Whether somebody with these permissions finds a page: one of those it needs is enough. */
export const mayOpen = (route: PageRoute, can: (permission: string) => boolean): boolean => !route.open && (!route.needs || route.needs.some(can))

export const navGroups: readonly { key: NavGroup; title: readonly [string, string] }[] = [
  { key: 'now', title: ['当前', 'Now'] },
  { key: 'orders', title: ['部署与上报', 'Orders'] },
  { key: 'measures', title: ['措施与覆盖', 'Measures'] },
  { key: 'people', title: ['组织与人员', 'Organisation'] },
  { key: 'system', title: ['系统', 'System'] },
]

export const consoleRoutes: readonly PageRoute[] = [
  { path: '/', title: ['态势', 'Situation'], nav: { icon: 'situation', group: 'now', go: 's' }, load: () => import('./Situation.tsx').then((m) => m.SituationPage) },
  { path: '/situation', title: ['态势', 'Situation'], load: () => import('./Situation.tsx').then((m) => m.SituationPage) },
  { path: '/gaps', title: ['缺口', 'Gaps'], nav: { icon: 'gaps', group: 'now', go: 'g' }, filters: true, needs: ['gap.read'], load: () => import('#slices/measures/web/gaps.tsx').then((m) => m.GapsPage) },
  { path: '/help', title: ['求助', 'Help'], nav: { icon: 'help', group: 'now', go: 'h' }, filters: true, needs: ['help.act', 'coverage.read'], load: () => import('#slices/issues/web/help.tsx').then((m) => m.HelpDeskPage) },
  { path: '/cases', title: ['个案', 'Cases'], nav: { icon: 'pulse', group: 'now', go: 'k' }, filters: true, needs: ['case.read'], load: () => import('#slices/health/web/cases.tsx').then((m) => m.CasesPage) },
  { path: '/cases/new', title: ['新建个案', 'New case'], listed: '隔离 健康观察 确诊 quarantine isolation', needs: ['case.act'], load: () => import('#slices/health/web/new-case.tsx').then((m) => m.NewCasePage) },
  { path: '/cases/:caseId', title: ['个案', 'Case'], needs: ['case.read'], load: () => import('#slices/health/web/case.tsx').then((m) => m.CasePage) },
  { path: '/notices', title: ['通知', 'Notices'], nav: { icon: 'notices', group: 'orders', go: 'n' }, filters: true, needs: ['notice.read', 'notice.draft'], load: () => import('#slices/notices/web/notices.tsx').then((module) => module.NoticesPage) },
  { path: '/notices/import', title: ['导入通知', 'Import a notice'], listed: '上传 粘贴 upload paste', needs: ['notice.draft'], load: () => import('#slices/notices/web/import.tsx').then((module) => module.ImportPage) },
  { path: '/notices/:noticeId/confirm', title: ['核对通知', 'Confirm a notice'], needs: ['notice.draft'], load: () => import('#slices/notices/web/confirm.tsx').then((module) => module.ConfirmPage) },
  { path: '/notices/:noticeId', title: ['通知', 'Notice'], needs: ['notice.read'], load: () => import('#slices/notices/web/notice.tsx').then((module) => module.NoticePage) },
  { path: '/duties', title: ['本单位任务', 'Unit duties'], nav: { icon: 'tasks', group: 'orders', go: 'd' }, filters: true, needs: ['duty.act', 'duty.review'], load: () => import('#slices/notices/web/board.tsx').then((module) => module.BoardPage) },
  { path: '/briefs', title: ['专报', 'Briefs'], nav: { icon: 'briefs', group: 'orders', go: 'b' }, filters: true, needs: ['brief.read', 'brief.write'], load: () => import('#slices/briefs/web/briefs.tsx').then((module) => module.BriefsPage) },
  { path: '/briefs/:briefId', title: ['专报', 'Brief'], needs: ['brief.read', 'brief.write'], load: () => import('#slices/briefs/web/brief.tsx').then((module) => module.BriefPage) },
  { path: '/responses', title: ['应急响应', 'Responses'], nav: { icon: 'responses', group: 'orders', go: 'r' }, load: () => import('#slices/responses/web/responses.tsx').then((m) => m.ResponsesPage) },
  { path: '/responses/:responseId/certificate', title: ['擦除证明', 'Certificate of erasure'], load: () => import('./CertificatePage.tsx').then((m) => m.CertificatePage) },
  { path: '/responses/:responseId', title: ['应急响应', 'Response'], load: () => import('./ResponsePage.tsx').then((m) => m.ResponsePage) },
  { path: '/coverage', title: ['覆盖', 'Coverage'], nav: { icon: 'coverage', group: 'measures', go: 'c' }, filters: true, needs: ['coverage.read'], load: () => import('#slices/measures/web/coverage.tsx').then((m) => m.CoveragePage) },
  { path: '/doubts', title: ['数据疑点', 'Doubts'], nav: { icon: 'warn', group: 'measures', go: 'x' }, filters: true, needs: ['person.facts'], load: () => import('#slices/measures/web/doubts.tsx').then((m) => m.DoubtsPage) },
  { path: '/measures/:measureId/plan', title: ['试算', 'Simulation'], needs: ['measure.manage'], load: () => import('#slices/measures/web/plan.tsx').then((m) => m.PlanPage) },
  { path: '/measures', title: ['措施', 'Measures'], nav: { icon: 'ruler', group: 'measures', go: 'm' }, filters: true, needs: ['coverage.read'], load: () => import('#slices/measures/web/measures.tsx').then((m) => m.MeasuresPage) },
  { path: '/people', title: ['人员', 'People'], nav: { icon: 'people', group: 'people', go: 'p' }, filters: true, needs: ['person.find'], load: () => import('#slices/directory/web/people.tsx').then((m) => m.PeoplePage) },
  { path: '/people/:personId', title: ['人员', 'Person'], load: () => import('./PersonPage.tsx').then((m) => m.PersonPage) },
  { path: '/units', title: ['组织', 'Units'], nav: { icon: 'units', group: 'people', go: 'u' }, filters: true, needs: ['unit.read'], load: () => import('#slices/directory/web/units.tsx').then((m) => m.UnitsPage) },
  { path: '/units/:unitId', title: ['组织', 'Unit'], load: () => import('./UnitPage.tsx').then((m) => m.UnitPage) },
  { path: '/orphans/:unitId', title: ['无人负责', 'Nobody answers'], load: () => import('#slices/directory/web/orphans.tsx').then((m) => m.OrphansPage) },
  { path: '/roster', title: ['导入名册', 'Import a roster'], listed: '学生 教职工 上传 roster students staff', needs: ['roster.import'], load: () => import('#slices/directory/web/roster.tsx').then((m) => m.RosterPage) },
  { path: '/settings', title: ['设置', 'Settings'], nav: { icon: 'settings', group: 'system', go: 't' }, load: () => import('./SettingsPage.tsx').then((m) => m.SettingsPage) },
  { path: '/settings/messages', title: ['消息', 'Messages'], needs: ['message.manage'], load: () => import('#slices/messages/web/messages.tsx').then((m) => m.MessagesPage) },
  { path: '/settings/attributes', title: ['信息项', 'Attributes'], load: () => import('./subject/Attributes.tsx').then((m) => m.AttributesWithUses) },
  { path: '/facts/import', title: ['从文件导入上报', 'Facts from a file'], listed: '批量 上传 facts upload', needs: ['fact.import'], load: () => import('#slices/facts/web/import.tsx').then((m) => m.FactImportPage) },
  { path: '/account', title: ['我的账户', 'My account'], load: () => import('#slices/directory/web/account.tsx').then((m) => m.AccountPage) },
  ...setupRoutes,
  { path: '/sign-in', title: ['登录', 'Sign in'], open: true, load: () => import('#slices/directory/web/sign-in.tsx').then((m) => m.SignInPage) },
  { path: '/redeem', title: ['设置密码', 'Set a password'], open: true, load: () => import('#slices/directory/web/redeem.tsx').then((m) => m.RedeemPage) },
  { path: '/claim', title: ['首次启用', 'Claim'], open: true, load: () => import('#slices/directory/web/claim.tsx').then((m) => m.ClaimPage) },
]
