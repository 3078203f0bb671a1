/** Working groups and their robots: connect, test, change, remove. */
import { useState } from 'react'
import { Button, MenuButton } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { relative } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState, WriteProblem } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, say, t } from '#ui/words.ts'
import { removeRobot, testRobot } from '../contract.ts'
import { robotKindWords } from '../rules.ts'
import { services } from '../rules/robots.ts'
import { RobotForm, type Robot } from './robot-form.tsx'

export function RobotsPanel({ robots, whole, drill }: { robots: readonly Robot[]; whole: boolean; drill: boolean }) {
  const [form, setForm] = useState<Robot | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Robot | null>(null)
  const toast = useToast()
  const test = useWrite(testRobot, { onDone: () => toast(drill ? t('演练中不向外发送', 'A drill sends nothing outside') : t('测试消息已发出，结果很快显示在这里', 'The test is on its way; how it went shows here shortly')) })
  const remove = useWrite(removeRobot, {
    onDone: () => {
      setLeaving(null)
      toast(t('已移除', 'Removed'), { tone: 'good' })
    },
  })
  const add = (
    <Button icon="plus" onClick={() => setForm('new')}>
      {t('接入工作群', 'Connect a group')}
    </Button>
  )
  return (
    <Panel flush title={t('工作群', 'Working groups')} {...(whole ? {} : { note: t('本单位及下级', 'Of your unit and below') })} {...(robots.length ? { actions: add } : {})}>
      <WriteProblem problem={test.problem} />
      {robots.length === 0 && (
        <EmptyState icon="people" title={t('还没有接入工作群', 'No group is connected')} action={add}>
          {t('在企业微信、钉钉或飞书的群里添加机器人，把它的地址粘贴到这里。', 'Add a robot to a group of WeCom, DingTalk or Feishu, and paste its address here.')}
        </EmptyState>
      )}
      {robots.map((one) => (
        <div key={one.robotId} className="ms-robot">
          <div className="ms-robot-words">
            <span className="ms-robot-head">
              <b>{inScript(one.name)}</b>
              <Tag>{say(services[one.service])}</Tag>
              {!one.active && <Tag tone="muted">{t('已停用', 'Off')}</Tag>}
            </span>
            <span className="ms-line">
              {inScript(one.unit.name)} · {one.kinds.length ? one.kinds.map((kind) => say(robotKindWords[kind])).join(t('、', ', ')) : t('什么都不发', 'Nothing is sent')} · {t('地址尾号 {ending}', 'Address ending {ending}', { ending: one.ending })}
              {one.signed && ` · ${t('加签', 'Signed')}`}
            </span>
            <RobotState robot={one} />
          </div>
          <span className="b-actions">
            <Button size="small" busy={test.busy} onClick={() => void test.run({ robotId: one.robotId })}>
              {t('发测试', 'Test')}
            </Button>
            <Button size="small" onClick={() => setForm(one)}>
              {t('修改', 'Change')}
            </Button>
            <MenuButton look="quiet" icon="more" hint={t('“{name}”的更多操作', 'More on “{name}”', { name: one.name })} items={[{ label: t('移除', 'Remove'), danger: true, run: () => setLeaving(one) }]} />
          </span>
        </div>
      ))}
      {form && <RobotForm key={form === 'new' ? 'new' : form.robotId} {...(form === 'new' ? {} : { existing: form })} onClose={() => setForm(null)} />}
      <Confirm
        open={leaving !== null} danger title={t('移除“{name}”？', 'Remove “{name}”?', { name: leaving?.name ?? '' })} action={t('移除', 'Remove')} busy={remove.busy} problem={remove.problem}
        onConfirm={() => leaving && void remove.run({ robotId: leaving.robotId })} onClose={() => setLeaving(null)}
      >
        {t('这个群不再收到消息。群里的机器人不受影响，可再次接入。', 'The group gets no more messages. The robot in the group stays and can be connected again.')}
      </Confirm>
    </Panel>
  )
}

/** How the last one went, in words that say what to do. */
function RobotState({ robot }: { robot: Robot }) {
  if (robot.problem && robot.problemAt)
    return (
      <span className="ms-line ms-bad">
        {say(robot.problem)} <span className="b-muted">{relative(robot.problemAt)}</span>
      </span>
    )
  if (robot.waiting > 0) return <span className="ms-line">{t('{n} 条等待发送', '{n} wait to be sent', { n: robot.waiting })}</span>
  if (robot.toldAt) return <span className="ms-line">{t('最近一次送达：{when}', 'Last arrived: {when}', { when: relative(robot.toldAt) })}</span>
  return <span className="ms-line">{t('还没有发过，可先发一条测试。', 'Nothing sent yet; send a test first.')}</span>
}
