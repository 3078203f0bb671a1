/** Drills of this institution: make one, go in, delete it. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { end, enter, mine, open } from '#slices/drills/contract.ts'
import { Button, Choices, Field, Form } from '#ui/controls.tsx'
import { queryClient, useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { count, dateTime } from '#ui/format.ts'
import { Page, Panel, Stack } from '#ui/page.tsx'
import { EmptyState, NoPermission, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { DrillTag } from '#ui/tags.tsx'
import { read, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { drillMorning, sizes, type Size } from './build-drill.ts'
import './first-run.css'

/** The page is loaded anew: everybody and everything is another from here on. */
export function goInto(address: string): void {
  queryClient.clear()
  location.assign(address)
}

export const sizeOptions = () =>
  (Object.keys(sizes) as Size[]).map((value) => ({
    value, label: { small: t('小（{n} 名学生）', 'Small ({n} students)', { n: count(sizes.small.students) }), middle: t('中（{n} 名学生）', 'Middle ({n} students)', { n: count(sizes.middle.students) }), large: t('大（{n} 名学生）', 'Large ({n} students)', { n: count(sizes.large.students) }) }[value],
    note: { small: t('约半分钟', 'about 30 s'), middle: t('约两分钟', 'about 2 min'), large: t('约五分钟', 'about 5 min') }[value],
  }))

export function DrillsPage() {
  const { can, me } = useMe()
  const [size, setSize] = useState<Size>('small')
  const [ending, setEnding] = useState<{ institutionId: string; code: string; name: string } | null>(null)
  const [institutionId] = useState(newId)
  const drills = useRead(mine, {}, { topics: ['drills'], enabled: can('drill.manage') && me?.institution.drill === false })
  const opening = useWrite(open, { onDone: () => goInto(`/drill?build=${size}`) })
  const entering = useWrite(enter, { onDone: () => goInto('/drill') })
  const wiping = useWrite(end, { onDone: () => setEnding(null) })
  if (!can('drill.manage')) return <Page title={t('演练', 'Drills')}><NoPermission /></Page>
  if (me?.institution.drill) return <Page title={t('演练', 'Drills')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}><Panel><EmptyState title={t('您正在一次演练里', 'You are in a drill')} action={<Button to="/drill">{t('演练导览', 'Guide to the drill')}</Button>} /></Panel></Page>
  const many = (drills.data?.drills.length ?? 0) >= (drills.data?.most ?? 3)
  const begin = () => void opening.run({ institutionId, code: `drill-${institutionId.slice(-6)}`, name: t('{name}（演练）', '{name} (drill)', { name: me?.institution.name ?? '' }), vocabulary: me?.institution.vocabulary ?? 'cn-university', startsAt: drillMorning().toISOString() })
  return (
    <Page
      title={t('演练', 'Drills')}
      lead={t('一座虚拟校园：虚拟人员、真实流程。单独的单位、单独的时钟，与正式数据互不可见；用完整体删除，不留痕迹。', 'A synthetic campus: made-up people, the real process. An institution and a clock of its own; neither sees the other, and it is deleted as a whole.')}
      breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}
    >
      <Panel title={t('开一个演练校园', 'Make a drill campus')}>
        <Form>
          <Field label={t('规模', 'Size')}>
            <Choices value={size} onChange={setSize} options={sizeOptions()} />
          </Field>
          <Note>{t('会生成学院、班级、宿舍、党支部和任职人，签发一份示例通知，再让大家填报一天。生成后可以换成值班员、书记、辅导员、学生等身份去看。', 'Makes colleges, classes, dormitories, branches and holders of offices, issues a sample notice and lets everybody answer for a day. Then go in as duty officer, secretary, counsellor, student and others.')}</Note>
          <WriteProblem problem={opening.problem} />
          <Stack row>
            <Button look="primary" busy={opening.busy} disabled={many} hint={many ? t('最多保留 {n} 个，请先删除一个', 'At most {n} are kept; delete one first', { n: drills.data?.most ?? 3 }) : ''} onClick={begin}>{t('生成并进入', 'Make it and go in')}</Button>
          </Stack>
        </Form>
      </Panel>
      <Ready read={drills} rows={2} empty={{ when: (data) => data.drills.length === 0, show: null }}>
        {(data) => (
          <Panel flush title={t('现有演练', 'Drills there are')}>
            {data.drills.map((drill) => (
              <div key={drill.institutionId} className="fr-preset">
                <div>
                  <b>{read(drill.name)}</b> <DrillTag />
                  <p className="b-muted">{[t('{n} 人', '{n} {n:person|people}', { n: count(drill.people) }), t('开设于 {when}', 'made {when}', { when: dateTime(drill.openedAt) }), drill.code].join(' · ')}</p>
                </div>
                <Stack row gap={8}>
                  <Button busy={entering.busy} onClick={() => void entering.run({ institutionId: drill.institutionId })}>{t('进入', 'Go in')}</Button>
                  <Button onClick={() => setEnding(drill)}>{t('删除…', 'Delete…')}</Button>
                </Stack>
              </div>
            ))}
          </Panel>
        )}
      </Ready>
      <WriteProblem problem={entering.problem} />
      <Confirm open={ending !== null} danger title={t('删除“{name}”？', 'Delete “{name}”?', { name: ending ? read(ending.name) : '' })} action={t('删除', 'Delete')} busy={wiping.busy} problem={wiping.problem} onClose={() => setEnding(null)} onConfirm={() => ending && void wiping.run({ institutionId: ending.institutionId, code: ending.code })}>
        <p>{t('其中的虚拟人员、通知、填报和记录全部清除，不能恢复。正式数据不受影响。', 'Its made-up people, notices, answers and records are all erased and cannot come back. Real data are untouched.')}</p>
      </Confirm>
    </Page>
  )
}
