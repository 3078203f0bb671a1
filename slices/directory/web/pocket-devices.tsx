/** Where I am signed in, so that a lost phone can be signed out from another. */
import { relative } from '#ui/format.ts'
import { Badge, BigButton, SectionTitle, Skeleton } from '#ui/pocket/parts.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { deviceWords } from './device-words.ts'
import { useDevices } from './use-devices.ts'

export function Devices() {
  const { read, leaving, setLeaving, ending } = useDevices()
  return (
    <>
      <SectionTitle>{t('登录着的设备', 'Signed-in devices')}</SectionTitle>
      {!read.data && (read.problem ? <Note tone="warn">{read.problem.message}</Note> : <Skeleton cards={1} />)}
      {read.data && (
        <Rows>
          {read.data.sessions.map((one) => (
            <Row
              key={one.sessionId} title={deviceWords(one)} text={<span>{t('{when}登录', 'signed in {when}', { when: relative(one.since) })}</span>}
              end={one.here ? <Badge tone="good">{t('这台', 'this one')}</Badge> : <button type="button" className="p-small" aria-label={t('让 {device} 退出登录', 'Sign {device} out', { device: deviceWords(one) })} onClick={() => setLeaving(one)}>{t('退出', 'Sign out')}</button>}
            />
          ))}
        </Rows>
      )}
      <Sheet
        open={leaving !== null} title={t('让这台设备退出登录', 'Sign this device out')} onClose={() => setLeaving(null)}
        foot={
          <>
            <WriteProblem problem={ending.problem} />
            <BigButton look="danger" busy={ending.busy} onPress={() => leaving && void ending.run({ sessionId: leaving.sessionId })}>
              {t('退出', 'Sign out')}
            </BigButton>
          </>
        }
      >
        {leaving && (
          <>
            <p><b>{deviceWords(leaving)}</b> · {t('{when}登录', 'signed in {when}', { when: relative(leaving.since) })}</p>
            <p className="p-about" style={{ marginTop: 8 }}>{t('立即失效，也不再收到提醒；它记住的内容在下次联网打开时清除。若怀疑密码也泄露了，请在电脑上“我的账户”里修改密码。', 'At once; it is told nothing any more, and what it remembers is wiped the next time it opens with a network. Where the password may be known too, change it at a computer, under “My account”.')}</p>
          </>
        )}
      </Sheet>
    </>
  )
}
