/** Where I am signed in, at the desk: a lost phone is signed out from here. */
import { Button } from '#ui/controls.tsx'
import { Confirm } from '#ui/feedback.tsx'
import { relative } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import { deviceWords } from './device-words.ts'
import { useDevices } from './use-devices.ts'
import './directory.css'

export function DevicesPanel() {
  const { read, leaving, setLeaving, ending } = useDevices()
  return (
    <Panel flush title={t('登录着的设备', 'Signed-in devices')} note={t('手机丢了，先在这里退出', 'Where a phone is lost, sign it out here first')}>
      <Ready read={read} rows={2}>
        {({ sessions }) =>
          sessions.map((one) => (
            <div key={one.sessionId} className="d-owner d-device">
              <span>
                <b>{deviceWords(one)}</b> <span className="d-path">{t('{when}登录', 'signed in {when}', { when: relative(one.since) })}</span>
              </span>
              {one.here ? <Tag tone="good">{t('这台', 'this one')}</Tag> : <Button size="small" onClick={() => setLeaving(one)}>{t('退出', 'Sign out')}</Button>}
            </div>
          ))
        }
      </Ready>
      <Confirm
        open={leaving !== null} title={t('让这台设备退出登录', 'Sign this device out')} action={t('退出', 'Sign out')} danger busy={ending.busy} problem={ending.problem} onClose={() => setLeaving(null)}
        onConfirm={() => leaving && void ending.run({ sessionId: leaving.sessionId })}
      >
        {leaving && <p><b>{deviceWords(leaving)}</b> · {t('{when}登录', 'signed in {when}', { when: relative(leaving.since) })}</p>}
        <p className="b-muted">{t('立即失效，也不再收到提醒；它记住的内容在下次联网打开时清除。若怀疑密码也泄露了，请同时修改密码。', 'At once; it is told nothing any more, and what it remembers is wiped the next time it opens with a network. Where the password may be known too, change it as well.')}</p>
      </Confirm>
    </Panel>
  )
}
