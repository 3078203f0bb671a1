/** Inside a drill: building it with progress, then whom one may be in it, and the way home. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Output } from '#kernel/contract.ts'
import { become, leave, visit } from '#slices/drills/contract.ts'
import { roleName } from '#slices/directory/web/role-name.ts'
import { Button, Choices, Field, Form } from '#ui/controls.tsx'
import { asProblem, useRead, useWrite } from '#ui/data.ts'
import { Progress } from '#ui/feedback.tsx'
import { Icon } from '#ui/icons.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { DrillTag, Tag } from '#ui/tags.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { buildDrill, buildSteps, findBuilt, sizes, type BuildStep, type Size } from './build-drill.ts'
import { goInto, sizeOptions } from './DrillsPage.tsx'
import './first-run.css'

export function DrillPage() {
  const { me, can } = useMe()
  const read = useRead(visit, {}, { topics: ['session'] })
  if (!me) return null
  if (!me.institution.drill)
    return <Page title={t('演练', 'Drills')}><Panel><EmptyState icon="home" title={t('您不在演练里', 'You are not in a drill')} action={can('drill.manage') && <Button to="/settings/drills">{t('演练', 'Drills')}</Button>} /></Panel></Page>
  return (
    <Page
      title={t('演练校园', 'Drill campus')} aside={<DrillTag />} documentTitle={t('演练校园', 'Drill campus')}
      lead={t('这里的人和数据都是虚构的。换一个身份，看看同一份通知在不同人手里是什么样。', 'All people and data here are made up. Be somebody else, and see what the same notice is in different hands.')}
      actions={<Leave visit={read.data} />}
    >
      {can('directory.manage') && can('drill.manage') && me.person.number === 'conductor' && <Builder homeUnitId={me.homeUnitId} school={me.institution.name} onDone={read.retry} />}
      <Ready read={read} empty={{ when: (data) => !data.visiting, show: <Panel><EmptyState icon="people" title={t('您是这次演练里的人', 'You live in this drill')}>{t('换身份只对从正式单位进入演练的人开放。', 'Only those who came in from an institution can be somebody else.')}</EmptyState></Panel> }}>
        {(data) => <Personas personas={data.personas} current={me.person.personId} />}
      </Ready>
    </Page>
  )
}

function Leave({ visit: data }: { visit: Output<typeof visit> | undefined }) {
  const leaving = useWrite(leave, { onDone: (answer) => goInto(answer.home ? '/settings/drills' : '/sign-in') })
  if (!data?.visiting) return null
  return (
    <Button icon="out" busy={leaving.busy} onClick={() => void leaving.run({})}>
      {data.home ? t('回到{home}', 'Back to {home}', { home: inScript(data.home) }) : t('离开演练', 'Leave the drill')}
    </Button>
  )
}

const stepName = (step: BuildStep): string =>
  ({
    staff: t('教职工名册', 'Roster of staff'), students: t('学生名册、组织和宿舍', 'Roster of students, units and rooms'), offices: t('任命书记、辅导员、楼长……', 'Offices: secretaries, counsellors, building managers'), links: t('党员联系宿舍', 'Members linked to rooms'),
    notice: t('启动响应，签发一份通知', 'Open a response and issue a notice'), day: t('大家填报一天', 'A day of answers'),
  })[step]

function Builder({ homeUnitId, school, onDone }: { homeUnitId: string | null; school: string; onDone: () => void }) {
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('build')
  const [size, setSize] = useState<Size>(() => (wanted && wanted in sizes ? (wanted as Size) : 'small'))
  const [built, setBuilt] = useState<ReadonlySet<BuildStep> | null>(null)
  const [at, setAt] = useState<{ step: BuildStep; part: number } | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof asProblem> | null>(null)
  const begun = useRef(false)
  const look = useCallback(() => findBuilt(homeUnitId).then(setBuilt, (error: unknown) => setProblem(asProblem(error))), [homeUnitId])
  const build = useCallback(async (chosen: Size) => {
    setProblem(null)
    setAt({ step: 'staff', part: 0 })
    try {
      await buildDrill(school, chosen, await findBuilt(homeUnitId), (step, part) => setAt({ step, part }))
      // Whoever built it knows. Asking takes a moment, and figures are counted a little later: meanwhile it would look unfinished.
      setBuilt(new Set(buildSteps))
    } catch (error) {
      setProblem(asProblem(error))
      await look()
    }
    setAt(null)
    onDone()
  }, [school, homeUnitId, look, onDone])
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void look().then(() => {
      if (!wanted) return
      setSearch({}, { replace: true })
      void build(wanted in sizes ? (wanted as Size) : 'small')
    })
  }, [look, build, wanted, setSearch])
  useEffect(() => {
    if (!at) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [at])
  if (!built && !at && !problem) return null
  if (built && built.size === buildSteps.length && !at) return null
  const current = at ? buildSteps.indexOf(at.step) : -1
  const done = at ? current + at.part : (built?.size ?? 0)
  return (
    <Panel title={at ? t('正在生成演练校园', 'Making the drill campus') : t('演练校园还没有生成完', 'The drill campus is not complete')} {...(at ? {} : { tone: 'warn' as const })}>
      <Stack>
        <Progress done={Math.round((done / buildSteps.length) * 100)} total={100} label={at ? stepName(at.step) : t('已完成 {n} / {all} 步', '{n} of {all} {all:step|steps} done', { n: built?.size ?? 0, all: buildSteps.length })} note={at ? t('请保持此页打开；中断后可以接着生成。', 'Keep this page open; what breaks off can go on.') : ''} />
        <ul className="fr-build">
          {buildSteps.map((step, index) => {
            const over = at ? index < current || (index === current && at.part >= 1) || (built?.has(step) ?? false) : (built?.has(step) ?? false)
            return (
              <li key={step} data-state={over ? 'done' : index === current ? 'now' : 'open'}>
                {over ? <Icon name="check" size={16} label={t('已完成', 'done')} /> : <span aria-hidden>·</span>} {stepName(step)}
              </li>
            )
          })}
        </ul>
        <WriteProblem problem={problem} />
        {!at && (
          <Form>
            {!built?.has('students') && <Field label={t('规模', 'Size')}><Choices value={size} onChange={setSize} options={sizeOptions()} /></Field>}
            <Stack row><Button look="primary" onClick={() => void build(size)}>{built && built.size > 0 ? t('接着生成', 'Go on making it') : t('生成', 'Make it')}</Button></Stack>
          </Form>
        )}
      </Stack>
    </Panel>
  )
}

/** What somebody of this role would look at first. */
const firstLook: Record<string, readonly [string, () => string]> = {
  'duty-officer': ['/', () => t('态势、通知、缺口', 'Situation, notices, gaps')], counsellor: ['/gaps', () => t('本班谁还没报', 'Who of my classes is missing')], secretary: ['/duties', () => t('本学院的任务', 'Duties of my college')],
  'organisation-officer': ['/notices', () => t('通知落实', 'How notices are carried out')], 'data-protection-officer': ['/log', () => t('谁看过谁', 'Who looked at whom')], doctor: ['/gaps', () => t('有症状的人', 'Who has symptoms')], administrator: ['/settings', () => t('名册、账号、设置', 'Roster, accounts, settings')],
}

function Personas({ personas, current }: { personas: Output<typeof visit>['personas']; current: string }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const order = ['duty-officer', 'secretary', 'counsellor', null, 'floor-head', 'building-manager', 'branch-secretary', 'organisation-officer', 'doctor', 'head', 'dean', 'class-adviser', 'data-protection-officer', 'administrator']
  const sorted = personas.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
  const becoming = useWrite(become, {
    onDone: (_answer, input) => {
      const persona = personas.find((one) => one.personId === input.personId)
      // A student and whoever lives on the phone begin there.
      goInto(persona?.role === null || persona?.role === 'floor-head' ? '/m/' : (firstLook[persona?.role ?? '']?.[0] ?? '/'))
    },
  })
  return (
    <Panel title={t('换一个身份', 'Be somebody else')} note={t('每种职务一位', 'One of each office')}>
      <Stack>
        <div className="fr-personas">
          {sorted.map((persona) => {
            return (
              <button key={persona.personId + persona.role} type="button" className="fr-persona" disabled={persona.personId === current || becoming.busy} onClick={() => { setChosen(persona.personId); void becoming.run({ personId: persona.personId }) }}>
                <b>{persona.role ? roleName(persona.role) : t('普通学生', 'A student')} {persona.personId === current && <Tag tone="accent">{t('现在', 'now')}</Tag>}</b>
                <span><span translate="no">{persona.name}</span>{chosen === persona.personId && becoming.busy && '…'}</span>
                <small>{[persona.unit && inScript(persona.unit), persona.role === null || persona.role === 'floor-head' ? t('手机页', 'phone') : firstLook[persona.role]?.[1]()].filter(Boolean).join(' · ')}</small>
              </button>
            )
          })}
        </div>
        <WriteProblem problem={becoming.problem} />
        <Note>{t('换身份后，页面顶部的紫色演练条里有“换身份”，随时回到这里；手机页里打开 /drill 也行。', 'Afterwards the violet drill bar at the top leads back here; on the phone open /drill.')}</Note>
      </Stack>
      <RowLink to="/" title={t('以当前身份去态势页', 'To the Situation as you are now')} />
    </Panel>
  )
}
