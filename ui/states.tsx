/** The states between: nothing there, loading, failed, not allowed, offline. */
import type { ReactNode } from 'react'
import type { CallProblem } from '#kernel/client.ts'
import { canRetry, type Read } from './data.ts'
import { ago } from './format.ts'
import { Icon, type IconName } from './icons.tsx'
import { useLiveState, useOnline } from './live.ts'
import { t, useLanguage } from './words.ts'

interface StateProps {
  icon: IconName
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  tone?: 'calm' | 'warn' | 'bad'
  role?: 'status' | 'alert'
}

/** A stretch of the wall at rest; what the state is about stands where the fire would burn. One drawing for all states, so that they are told apart by their sign and their words. */
export function Scene({ icon }: { icon: IconName }) {
  return (
    <span className="b-scene">
      <svg width="168" height="76" viewBox="0 0 168 76" aria-hidden focusable="false">
        <path className="b-scene-hill" d="M0 74c20-3 30-14 48-14s26 6 36 6 22-10 42-10 28 12 42 18z" />
        <path className="b-scene-wall" d="M2 75V64h6v4h6v-4h8v4h6v-4h8v4h6v-4h8v4h6v-4h6v11zM106 75V64h6v4h6v-4h8v4h6v-4h8v4h6v-4h8v4h6v-4h6v11z" />
        <path className="b-scene-tower" fillRule="evenodd" d="M62 46h8v5h10v-5h8v5h10v-5h8v10h-4l2 19H64l2-19h-4zM79 75h10v-8a5 5 0 0 0-10 0z" />
      </svg>
      <span className="b-state-icon">
        <Icon name={icon} size={22} />
      </span>
    </span>
  )
}

function State({ icon, title, children, action, tone = 'calm', role }: StateProps) {
  return (
    <div className={`b-state b-state-${tone}`} role={role}>
      <Scene icon={icon} />
      <p className="b-state-title">{title}</p>
      {children && <div className="b-state-text">{children}</div>}
      {action && <div className="b-state-action">{action}</div>}
    </div>
  )
}

/** Nothing there, and why that may be fine. */
export function EmptyState({ title, children, action, icon = 'check' }: { title?: ReactNode; children?: ReactNode; action?: ReactNode; icon?: IconName }) {
  return (
    <State icon={icon} title={title ?? t('这里没有内容', 'Nothing here')} action={action}>
      {children}
    </State>
  )
}

/** Grey lines in the shape of what will come; says so to screen readers. */
export function LoadingState({ rows = 4, label }: { rows?: number; label?: string }) {
  return (
    <div className="b-loading" role="status" aria-live="polite">
      <span className="sr-only">{label ?? t('正在加载', 'Loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="b-skeleton" style={{ width: `${[96, 82, 90, 64, 76][index % 5]}%` }} />
      ))}
    </div>
  )
}

/** What happened, that nothing was lost, what next. */
export function ErrorState({ problem, retry, lost }: { problem: CallProblem; retry?: (() => void) | undefined; lost?: ReactNode }) {
  if (problem.status === 403 || problem.status === 404) return <NoPermission problem={problem} />
  const offline = problem.status === 0
  return (
    <State
      icon={offline ? 'offline' : 'warn'}
      tone={offline ? 'warn' : 'bad'}
      role="alert"
      title={offline ? t('连不上服务器', 'The server cannot be reached') : problem.status === 401 ? t('登录已过期', 'You have been signed out') : t('没能完成', 'This could not be done')}
      action={
        problem.status === 401 ? (
          <a className="b-button" href={signInAgain()}>
            {t('重新登录', 'Sign in again')}
          </a>
        ) : retry && (canRetry(problem) || problem.status < 0) ? (
          <button type="button" className="b-button" onClick={retry}>
            {t('重试', 'Try again')}
          </button>
        ) : undefined
      }
    >
      <p>{offline ? t('这一页要联网才能打开。', 'This page opens only with a network.') : problem.status < 0 ? t('页面出错：{what}', 'The page failed: {what}', { what: problem.message }) : problem.message}</p>
      <p className="b-muted">{lost ?? t('已保存的数据没有受影响。', 'Nothing that was saved is affected.')}</p>
    </State>
  )
}

/** Each face has a page of its own for it. */
function signInAgain(): string {
  const [face, path] = location.pathname.startsWith('/m/') ? ['/m', location.pathname.slice(2)] : ['', location.pathname]
  return `${face}/sign-in?next=${encodeURIComponent(path + location.search)}`
}

/** Hidden and absent look alike. */
export function NoPermission({ problem }: { problem?: CallProblem }) {
  return (
    <State icon="close" title={t('看不到这里的内容', 'This cannot be shown to you')}>
      <p>{problem?.message ?? t('没有找到，或者不在您的权限范围内。', 'Not found, or not within what you may see.')}</p>
      <p className="b-muted">{t('如果您认为应当能看到，请联系本单位管理员核对职务。', 'If you think you should see it, ask your administrator to check your offices.')}</p>
    </State>
  )
}

/** Loading, problem or the content of a read: the usual wrapping of a page's body. */
export function Ready<O>({ read, children, rows, empty }: { read: Read<O>; children: (data: O) => ReactNode; rows?: number; empty?: { when: (data: O) => boolean; show: ReactNode } }) {
  if (read.data !== undefined) {
    if (empty?.when(read.data)) return <>{empty.show}</>
    return (
      <>
        {read.problem && <StaleNote problem={read.problem} at={read.at} retry={read.retry} />}
        {children(read.data)}
      </>
    )
  }
  if (read.problem) return <ErrorState problem={read.problem} retry={read.retry} />
  return <LoadingState {...(rows === undefined ? {} : { rows })} />
}

/** Shown above data that could not be freshened. */
export function StaleNote({ problem, at, retry }: { problem: CallProblem; at: number; retry: () => void }) {
  return (
    <div className="b-note b-note-warn" role="status">
      <Icon name={problem.status === 0 ? 'offline' : 'warn'} size={16} />
      <span>
        {t('显示的是{when}的数据，更新失败：{why}', 'Showing data from {when}; updating failed: {why}', { when: ago(at), why: problem.message })}
      </span>
      <button type="button" className="b-link" onClick={retry}>
        {t('重试', 'Try again')}
      </button>
    </div>
  )
}

/** A strip that appears only while the connection is gone. */
export function OfflineBar() {
  useLanguage()
  const online = useOnline()
  const live = useLiveState()
  if (online && live !== 'lost') return null
  return (
    <div className="b-offline" role="status">
      <Icon name="offline" size={16} />
      {online ? t('与服务器的连接中断，正在重连。屏幕上的数据可能不是最新。', 'Connection lost, reconnecting. What you see may be out of date.') : t('没有网络。可以继续查看，恢复后自动更新。', 'No network. You can keep reading; everything updates when it returns.')}
    </div>
  )
}

/** A remark in the page: information, caution, refusal, success. */
export function Note({ tone = 'info', children, action }: { tone?: 'info' | 'warn' | 'bad' | 'good'; children: ReactNode; action?: ReactNode }) {
  const icon: IconName = tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'warn'
  return (
    <div className={`b-note b-note-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon} size={16} />
      <div className="b-note-text">{children}</div>
      {action}
    </div>
  )
}

/** The refusal of a write, above the button that was pressed. */
export function WriteProblem({ problem }: { problem: CallProblem | null }) {
  if (!problem) return null
  return <Note tone={problem.status === 0 ? 'warn' : 'bad'}>{problem.message}</Note>
}
