/** A new case: who, which illness, what is ordered, who answers. */
import { localDay } from '#kernel/clock.ts'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { useAddress, type Me } from '#slices/directory/web/unit-choice.ts'
import { person } from '#slices/directory/contract.ts'
import { PersonPick } from '#slices/directory/web/person-pick.tsx'
import { list as responseList } from '#slices/responses/contract.ts'
import { Button, Field, Form, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { presentMoment } from '#ui/format.ts'
import { Page, Panel } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Note, Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { answerers, ofPerson, open } from '../contract.ts'
import { caseKinds, illnesses, type CaseKind, type Illness } from '../rules.ts'
import { illnessName, KindTag } from './case-words.tsx'
import { beginning, PlanFields, planErrors } from './plan-fields.tsx'
import './health.css'

export function NewCasePage(_: { params: Record<string, string> }) {
  const responses = useRead(responseList, {}, { topics: ['responses'] })
  return (
    <Page title={t('新建个案', 'New case')} lead={t('本人和负责人马上会收到；依据、期限和负责人本人都看得到。', 'The person and whoever answers hear of it at once; the person reads basis, end and who answers.')} breadcrumb={[{ label: t('个案', 'Cases'), to: '/cases' }]}>
      <Ready read={responses} empty={{ when: (data) => data.responses.length === 0, show: <EmptyState icon="responses" title={t('没有进行中的应急响应', 'No response is open')}>{t('个案只在应急响应期间管理，并随响应结束按规则擦除。请先由值班员启动响应。', 'Cases exist only inside an open response and are erased with it. Ask the duty officer to open one first.')}</EmptyState> }}>
        {(data) => <NewCase responses={data.responses} />}
      </Ready>
    </Page>
  )
}

function NewCase({ responses }: { responses: readonly { responseId: string; name: string; hazards: readonly string[] }[] }) {
  const { me } = useSession<Me>()
  const address = useAddress()
  const [, go] = useLocation()
  const toast = useToast()
  const [caseId] = useState(newId)
  const today = localDay(presentMoment().toISOString(), me?.institution.timeZone ?? 'Asia/Shanghai')
  const [personId, setPerson] = useState<string | null>(address.get('person'))
  const [responseId, setResponse] = useState(responses[0]?.responseId ?? '')
  const hazards = responses.find((one) => one.responseId === responseId)?.hazards ?? []
  const [illness, setIllness] = useState<Illness>(illnesses.find((one) => hazards.includes(one)) ?? 'other')
  const [plan, setPlan] = useState(() => beginning(illness, 'observation', today))
  const [answersId, setAnswers] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const around = useRead(answerers, { personId: personId ?? '' }, { enabled: personId !== null, topics: [], keep: false })
  const earlier = useRead(ofPerson, { personId: personId ?? '' }, { enabled: personId !== null, topics: ['cases'], keep: false })
  const running = earlier.data?.cases.find((one) => one.state !== 'released')
  const people = around.data?.people ?? []
  // The nearest answers unless somebody else is chosen.
  const answers = answersId && people.some((one) => one.person.personId === answersId) ? answersId : (people[0]?.person.personId ?? null)
  const writing = useWrite(open, { onDone: () => { toast(t('个案已建立，本人和负责人已收到通知', 'Opened; the person and whoever answers were told'), { tone: 'good' }); go(`/cases/${caseId}`) } })
  const errors = tried ? planErrors(plan, today) : {}
  const choose = (next: { illness?: Illness; kind?: CaseKind }) => {
    if (next.illness) setIllness(next.illness)
    setPlan((before) => beginning(next.illness ?? illness, next.kind ?? before.kind, today, before))
  }
  const send = () => {
    setTried(true)
    if (!personId || !answers || Object.keys(planErrors(plan, today)).length) return
    void writing.run({ caseId, personId, responseId, illness, ...plan, answersId: answers, ...(words.trim() ? { words: words.trim() } : {}) })
  }
  return (
    <Panel>
      <Form onSubmit={send}>
        <Field label={t('谁', 'Who')} required error={tried && !personId && t('请选择人员。', 'Choose a person.')}>
          <ChosenPerson personId={personId} onChange={setPerson} />
        </Field>
        {personId && running && <Note tone="warn" action={<Button size="small" to={`/cases/${running.caseId}`}>{t('打开原个案', 'Open it')}</Button>}>{t('此人已有在管的个案：', 'They have an open case already: ')}<KindTag kind={running.kind} /></Note>}
        {responses.length > 1 && (
          <Field label={t('属于哪次应急响应', 'Response')} required>
            <Pick value={responseId} options={responses.map((one) => ({ value: one.responseId, label: asRead(one.name) }))} onChange={(next) => next && setResponse(next)} />
          </Field>
        )}
        <Field label={t('病种', 'Illness')} required>
          <Pick value={illness} options={illnesses.map((one) => ({ value: one, label: illnessName(one) }))} onChange={(next) => next && choose({ illness: next })} />
        </Field>
        <PlanFields value={plan} today={today} kinds={caseKinds} errors={errors} onChange={(next) => (next.kind === plan.kind ? setPlan(next) : choose({ kind: next.kind }))} />
        <Field label={t('负责人', 'Who answers')} required error={tried && personId !== null && around.data !== undefined && !answers && t('现在没有人可以负责，请先登记任职。', 'Nobody can answer now; appoint somebody first.')} hint={t('每天看监测、联系本人；离任时由接任者负责。', 'Looks at the daily checks and calls; when they leave the office, its next holder answers.')}>
          <Pick
            value={answers} disabled={personId === null} placeholder={t('先选人员', 'Choose the person first')} loading={around.loading}
            options={people.map((one) => ({ value: one.person.personId, label: one.person.name, note: `${asRead(one.unit.name)} ${officeTitle(one.officeTitle)}` }))} onChange={setAnswers}
          />
        </Field>
        <Field label={t('补充说明', 'A word')}>
          <TextInput value={words} onChange={setWords} maxLength={400} placeholder={t('例如：晚饭由楼长送到', 'For example: dinner is brought by the building manager')} />
        </Field>
        <WriteProblem problem={writing.problem} />
        <div className="b-actions">
          <Button look="primary" submit busy={writing.busy} disabled={running !== undefined}>{t('建立个案', 'Open the case')}</Button>
          <Button to="/cases">{t('取消', 'Cancel')}</Button>
        </div>
      </Form>
    </Panel>
  )
}

/** The person that the page was opened for, or one found by name. */
function ChosenPerson({ personId, onChange }: { personId: string | null; onChange: (personId: string | null) => void }) {
  const given = useAddress().get('person')
  const read = useRead(person, { personId: given ?? '' }, { enabled: given !== null })
  if (given !== null && given === personId && !read.problem)
    return (
      <div className="c-chosen">
        {read.data && <PersonName name={read.data.person.name} number={read.data.person.number} note={asRead(read.data.units[0]?.at(-1)?.name ?? '')} />}
        <Button size="small" look="quiet" onClick={() => onChange(null)}>{t('换一个人', 'Somebody else')}</Button>
      </div>
    )
  return <PersonPick value={personId} onChange={onChange} label={t('谁', 'Who')} />
}
