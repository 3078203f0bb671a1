/** The pages of the phone; paths are below `/m`. All of them are kept on the phone, so that they open without a network. */
import type { PageRoute } from '../page-route.ts'

export const pocketRoutes: readonly PageRoute[] = [
  { path: '/', title: ['我的一天', 'My day'], nav: { icon: 'home', group: 'now' }, load: () => import('./MyDay.tsx').then((m) => m.MyDayPage) },
  { path: '/tasks', title: ['待办', 'Tasks'], nav: { icon: 'tasks', group: 'now' }, load: () => import('./Tasks.tsx').then((m) => m.TasksPage) },
  { path: '/calls', title: ['逐个打电话', 'Call one by one'], load: () => import('./Calls.tsx').then((m) => m.CallsPage) },
  { path: '/tasks/gap/:subjectId', title: ['跟进', 'Follow-up'], load: () => import('./GapTask.tsx').then((m) => m.GapTaskPage) },
  { path: '/tasks/doubt/:doubtId', title: ['数据疑点', 'A doubt'], load: () => import('#slices/measures/web/pocket-doubts.tsx').then((m) => m.PocketDoubtPage) },
  { path: '/tasks/duty/:assignmentId', title: ['任务', 'Duty'], load: () => import('#slices/notices/web/pocket-duty.tsx').then((m) => m.DutyPage) },
  { path: '/tasks/help/:requestId', title: ['求助', 'Help'], load: () => import('#slices/issues/web/pocket-help-task.tsx').then((m) => m.HelpTaskPage) },
  { path: '/tasks/case/:caseId', title: ['个案', 'Case'], load: () => import('#slices/health/web/pocket-case-task.tsx').then((m) => m.CaseTaskPage) },
  { path: '/case', title: ['健康管理', 'Health management'], load: () => import('#slices/health/web/pocket-case.tsx').then((m) => m.MyCasePage) },
  { path: '/notices', title: ['通知', 'Notices'], nav: { icon: 'notices', group: 'now' }, load: () => import('#slices/notices/web/pocket-notices.tsx').then((m) => m.MyNoticesPage) },
  { path: '/notices/:noticeId', title: ['通知', 'Notice'], load: () => import('#slices/notices/web/pocket-notice.tsx').then((m) => m.MyNoticePage) },
  { path: '/help', title: ['我需要帮助', 'I need help'], load: () => import('#slices/issues/web/pocket-help.tsx').then((m) => m.HelpPage) },
  { path: '/help/closed', title: ['已办结的求助', 'Closed requests'], load: () => import('#slices/issues/web/pocket-help.tsx').then((m) => m.ClosedHelpPage) },
  { path: '/help/:requestId', title: ['求助', 'Help'], load: () => import('#slices/issues/web/pocket-my-help.tsx').then((m) => m.MyHelpPage) },
  { path: '/me', title: ['我的', 'Me'], nav: { icon: 'me', group: 'now' }, load: () => import('./Me.tsx').then((m) => m.MePage) },
  { path: '/outbox', title: ['发送情况', 'Sending'], load: () => import('./OutboxPage.tsx').then((m) => m.OutboxPage) },
  { path: '/me/data', title: ['我的数据', 'My data'], load: () => import('../my-data/PocketMyData.tsx').then((m) => m.MyDataPage) },
  { path: '/sign-in', title: ['登录', 'Sign in'], open: true, load: () => import('#slices/directory/web/pocket-sign-in.tsx').then((m) => m.PocketSignInPage) },
]
