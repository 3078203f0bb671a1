/** 启用: the way from an empty server to the first notice. Each step says what there is and what is left; anybody with the permission goes on where another stopped. */
import type { ReactNode } from 'react'
import type { Static } from 'typebox'
import { Button } from '#ui/controls.tsx'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { Page, Panel, RowLink, TextLink } from '#ui/page.tsx'
import { ErrorState, LoadingState, NoPermission, Note } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { say, t, useLanguage } from '#ui/words.ts'
import { roleName } from '#slices/directory/web/role-name.ts'
import type { TwoTongues } from '#slices/directory/contract.ts'
import { useMe } from '../session.tsx'
import { useWay } from './reads.ts'
import { doneOf, nextStep, type Known, type Step, type StepKey, type StepState } from './steps.ts'
import './first-run.css'

export function StartPage() {
  useLanguage()
  const { can, me } = useMe()
  const way = useWay()
  if (!can('directory.manage')) return <Page title={t('启用', 'Getting started')}><NoPermission /></Page>
  const { known, steps } = way
  const next = nextStep(steps)
  const done = doneOf(steps)
  return (
    <Page
      title={t('启用', 'Getting started')}
      lead={t('从空系统到第一份通知。每一步看到的都是现在的实际情况；随时可以离开，由任何有权限的人接着做。', 'From an empty system to the first notice. Every step shows what is really there now; leave when you like, and anybody with the permission goes on.')}
    >
      {!known && (way.setup.problem ? <ErrorState problem={way.setup.problem} retry={way.setup.retry} /> : <LoadingState rows={6} />)}
      {known && (
        <>
          <Panel flush>
            <div className="fr-progress">
              <b>{next === null ? t('已经就绪', 'All set') : t('已完成 {done} / {all} 步', '{done} of {all} {all:step|steps} done', { done, all: steps.length })}</b>
              <span className="fr-track" role="img" aria-label={t('已完成 {done} / {all} 步', '{done} of {all} {all:step|steps} done', { done, all: steps.length })}>
                {steps.map((step) => <span key={step.key} data-state={step.state} />)}
              </span>
            </div>
            <ol className="fr-steps">
              {steps.map((step, at) => <StepRow key={step.key} step={step} number={at + 1} next={step.key === next} known={known} />)}
            </ol>
          </Panel>
          <KeepersNote known={known} />
          {me && !me.institution.drill && can('drill.manage') && (
            <Panel flush>
              <RowLink to="/settings/drills" title={t('先试演练校园', 'Try a drill campus first')} text={t('一键生成虚拟校园：虚拟人员、一份通知、大家的填报；可以换身份进去看，用完即删。与正式数据完全隔开。', 'One press makes a synthetic campus with people, a notice and answers; go in as several people, delete it afterwards. Wholly apart from real data.')} />
            </Panel>
          )}
        </>
      )}
    </Page>
  )
}

function StepRow({ step, number, next, known }: { step: Step; number: number; next: boolean; known: Known }) {
  const { can } = useMe()
  const { title, why, has, acts, needs } = wordsOf(step, known)
  const may = needs === undefined || can(needs)
  return (
    <li className="fr-step" data-state={step.state} data-step={step.key} {...(next ? { 'aria-current': 'step' as const } : {})}>
      <span className="fr-sign" aria-hidden>
        {step.state === 'done' ? <Icon name="check" size={18} /> : <span className="num">{number}</span>}
      </span>
      <div className="fr-words">
        <h2>
          {title} <StateTag state={step.state} />
        </h2>
        <p className="b-muted">{why}</p>
        {has && <p className="fr-has">{has}</p>}
      </div>
      <div className="fr-acts">
        {step.state === 'later' ? null : may ? acts(next) : <span className="b-muted">{needs === 'account.manage' ? t('由系统管理员办理', 'For an administrator') : t('由值班员办理', 'For the duty officer')}</span>}
      </div>
    </li>
  )
}

function StateTag({ state }: { state: StepState }) {
  if (state === 'done') return <Tag tone="good">{t('已备好', 'Ready')}</Tag>
  if (state === 'rest') return <Tag>{t('可先往下做', 'Go on meanwhile')}</Tag>
  if (state === 'part') return <Tag tone="warn">{t('未完', 'Begun')}</Tag>
  if (state === 'later') return <Tag tone="muted">{t('需先完成前面', 'After the ones before')}</Tag>
  return null
}

interface Words {
  title: string
  why: string
  has: ReactNode
  needs?: string
  acts: (next: boolean) => ReactNode
}

const list = (parts: readonly (string | false | null)[]) => parts.filter(Boolean).join(t('，', ', '))

function wordsOf({ key, state }: Step, known: Known): Words {
  const { setup: has, responses, measures, notices } = known
  const look = (next: boolean) => (next ? ('primary' as const) : ('plain' as const))
  const { people } = has
  const waiting = has.waiting[0]
  const words: Record<StepKey, Words> = {
    institution: {
      title: t('单位', 'Institution'), why: t('名称、时区、默认语言。', 'Name, time zone, usual language.'), has: null, needs: 'directory.manage',
      acts: () => <Button to="/settings/institution">{t('查看', 'Look')}</Button>,
    },
    words: {
      title: t('用语', 'Words'), why: t('组织类型、职务、人员身份在本单位怎么叫。已按所选用语备好，名册据此认职务。', 'What units, offices and kinds of people are called here. Ready-made; rosters are read by it.'),
      has: has.wordsChanged > 0 && t('已改 {n} 处', '{n} changed', { n: has.wordsChanged }), needs: 'directory.manage',
      acts: () => <Button to="/settings/vocabulary">{has.wordsChanged > 0 ? t('查看', 'Look') : t('按本单位习惯修改', 'Say it your way')}</Button>,
    },
    roster: {
      title: t('名册', 'Roster'), why: t('学生和教职工。先预览、再导入，疑点逐条说明；组织随名册自动建立。', 'Students and staff. Previewed, then applied, with every doubt explained; units come with it.'), needs: 'roster.import',
      has: list([
        people.student > 0 && t('学生 {n} 人', '{n} {n:student|students}', { n: count(people.student) }), people.staff + people.contractor > 1 && t('教职工 {n} 人', '{n} staff', { n: count(people.staff + people.contractor) }),
        ...has.units.filter((tree) => tree.units > 0).map((tree) => t('{tree} {n} 个组织', '{n} {n:unit|units} ({tree})', { tree: say(tree.name as Static<typeof TwoTongues>), n: count(tree.units) })),
        waiting ? t('“{name}”还没有导完', '“{name}” is not finished', { name: waiting.fileName }) : null,
      ]),
      acts: (next) => (
        <>
          {waiting && <Button look="primary" to={`/roster?import=${waiting.importId}`}>{t('接着导入', 'Go on with it')}</Button>}
          <Button look={waiting ? 'plain' : look(next)} to="/roster">{state === 'open' ? t('导入名册', 'Import a roster') : t('再导入', 'Import more')}</Button>
        </>
      ),
    },
    offices: {
      title: t('职务', 'Offices'), why: t('谁负责谁。名册里的职务列和辅导员列已整理成建议，确认后任命；还没有人负责的逐个列出。', 'Who answers for whom. Titles and counsellors of the roster are proposals; whoever has nobody is listed.'), needs: 'directory.manage',
      has: list([
        has.held > 2 && t('在任 {n} 个职务', '{n} {n:office|offices} held', { n: count(has.held) }), has.hints > 0 && t('{n} 条建议待确认', '{n} {n:proposal|proposals} to confirm', { n: count(has.hints) }),
        has.unanswered > 0 && t('{n} 人还没有人直接负责', '{n} {n:person|people} {n:has|have} nobody direct', { n: count(has.unanswered) }),
      ]),
      acts: (next) => <Button look={look(next)} to="/start/offices">{has.hints > 0 ? t('确认建议', 'Confirm proposals') : t('查看', 'Look')}</Button>,
    },
    accounts: {
      title: t('账号', 'Accounts'), why: t('给任职人发一次性邀请码，由本人设置密码。至少两人能登录，一人不在时另一人能接。', 'One-time codes for holders of offices, who set their own passwords. At least two, so that one can stand in.'), needs: 'account.manage',
      has: list([t('{n} 人能登录', '{n} can sign in', { n: count(has.accounts) }), has.invited > 0 && t('{n} 人收到邀请未使用', '{n} invited, not yet in', { n: count(has.invited) }), has.officersWithout > 0 && t('任职人中 {n} 人还不能登录', '{n} {n:holder of an office|holders of offices} cannot sign in', { n: count(has.officersWithout) })]),
      acts: (next) => <Button look={look(next)} to="/settings/accounts?show=officers">{t('发邀请码', 'Invite')}</Button>,
    },
    response: {
      title: t('应急响应', 'Response'), why: t('级别、依据、起止。没有依据不能启动；响应结束，采集随之停止。', 'Level, basis, dates. None opens without a basis; when it closes, collecting stops.'), needs: 'response.manage',
      has: responses.all > 0 && (responses.open > 0 ? t('{n} 次正在进行', '{n} open', { n: responses.open }) : t('都已结束，现在是平时状态', 'All are closed: normal times')),
      acts: (next) => <Button look={look(next)} to={responses.open > 0 ? '/start/response' : '/start/response?open=1'}>{responses.open > 0 ? t('查看', 'Look') : t('启动响应', 'Open one')}</Button>,
    },
    measures: {
      title: t('措施', 'Measures'), why: t('要求什么、对谁。从现成的里选，启用前看清每人每天要花多少秒。', 'What is required of whom. Choose ready-made ones, and see the seconds a day before switching on.'), needs: 'measure.manage',
      has: list([measures.on > 0 && t('{n} 项已启用', '{n} on', { n: measures.on }), measures.drafts > 0 && t('{n} 项起草未启用', '{n} drafted', { n: measures.drafts })]),
      acts: (next) => <Button look={look(next)} to="/start/response">{measures.on > 0 ? t('再选', 'Choose more') : t('选择措施', 'Choose')}</Button>,
    },
    notice: {
      title: t('第一份通知', 'First notice'), why: t('粘贴或上传通知原文，核对读出的任务，签发。', 'Paste or upload it, confirm the duties that were read, issue.'), needs: 'notice.draft',
      has: list([notices.issued > 0 && t('已签发 {n} 份', '{n} issued', { n: notices.issued }), notices.drafts > 0 && t('{n} 份草稿待签发', '{n} {n:draft|drafts}', { n: notices.drafts })]),
      acts: (next) => (
        <>
          {notices.drafts > 0 && <Button look={look(next)} to="/notices?tab=drafts">{t('接着核对', 'Go on confirming')}</Button>}
          <Button look={notices.drafts > 0 ? 'plain' : look(next)} to="/start/notice">{notices.issued > 0 ? t('再来一份', 'Another') : t('导入通知', 'Import it')}</Button>
        </>
      ),
    },
  }
  return words[key]
}

/** Offices that the whole institution depends on and that nobody, or one person alone, holds. */
function KeepersNote({ known }: { known: Known }) {
  const wanted = ['administrator', 'duty-officer', 'data-protection-officer'] as const
  const people = known.setup.people.staff > 1
  const missing = wanted.filter((role) => (known.setup.keepers.find((one) => one.role === role)?.holders ?? 0) < (role === 'data-protection-officer' ? 1 : 2))
  if (!people || missing.length === 0) return null
  return (
    <Note tone="warn" action={<TextLink to="/settings/roles">{t('查看角色', 'See the roles')}</TextLink>}>
      {t('{roles}只有一人或无人担任。请在“组织”中任命第二人，避免一人不在就无人可办。', '{roles}: nobody, or one person alone. Appoint a second under “Units”.', { roles: missing.map(roleName).join(t('、', ', ')) })}
    </Note>
  )
}
