/** The budget of burden: how much of a person's day all measures together may take, and how much they take now. */
import { loads } from '#slices/measures/contract.ts'
import { useRead } from '#ui/data.ts'
import { count } from '#ui/format.ts'
import { Figure } from '#ui/figures.tsx'
import { Grid, Page, Panel, RowLink } from '#ui/page.tsx'
import { Note, Ready } from '#ui/states.tsx'
import { t } from '#ui/words.ts'

export function BurdenPage() {
  const read = useRead(loads, {}, { topics: ['measures', 'coverage'] })
  return (
    <Page title={t('负担上限', 'Budget of burden')} lead={t('全部措施合计，每人每天最多占用多少时间。超出的措施必须有人署名担责才能启用。', 'What all measures together may take of a person’s day. What goes beyond needs somebody who answers for it by name.')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}>
      <Ready read={read}>
        {(data) => (
          <>
            <Grid min={220}>
              <Figure label={t('上限，每人每天', 'Budget, a person and day')} value={data.budgetSeconds} unit={t('秒', 's')} />
              <Figure label={t('现在最多的一人', 'The most anybody has now')} value={Math.round(data.most.worst)} unit={t('秒', 's')} tone={data.most.worst > data.budgetSeconds ? 'bad' : 'plain'} />
              <Figure label={t('超出上限的人', 'People over it')} value={data.most.over} unit={t('人', 'people')} tone={data.most.over > 0 ? 'bad' : 'good'} />
              <Figure label={t('全体每天合计', 'Everybody together, a day')} value={data.hoursPerDay < 10 ? Math.round(data.hoursPerDay * 60) : data.hoursPerDay} unit={data.hoursPerDay < 10 ? t('分钟', 'min') : t('小时', 'h')} />
            </Grid>
            <Panel flush title={t('哪些措施占用', 'What takes it')}>
              <RowLink to="/measures" title={t('到“措施”页看每项措施和每一级的要求', 'See each measure and each level’s demands')} text={t('{n} 项措施在问 {people} 人', '{n} {n:measure asks|measures ask} {people} {people:person|people}', { n: data.each.length, people: count(data.most.people) })} />
            </Panel>
            <Note>{t('上限 {n} 秒是系统规定，不能在这里调高：调高它，就没有人再为多问负责。确有必要时，可由书记、院长、部门负责人或指挥部署名担责，启用单项措施；姓名和理由公开显示。', 'The budget of {n} s is given and cannot be raised here: raised, nobody would answer for asking more. Where it must be, a leader answers for a single measure by name; name and reason are shown.', { n: data.budgetSeconds })}</Note>
          </>
        )}
      </Ready>
    </Page>
  )
}
