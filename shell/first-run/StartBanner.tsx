/** On the Situation, as long as nothing was ever issued: how far the setting up is, and the way on. */
import { Button } from '#ui/controls.tsx'
import { Panel, Stack } from '#ui/page.tsx'
import { t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { useWay } from './reads.ts'
import { doneOf, nextStep } from './steps.ts'

export function StartBanner() {
  const { can } = useMe()
  const mine = can('directory.manage')
  const { known, steps } = useWay(mine)
  if (!mine || !known || known.notices.issued > 0 || nextStep(steps) === null) return null
  const people = known.setup.people.student + known.setup.people.staff > 1
  return (
    <Panel title={people ? t('还差几步就能签发第一份通知', 'A few steps to the first notice') : t('从这里开始', 'Begin here')} note={t('已完成 {done} / {all} 步', '{done} of {all} {all:step|steps} done', { done: doneOf(steps), all: steps.length })}>
      <Stack row align="between">
        <span>{people ? t('启用向导里能看到每一步的实际情况。', 'The way in shows what is there and what is left.') : t('系统还是空的：先导入名册，再签发第一份通知；也可以先在演练校园里走一遍。', 'The system is empty: bring in a roster, then issue the first notice; or walk through a drill campus first.')}</span>
        <Stack row gap={8}>
          {!people && can('drill.manage') && <Button to="/settings/drills">{t('先试演练校园', 'Try a drill first')}</Button>}
          <Button look="primary" to="/start">{people ? t('接着启用', 'Go on') : t('开始启用', 'Begin')}</Button>
        </Stack>
      </Stack>
    </Panel>
  )
}
