/** How people are told that something waits: the ways there are, working groups and their robots, what was sent lately and what failed why. */
import { useMemo, type ReactNode } from 'react'
import type { Output } from '#kernel/contract.ts'
import { useRead } from '#ui/data.ts'
import { DataAge } from '#ui/figures.tsx'
import { count, dateTime, relative } from '#ui/format.ts'
import { Icon, type IconName } from '#ui/icons.tsx'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel } from '#ui/page.tsx'
import { EmptyState, Note, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { language, say, t, useLanguage } from '#ui/words.ts'
import { overview } from '../contract.ts'
import { kinds, type Kind } from '../rules.ts'
import { RobotsPanel } from './robots-panel.tsx'
import './messages.css'

type Overview = Output<typeof overview>
type Message = Overview['messages'][number]

export function MessagesPage() {
  const read = useRead(overview, {}, { topics: ['messages'] })
  return (
    <Page
      title={t('消息', 'Messages')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]}
      lead={t('有事等人办理时，怎样告诉他。一条消息只有标题、一行说明和链接，不带姓名和健康信息。', 'How people are told that something waits for them. A message is a title, a line and a link; it carries no names and nothing about health.')}
    >
      <Ready read={read}>
        {(data) => (
          <>
            {data.drill && <Note>{t('演练中不向外发送；这里记下的是“本应发给谁”。', 'A drill sends nothing outside; what is listed here would have been sent.')}</Note>}
            <Ways data={data} />
            <RobotsPanel robots={data.robots} whole={data.whole} drill={data.drill} />
            {data.whole && <Failures failures={data.failures} />}
            {data.whole && <Recent messages={data.messages} at={data.asOf} />}
          </>
        )}
      </Ready>
    </Page>
  )
}

function Way({ icon, title, state, action, children }: { icon: IconName; title: string; state: { tone: 'good' | 'warn' | 'muted'; text: string }; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="ms-way">
      <Icon name={icon} />
      <span className="ms-way-head">{title}<Tag tone={state.tone}>{state.text}</Tag></span>
      <p>{children}</p>
      {action}
    </div>
  )
}

function Ways({ data }: { data: Overview }) {
  const { push, mail, robots, address } = data
  const connected = robots.filter((one) => one.active).length
  return (
    <Panel flush title={t('渠道', 'Ways')}>
      <div className="ms-ways">
        <Way icon="bell" title={t('手机推送', 'Push')} state={push.devices ? { tone: 'good', text: t('{n} 台设备', '{n} {n:device|devices}', { n: count(push.devices) }) } : { tone: 'muted', text: t('还没有设备', 'No devices yet') }} action={<a className="b-link" href="/m/me">{t('我自己的提醒', 'How I am told')}</a>}>
          {push.devices ? t('{n} 人在手机页开启了提醒。', '{n} {n:person|people} {n:has|have} switched it on.', { n: count(push.people) }) : t('由各人在手机页“我的—提醒”中开启。', 'Everybody switches it on under Me, Notifications, on the phone page.')}
        </Way>
        <Way icon="people" title={t('工作群机器人', 'Working groups')} state={connected ? { tone: 'good', text: t('{n} 个', '{n}', { n: count(connected) }) } : { tone: 'muted', text: t('还没有接入', 'None yet') }}>
          {t('企业微信、钉钉、飞书的群。只发本单位的事：新任务、超期、未联系上的人数、响应级别。', 'Groups of WeCom, DingTalk, Feishu. Only things of the unit: new and overdue duties, how many are not reached, the level.')}
        </Way>
        <Way icon="outbox" title={t('邮件', 'Mail')} state={mail.on ? { tone: 'good', text: t('已配置', 'Set up') } : { tone: 'warn', text: t('未配置', 'Not set up') }} action={!address && <p>{t('链接地址未设置（BULWARK_ADDRESS），邮件和群消息里没有链接。', 'The address of links is not set (BULWARK_ADDRESS): mails and groups come without.')}</p>}>
          {mail.on ? t('没有开启推送的人，发到名册中的邮箱；每人每小时最多一封，紧急除外。发件人 {from}。', 'To the address in the roster where push is off; at most one an hour, but for what is urgent. From {from}.', { from: mail.from ?? '' }) : t('由服务器管理员设置 BULWARK_SMTP_URL 和 BULWARK_MAIL_FROM。', 'The operator of the server sets BULWARK_SMTP_URL and BULWARK_MAIL_FROM.')}
        </Way>
      </div>
    </Panel>
  )
}

const channelName = (channel: 'push' | 'mail' | 'robot') => ({ push: t('推送', 'Push'), mail: t('邮件', 'Mail'), robot: t('工作群', 'Group') })[channel]

function Failures({ failures }: { failures: Overview['failures'] }) {
  if (!failures.length) return null
  return (
    <Panel flush title={t('没有送到的', 'What did not arrive')} note={t('近 7 天', 'Last 7 days')}>
      {failures.map((one) => (
        <div key={`${one.channel} ${one.problem.zh}`} className="ms-failure">
          <Tag tone="bad">{channelName(one.channel)}</Tag>
          <span className="ms-failure-words">{say(one.problem)}</span>
          <span className="b-muted num">{t('共 {n} 次，最近一次：{when}', '{n}×, last: {when}', { n: count(one.times), when: relative(one.lastAt) })}</span>
        </div>
      ))}
    </Panel>
  )
}

const kindName = (kind: string) => (kind in kinds ? say(kinds[kind as Kind]) : kind)

/** A number of recipients: nothing is quiet, what failed is not. */
function figure(key: 'told' | 'sent' | 'opened' | 'failed' | 'waiting' | 'none', title: string, width: number, bad = false): Column<Message> {
  return { key, title, value: (one) => one[key], align: 'end', width, cell: (one) => <span className={bad && one[key] > 0 ? 'num ms-bad' : one[key] === 0 ? 'num b-muted' : 'num'}>{count(one[key])}</span> }
}
const titleCell = (one: Message) => <span className="ms-row" title={`${say(one.title)} ${say(one.line)}`}><b>{say(one.title)}</b>{one.urgent && one.kind !== 'test' && <Tag tone="bad">{t('紧急', 'Urgent')}</Tag>}{one.drill > 0 && <Tag tone="muted">{t('未外发', 'Not sent out')}</Tag>}</span>
const timeCell = (one: Message) => <span className="num">{dateTime(one.madeAt)}</span>

function columnsOf(narrow: boolean): Column<Message>[] {
  const wide = (...columns: Column<Message>[]) => (narrow ? [] : columns)
  const width = narrow ? 56 : 70
  return [
    { key: 'title', title: t('消息', 'Message'), value: (one) => say(one.title), search: true, fixed: true, cell: titleCell },
    ...wide({ key: 'kind', title: t('类别', 'Kind'), value: (one) => kindName(one.kind), filter: true, width: language() === 'en' ? 168 : 104 }, { key: 'at', title: t('时间', 'When'), value: (one) => one.madeAt, width: 124, cell: timeCell }),
    figure('told', t('应达', 'Meant'), width), figure('sent', t('已送', 'Sent'), width), ...wide(figure('opened', t('点开', 'Opened'), width), figure('waiting', t('在途', 'Waiting'), width)), figure('failed', t('失败', 'Failed'), width, true), ...wide(figure('none', t('无渠道', 'No way'), width, true)),
  ]
}

function Recent({ messages, at }: { messages: readonly Message[]; at: string }) {
  const language = useLanguage()
  const narrow = useNarrow()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words change with the language
  const columns = useMemo(() => columnsOf(narrow), [language, narrow])
  return (
    <Panel flush title={t('最近的消息', 'Sent lately')} note={<DataAge at={at} />}>
      {messages.length === 0 ? <EmptyState icon="bell" title={t('还没有发过消息', 'Nothing has been sent yet')}>{t('签发通知、叫应、催办和求助时自动发出。', 'Issuing, calling, reminding and asking for help send by themselves.')}</EmptyState> : <DataTable name={narrow ? 'messages-narrow' : 'messages'} label={t('最近的消息', 'Sent lately')} rows={messages} rowKey={(one) => one.messageId} columns={columns} rowHeight={44} tone={(one) => (one.failed > 0 ? 'bad' : undefined)} />}
    </Panel>
  )
}
