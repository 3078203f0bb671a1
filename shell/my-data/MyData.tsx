/** My data, at the desk: what is held about me, from where, who looked and why, until when. */
import { Fragment } from 'react'
import type { Output } from '#kernel/contract.ts'
import { person, type me } from '#slices/directory/contract.ts'
import { DevicesPanel } from '#slices/directory/web/devices-panel.tsx'
import { MyCases } from '#slices/health/web/cards.tsx'
import { ToldPanel } from '#slices/messages/web/told-panel.tsx'
import { useAreas } from '#ui/areas.ts'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { count, date, dateTime, relative, spaced } from '#ui/format.ts'
import { Details, Page, Panel, Split, Stack } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, say, t } from '#ui/words.ts'
import { myData } from '#slices/facts/contract.ts'
import { sourceName } from '#slices/facts/web/cards.tsx'
import { erasureLines, erasureNote } from '#slices/facts/web/erasure-words.ts'
import { purposeName } from '#slices/facts/web/purposes.ts'
import { Looker } from './looker.tsx'
import { valueWords } from '#slices/facts/web/values.ts'
import './my-data.css'

type Mine = Output<typeof myData>

export function MyDataPage() {
  const session = useSession<Output<typeof me>>()
  const read = useRead(myData, {}, { topics: ['my-data'] })
  const self = useRead(person, { personId: session.me?.person.personId ?? '' }, { enabled: session.me !== undefined })
  const treeName = (key: string | undefined) => { const tree = session.me?.trees.find((one) => one.key === key); return tree && say(tree.name) }
  const { areas } = useAreas(read.data?.attributes.some((one) => one.type === 'area') ?? false)
  return (
    <Page title={t('我的数据', 'My data')} lead={t('存了什么、来自哪里、谁看过、为什么、何时删除。只有您自己能看到这一页。', 'What is held, from where, who looked and why, until when. Only you can see this page.')} breadcrumb={[{ label: t('我的账户', 'My account'), to: '/account' }]}>
      <Ready read={read}>
        {(data) => (
          <Split side={<><Looks looks={data.looks} /><ToldPanel /><DevicesPanel /></>}>
            <Panel title={t('名册里的我', 'Me in the roster')} note={t('来自学校名册；有误请找责任人或管理员', 'From the roster of the school; where it is wrong, ask whoever answers for you')}>
              <Ready read={self} rows={3}>
                {(mine) => (
                  <Details
                    items={[
                      { label: t('姓名', 'Name'), value: <span translate="no">{mine.person.name}</span> }, { label: t('学工号', 'Number'), value: <span className="num">{mine.person.number}</span> },
                      ...mine.units.map((path) => ({ label: treeName(path[0]?.tree) ?? t('所在组织', 'Unit'), value: path.slice(1).map((unit) => inScript(unit.name)).join(' / ') || inScript(path[0]?.name ?? '') })),
                      mine.phone ? { label: t('电话', 'Telephone'), value: <span className="num">{spaced(mine.phone)}</span> } : null, mine.email ? { label: t('邮箱', 'E-mail'), value: mine.email } : null,
                      mine.grade ? { label: t('年级', 'Grade'), value: mine.grade } : null, mine.major ? { label: t('专业', 'Major'), value: inScript(mine.major) } : null,
                    ]}
                  />
                )}
              </Ready>
            </Panel>
            <Panel flush title={t('填报和登记', 'Answers and records')} note={t('最近的在前', 'Newest first')}>
              {data.facts.length === 0 && <EmptyState icon="file" title={t('除名册外，没有您的任何信息', 'Nothing beyond the roster')}>{t('只有启用的措施需要、而又不知道时，才会问您。', 'You are asked only what a measure needs and nobody knows yet.')}</EmptyState>}
              {data.attributes.filter((attribute) => data.facts.some((fact) => fact.attribute === attribute.key)).map((attribute) => {
                const facts = data.facts.filter((fact) => fact.attribute === attribute.key)
                return (
                  <section key={attribute.key} className="f-kind">
                    <header><h3>{say(attribute.label)}</h3><p className="b-muted">{say(attribute.purpose)}</p></header>
                    <dl>
                      {facts.slice(0, 6).map((fact) => (
                        <Fragment key={fact.factId}>
                          <dt>{valueWords(attribute, fact.value, areas)} {fact.fresh && <Tag tone="good">{t('现行', 'current')}</Tag>}</dt>
                          <dd className="b-muted">{[fact.source === 'proxy' && fact.recordedBy ? t('{who}代填', 'by {who} for you', { who: fact.recordedBy }) : sourceName(fact.source), dateTime(fact.observedAt), fact.freshUntil && t('有效至 {when}', 'holds until {when}', { when: dateTime(fact.freshUntil) })].filter(Boolean).join(' · ')}</dd>
                        </Fragment>
                      ))}
                    </dl>
                    {facts.length > 6 && <p className="b-muted">{t('另有更早的 {n} 条', 'and {n} earlier ones', { n: count(facts.length - 6) })}</p>}
                  </section>
                )
              })}
            </Panel>
            <MyCases />
            <Panel title={t('何时擦除', 'Until when')}>
              <Stack gap={8}>
                {erasureLines(data).map((one) => (
                  <div key={one.title}>
                    <b>{one.title}</b>
                    <p className="num">{one.text}</p>
                  </div>
                ))}
                <p className="b-muted">{erasureNote(data)}</p>
              </Stack>
            </Panel>
            <Panel title={t('谁对我负责', 'Who answers for me')} note={t('对内容有疑问，先找他们', 'Ask them first about anything here')}>
              {data.owners.length === 0 ? <p className="b-muted">{t('目前没有人。', 'Nobody at present.')}</p> : <Stack gap={8}>{data.owners.map((owner) => <PersonName key={owner.person.personId + owner.unit.unitId} name={owner.person.name} note={`${inScript(owner.unit.name)} ${officeTitle(owner.officeTitle)}`} phone={owner.phone} />)}</Stack>}
            </Panel>
            <Note action={<Button size="small" onClick={() => location.assign('/m/me/data')}>{t('到手机页更正', 'Correct on the phone page')}</Button>}>{t('本人填报的内容可以更正；更正后，旧的一条仍留在历次记录里。', 'What you answered yourself can be corrected; the earlier answer stays in the history.')}</Note>
          </Split>
        )}
      </Ready>
    </Page>
  )
}

/** The same person for the same purpose on one day is one line. */
function Looks({ looks }: { looks: Mine['looks'] }) {
  const lines = [...Map.groupBy(looks, (look) => `${look.by}\n${look.purpose}\n${date(look.at)}`).values()].map((same) => ({ ...(same[0] as Mine['looks'][number]), times: same.length }))
  return (
    <Panel flush title={t('谁看过', 'Who looked')} note={t('最近 {n} 次', 'the last {n}', { n: count(looks.length) })}>
      {lines.length === 0 && <EmptyState title={t('还没有人查看过您的信息', 'Nobody has looked at your data yet')} />}
      <ul className="f-looks">
        {lines.slice(0, 60).map((look) => (
          <li key={`${look.by} ${look.at} ${look.purpose}`}>
            <b><Looker look={look} /></b>
            <span className="b-muted">{[purposeName(look.purpose), relative(look.at), look.times > 1 && t('{n} 次', '{n} {n:time|times}', { n: look.times })].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
