/** Setting up an office, and appointing to it. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Choices, DateInput, Field, Form, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { appoint, saveOffice, vocabulary } from '../contract.ts'
import { permissions, roles, type Role } from '../rules.ts'
import { roleOfTitle } from '../vocabularies.ts'
import { endOfDay, startOfDay } from './days.ts'
import { PersonPick } from './person-pick.tsx'
import { roleOptions } from './role-name.ts'
import { useMine, type Unit } from './words.ts'

export interface OfficeSeed {
  officeId?: string
  title?: string
  role?: string
}

/** What holding this role allows, in words. */
function roleNote(role: string): string {
  const found = (roles as Record<string, Role>)[role]
  if (!found) return ''
  const over = found.over === 'institution' ? t('全校', 'the whole institution') : t('本组织及下级', 'this unit and below')
  const may = found.permissions.map((one) => t(permissions[one][0], permissions[one][1])).join(t('、', ', '))
  const answers = found.answers === 'direct' ? t('日常直接负责其成员。', 'Answers for its members day by day.') : found.answers === 'escalation' ? t('无人直接负责时由其兜底。', 'Answers where nobody direct does.') : ''
  return t('范围：{over}。可以：{may}。{answers}', 'Reach: {over}. May: {may}. {answers}', { over, may, answers })
}

export function OfficeForm({ at, seed, onClose }: { at: Unit; seed: OfficeSeed; onClose: () => void }) {
  const toast = useToast()
  const words = useRead(vocabulary, {}, { topics: ['directory'] })
  const titles = words.data?.offices ?? []
  const [officeId] = useState(seed.officeId ?? newId)
  const [title, setTitle] = useState(seed.title ?? '')
  const [role, setRole] = useState<string | null>(seed.role ?? null)
  const suggested = roleOfTitle({ offices: titles }, title.trim())
  const taken = role ?? suggested ?? null
  const saving = useWrite(saveOffice, {
    onDone: () => {
      toast(t('职务已保存', 'The office was saved'), { tone: 'good' })
      onClose()
    },
  })
  const save = () => {
    if (title.trim() && taken) void saving.run({ officeId, unitId: at.unitId, title: title.trim(), role: taken })
  }
  return (
    <SidePanel
      open
      title={seed.officeId ? t('修改职务', 'Change the office') : t('在{unit}新设职务', 'New office in {unit}', { unit: inScript(at.name) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={saving.busy} disabled={title.trim() === '' || !taken} onClick={save}>
            {t('保存', 'Save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        <WriteProblem problem={saving.problem} />
        <Field label={t('职务名称', 'Title')} required hint={titles.length > 0 && t('如：{some}', 'For example: {some}', { some: titles.slice(0, 6).map((office) => officeTitle(office.title)).join(t('、', ', ')) })}>
          <TextInput value={title} onChange={setTitle} maxLength={60} autoFocus />
        </Field>
        <Field label={t('角色', 'Role')} required hint={taken ? roleNote(taken) : t('角色决定任职人能看什么、做什么。', 'The role decides what its holder may see and do.')}>
          <Pick value={taken} onChange={setRole} options={roleOptions()} />
        </Field>
      </Form>
    </SidePanel>
  )
}

export function AppointForm({ at, office, onClose }: { at: Unit; office: { officeId: string; title: string }; onClose: () => void }) {
  const { me } = useMine()
  const toast = useToast()
  const zone = me?.institution.timeZone ?? 'Asia/Shanghai'
  const [holdingId] = useState(newId)
  const [personId, setPersonId] = useState<string | null>(null)
  const [capacity, setCapacity] = useState<'holder' | 'deputy'>('holder')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const backwards = from !== null && to !== null && to < from
  const appointing = useWrite(appoint, {
    onDone: () => {
      toast(t('已任命', 'Appointed'), { tone: 'good' })
      onClose()
    },
  })
  const save = () => {
    if (!personId || backwards) return
    void appointing.run({ holdingId, officeId: office.officeId, personId, capacity, ...(from ? { from: startOfDay(from, zone) } : {}), to: to ? endOfDay(to, zone) : null })
  }
  return (
    <SidePanel
      open
      title={t('任命{unit}{title}', 'Appoint: {title}, {unit}', { unit: inScript(at.name), title: officeTitle(office.title) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={appointing.busy} disabled={!personId || backwards} onClick={save}>
            {t('任命', 'Appoint')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        <WriteProblem problem={appointing.problem} />
        <Field label={t('人员', 'Person')} required>
          <PersonPick value={personId} onChange={setPersonId} />
        </Field>
        <Field label={t('方式', 'Capacity')}>
          <Choices value={capacity} onChange={setCapacity} options={[{ value: 'holder', label: t('任职', 'Holder') }, { value: 'deputy', label: t('代理', 'Deputy'), note: t('任职人请假、隔离期间代行', 'stands in while the holder is away') }]} />
        </Field>
        <Field label={t('自', 'From')} hint={t('不填则从现在起。', 'Left empty: from now.')}>
          <DateInput value={from} onChange={setFrom} />
        </Field>
        <Field label={t('至（含当日）', 'Until (that day included)')} hint={t('不填则没有期限。到期自动失效。', 'Left empty: without end. It ends by itself on that day.')} {...(backwards ? { error: t('结束日期早于开始日期。', 'The end lies before the beginning.') } : {})}>
          <DateInput value={to} onChange={setTo} />
        </Field>
        <Note>{t('任命后，其权限自该日起生效，无需另设账号权限。', 'Rights follow from the office for just this period; nothing else has to be granted.')}</Note>
      </Form>
    </SidePanel>
  )
}
