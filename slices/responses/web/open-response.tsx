/** Opening a response: which hazards, which level, on what basis, who decided, until when. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { newId } from '#kernel/ids.ts'
import { Button, Choices, Field, Form, MomentInput, PickMany, TextArea, TextInput } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { presentMoment } from '#ui/format.ts'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { open } from '../contract.ts'
import type { HazardName } from '../rules.ts'
import { hazardChoices, levelMeaning, levelName, levels } from './words.ts'

/** @param stay true where the page it was opened on shows the response by itself. */
export function OpenResponse({ onClose, stay }: { onClose: () => void; stay?: boolean }) {
  const [, go] = useLocation()
  const toast = useToast()
  const [responseId] = useState(newId)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly HazardName[]>([])
  const [level, setLevel] = useState<(typeof levels)[number]>('4')
  const [basis, setBasis] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const [plannedEnd, setPlannedEnd] = useState<string | null>(null)
  const past = plannedEnd !== null && Date.parse(plannedEnd) <= presentMoment().getTime()
  const opening = useWrite(open, {
    onDone: (made) => {
      toast(t('应急响应已启动', 'The response is open'), { tone: 'good' })
      if (stay) onClose()
      else go(`/responses/${made.responseId}`)
    },
  })
  const ready = name.trim() !== '' && chosen.length > 0 && basis.trim().length >= 2 && decidedBy.trim() !== '' && !past
  const save = () => {
    if (ready) void opening.run({ responseId, name: name.trim(), hazards: [...chosen], level: Number(level), basis: basis.trim(), decidedBy: decidedBy.trim(), plannedEnd })
  }
  return (
    <SidePanel
      open
      width={620}
      title={t('启动应急响应', 'Open a response')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={opening.busy} disabled={!ready} onClick={save}>
            {t('启动', 'Open it')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        <Field several label={t('从常见情形开始', 'Begin from a usual case')} hint={t('填好名称、灾种和法律依据，都可以改。', 'Fills name, hazards and legal basis; all can be changed.')}>
          <span className="b-actions">
            {starters().map((one) => (
              <Button key={one.name} size="small" onClick={() => { setName(one.name); setChosen(one.hazards); setBasis(one.basis) }}>
                {one.label}
              </Button>
            ))}
          </span>
        </Field>
        <Field label={t('名称', 'Name')} required hint={t('如：2026 年春季流感防控', 'For example: Influenza, spring 2026')}>
          <TextInput value={name} onChange={setName} maxLength={200} autoFocus />
        </Field>
        <Field label={t('灾种（可多选）', 'Hazards (one or several)')} required>
          <PickMany value={chosen} onChange={(next) => setChosen([...next])} options={hazardChoices()} placeholder={t('选择灾种', 'Choose hazards')} />
        </Field>
        <Field label={t('级别', 'Level')} required hint={levelMeaning(Number(level))}>
          <Choices joined label={t('级别', 'Level')} value={level} onChange={setLevel} options={levels.map((one) => ({ value: one, label: levelName(Number(one)) }))} />
        </Field>
        <Field label={t('法律或文件依据', 'Legal basis')} required hint={t('没有依据不能启动。填报页会向每个人显示这一条。', 'There is no response without one. Everybody asked is shown it.')}>
          <TextArea value={basis} onChange={setBasis} rows={2} maxLength={400} placeholder={t('如：《突发公共卫生事件应急条例》第……条；校发〔2026〕3 号', 'Act and article, or the notice with its number')} />
        </Field>
        <Field label={t('由谁决定', 'Decided by')} required hint={t('会议或负责人，如：学校应急指挥部 1 月 6 日会议', 'A meeting or a person: the headquarters, meeting of 6 January')}>
          <TextInput value={decidedBy} onChange={setDecidedBy} maxLength={200} />
        </Field>
        <Field label={t('预计结束', 'Planned end')} hint={t('到时会提醒复核，不会自动结束。可以不填。', 'A review is due then; it does not close by itself. May be left empty.')} {...(past ? { error: t('时间已经过去。', 'That moment is past.') } : {})}>
          <MomentInput value={plannedEnd} onChange={setPlannedEnd} />
        </Field>
        <Note>{t('启动后还不会问任何人：要先在响应下启用措施，启用前会显示负担。', 'Opening asks nobody anything: measures are switched on within it, and show their burden first.')}</Note>
        <WriteProblem problem={opening.problem} />
      </Form>
    </SidePanel>
  )
}

/** What is usual: a name with the year, hazards, and the acts of parliament it rests on (the school's own notice is added by hand). */
function starters(): { label: string; name: string; hazards: readonly HazardName[]; basis: string }[] {
  const year = presentMoment().getFullYear()
  const law = t('《中华人民共和国突发事件应对法》', 'Emergency Response Law of the People’s Republic of China')
  return [
    { label: t('流感、诺如', 'Influenza, norovirus'), name: t('{year} 年流感等传染病防控', 'Influenza and other infections, {year}', { year }), hazards: ['influenza', 'norovirus'], basis: t('《中华人民共和国传染病防治法》、{law}', 'Law on the Prevention of Infectious Diseases; {law}', { law }) },
    { label: t('新冠疫情', 'COVID-19'), name: t('{year} 年新冠疫情防控', 'COVID-19, {year}', { year }), hazards: ['covid-19'], basis: t('《中华人民共和国传染病防治法》、{law}', 'Law on the Prevention of Infectious Diseases; {law}', { law }) },
    { label: t('防汛', 'Flood'), name: t('{year} 年防汛救灾', 'Flood, {year}', { year }), hazards: ['flood', 'rainstorm'], basis: t('《中华人民共和国防洪法》、{law}', 'Flood Control Law; {law}', { law }) },
    { label: t('台风', 'Typhoon'), name: t('{year} 年防台风', 'Typhoon, {year}', { year }), hazards: ['typhoon', 'rainstorm'], basis: t('《中华人民共和国气象法》、{law}', 'Meteorology Law; {law}', { law }) },
    { label: t('寒潮冰雪', 'Cold and ice'), name: t('{year} 年低温雨雪冰冻应对', 'Cold wave, {year}', { year }), hazards: ['cold-wave', 'snow'], basis: t('《中华人民共和国气象法》、{law}', 'Meteorology Law; {law}', { law }) },
    { label: t('高温', 'Heat'), name: t('{year} 年高温应对', 'Heat, {year}', { year }), hazards: ['heat'], basis: t('《中华人民共和国气象法》、{law}', 'Meteorology Law; {law}', { law }) },
    { label: t('重污染天气', 'Air pollution'), name: t('{year} 年重污染天气应对', 'Heavy air pollution, {year}', { year }), hazards: ['smog'], basis: t('《中华人民共和国大气污染防治法》、{law}', 'Atmospheric Pollution Prevention Law; {law}', { law }) },
    { label: t('地震', 'Earthquake'), name: t('{year} 年地震应急', 'Earthquake, {year}', { year }), hazards: ['earthquake'], basis: t('《中华人民共和国防震减灾法》、{law}', 'Earthquake Disaster Mitigation Law; {law}', { law }) },
    { label: t('食物中毒', 'Food poisoning'), name: t('{year} 年食物中毒处置', 'Food poisoning, {year}', { year }), hazards: ['food-poisoning'], basis: t('《中华人民共和国食品安全法》、{law}', 'Food Safety Law; {law}', { law }) },
    { label: t('燃气、实验室事故', 'Gas, laboratory'), name: t('{year} 年校园安全事故处置', 'Accident on campus, {year}', { year }), hazards: ['gas-leak', 'lab-accident'], basis: t('《中华人民共和国安全生产法》、{law}', 'Work Safety Law; {law}', { law }) },
  ]
}
