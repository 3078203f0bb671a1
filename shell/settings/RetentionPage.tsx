/** What is kept how long, when it dies, who decides; and what cannot be set, with the reason. */
import { ErasedResponses, ErasureRulePanel } from '#slices/responses/web/erasure-rule.tsx'
import { Page, Panel } from '#ui/page.tsx'
import { Note } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { t } from '#ui/words.ts'
import '../first-run/first-run.css'

export function RetentionPage() {
  const rows: { what: string; how: string; why: string; fixed: boolean }[] = [
    { what: t('人员现状（最近一次）', 'The latest that is known'), how: t('过了有效期即标为过期，不再据此判断', 'Marked out of date when it is no longer fresh, and not judged by any more'), why: t('有效期在“信息项”里逐项设定', 'How long each stays fresh is set under “Attributes”'), fixed: false },
    { what: t('导入的名册文件', 'Roster files'), how: t('导入完成即删除；未完成的 30 天后删除', 'Deleted when applied; unfinished ones after 30 days'), why: t('名册不存两份', 'A roster is not kept twice'), fixed: true },
    { what: t('退回的行', 'Rows given back'), how: t('30 天', '30 days'), why: t('改好再导所需的时间；回执上的人数一直保留', 'Time to mend and import again; the counts of the receipt stay'), fixed: true },
    { what: t('操作记录、查看记录', 'The log of acts and looks'), how: t('一直保留', 'Kept'), why: t('是证据：应用没有修改或删除它的权限', 'They are evidence: the application may neither change nor delete them'), fixed: true },
    { what: t('通知、任务、专报', 'Notices, duties, briefs'), how: t('一直保留', 'Kept'), why: t('公文档案；响应的个人明细擦除时，名单、佐证和现场文字一并删去', 'Official records; names, evidence and words from the field go when the response is erased'), fixed: true },
    { what: t('演练', 'Drills'), how: t('由您删除，整体清除', 'Deleted by you, as a whole'), why: t('全部为虚构数据', 'All of it is made up'), fixed: false },
  ]
  return (
    <Page title={t('保留与删除', 'Keeping and erasing')} lead={t('什么留多久、何时删、由谁决定。', 'What is kept how long, when it dies, who decides.')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}>
      <ErasureRulePanel />
      <ErasedResponses />
      <Panel flush title={t('其他', 'Other things')}>
        <div className="fr-presets">
          {rows.map((row) => (
            <div key={row.what} className="fr-preset">
              <div>
                <b>{row.what}</b>
                <p>{row.how}</p>
                <p className="b-muted">{row.why}</p>
              </div>
              <Tag tone={row.fixed ? 'muted' : 'accent'}>{row.fixed ? t('固定', 'Fixed') : t('可定', 'Can be decided')}</Tag>
            </div>
          ))}
        </div>
      </Panel>
      <Note>{t('每个人可以在“我的数据”里看到存了自己的什么、谁看过、何时删除。', 'Everybody sees under “My data” what is held of them, who looked, and until when.')}</Note>
    </Page>
  )
}
