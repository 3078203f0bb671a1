/** How this phone is told that something waits: push where the browser can, otherwise mail; the hours of the night are quiet. */
import { useState } from 'react'
import { CallProblem } from '#kernel/client.ts'
import { asProblem, useRead, useWrite } from '#ui/data.ts'
import { relative } from '#ui/format.ts'
import { BigButton, Card, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { YesNo } from '#ui/pocket/fields.tsx'
import { Row, Rows } from '#ui/pocket/rows.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { disconnectDevice, mine, setPreference, testMine } from '../contract.ts'
import { usualQuiet } from '../rules.ts'
import { connectHere, disconnectHere } from './device.ts'

class Refused extends Error {}

type Can = 'yes' | 'denied' | 'install-first' | 'no'

/** What this browser is able to do, found out by trying its parts; WeCom's and DingTalk's own have none of them. */
function canPush(): Can {
  const parts = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
  if (!parts) return /iPhone|iPad/.test(navigator.userAgent) && !/MicroMessenger|wxwork|DingTalk/i.test(navigator.userAgent) && !matchMedia('(display-mode: standalone)').matches ? 'install-first' : 'no'
  return Notification.permission === 'denied' ? 'denied' : 'yes'
}

/** A row of Me; the rest opens from it. */
export function NotifyCard() {
  const read = useRead(mine, {}, { topics: ['messages'] })
  const [open, setOpen] = useState(false)
  const here = read.data?.devices.some((one) => one.here) ?? false
  const mail = read.data && read.data.mail.on && read.data.mail.address !== null && read.data.preference.mail
  return (
    <>
      <Card
        icon="bell" title={t('提醒', 'Notifications')} onPress={() => setOpen(true)}
        text={here ? t('有新事项时，这台手机会收到通知', 'This phone is told when something waits') : mail ? t('有新事项时发邮件到 {where}', 'Mail goes to {where} when something waits', { where: read.data?.mail.address ?? '' }) : t('未开启，打开后会通知到手机', 'Off: turn it on to be told')}
      />
      <Sheet open={open} title={t('提醒', 'Notifications')} onClose={() => setOpen(false)}>
        {open && (read.data ? <Notify data={read.data} /> : read.problem ? <Note tone="warn">{read.problem.message}</Note> : <Skeleton cards={1} />)}
      </Sheet>
    </>
  )
}

function Notify({ data }: { data: NonNullable<ReturnType<typeof useRead<typeof mine>>['data']> }) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const device = data.devices.find((one) => one.here)
  const can = canPush()
  const save = useWrite(setPreference, { topics: ['messages'] })
  const forget = useWrite(disconnectDevice, { topics: ['messages'] })
  const test = useWrite(testMine, { onDone: (answer) => toast(answer.drill ? t('演练中不向外发送', 'A drill sends nothing outside') : answer.channel === 'none' ? t('现在没有能送达您的方式', 'There is no way to reach you yet') : t('已发出，请留意', 'Sent; look out for it'), { tone: answer.channel === 'none' ? 'bad' : 'good' }) })
  const turnOn = async () => {
    setBusy(true)
    setProblem(null)
    try {
      if ((await Notification.requestPermission()) !== 'granted') throw new Refused(t('浏览器没有允许通知。', 'The browser did not allow notifications.'))
      await connectHere()
      toast(t('已开启', 'Turned on'), { tone: 'good' })
    } catch (error) {
      // Ours says why; the browser's own is for its makers: mostly its push service is not reached.
      setProblem(error instanceof CallProblem || error instanceof Refused ? error.message : data.mail.on && data.mail.address && data.preference.mail ? t('这台手机现在连不上推送服务，会改用邮件提醒您。', 'This phone cannot reach its push service now; you are told by mail instead.') : t('这台手机现在连不上推送服务。请常打开本页看看，或稍后再试。', 'This phone cannot reach its push service now. Open this page now and then, or try again later.'))
    }
    setBusy(false)
  }
  const turnOff = async (deviceId: string) => {
    setBusy(true)
    setProblem(null)
    try {
      await (deviceId === device?.deviceId ? disconnectHere(deviceId) : forget.run({ deviceId }))
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }
  const others = data.devices.filter((one) => !one.here)
  const { quiet } = data.preference
  return (
    <Stack>
      {data.drill && <Note>{t('演练中不向外发送。', 'A drill sends nothing outside.')}</Note>}
      {device ? (
        <>
          <Note tone="good">{t('这台手机（{name}）会收到通知。', 'This phone ({name}) is told.', { name: device.name })}</Note>
          <BigButton look="plain" busy={test.busy} onPress={() => void test.run({})}>{t('发一条试试', 'Send a test')}</BigButton>
          <BigButton look="plain" busy={busy} onPress={() => void turnOff(device.deviceId)}>{t('这台手机不再提醒', 'No more on this phone')}</BigButton>
        </>
      ) : can === 'yes' ? (
        <BigButton icon="bell" busy={busy} onPress={() => void turnOn()}>{t('在这台手机上提醒我', 'Tell me on this phone')}</BigButton>
      ) : (
        <Note tone="info">
          {can === 'denied' && t('浏览器里已经禁止本站通知。要打开：浏览器设置 → 网站设置 → 通知 → 允许。', 'The browser forbids notifications of this site. To allow them: browser settings, site settings, notifications.')}
          {can === 'install-first' && t('苹果手机要先“添加到主屏幕”，从主屏幕打开后才能接收通知。', 'On an iPhone first add this to the home screen; opened from there it can be told.')}
          {can === 'no' && t('在企业微信、钉钉或这个浏览器里打开时，手机不能直接接收通知；会改用邮件和工作群提醒您。', 'Inside WeCom, DingTalk or this browser a phone cannot be told directly; mail and the working group are used instead.')}
        </Note>
      )}
      {problem && <Note tone="bad">{problem}</Note>}
      <WriteProblem problem={forget.problem ?? test.problem ?? save.problem} />
      {data.mail.on && data.mail.address && <YesNo label={t('手机收不到时，发邮件到 {where}', 'Mail to {where} where the phone is not told', { where: data.mail.address })} value={data.preference.mail} onChange={(mail) => void save.run({ ...data.preference, mail: mail ?? false })} yes={t('发', 'Yes')} no={t('不发', 'No')} />}
      <YesNo
        label={quiet ? t('{from} 点到次日 {to} 点不打扰（紧急除外）', 'Quiet from {from}:00 to {to}:00, but for what is urgent', { from: quiet.from, to: quiet.to }) : t('夜间不打扰（紧急除外）', 'Quiet at night, but for what is urgent')}
        value={quiet !== null} onChange={(on) => void save.run({ ...data.preference, quiet: on ? (quiet ?? usualQuiet) : null })} yes={t('不打扰', 'Quiet')} no={t('照常提醒', 'At any hour')}
      />
      {others.length > 0 && (
        <Rows label={t('其他设备', 'Other devices')}>
          {others.map((one) => (
            <Row key={one.deviceId} title={one.name} text={one.toldAt ? t('最近一次提醒：{when}', 'Last told: {when}', { when: relative(one.toldAt) }) : t('{when}开启', 'Turned on {when}', { when: relative(one.madeAt) })} end={<button type="button" className="p-small" disabled={busy || forget.busy} onClick={() => void turnOff(one.deviceId)}>{t('不再提醒', 'No more')}</button>} />
          ))}
        </Rows>
      )}
    </Stack>
  )
}
