/** Adding or changing an attribute. Type and key of an existing one stay: facts stand on them. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Choices, Field, Form, NumberInput, Pick, TextInput } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { Stack } from '#ui/page.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { saveAttribute } from '../contract.ts'
import { askedName, typeName, types } from './attribute-words.ts'
import type { AttributeShape } from './values.ts'

const blank: AttributeShape = { key: '', subjectKind: 'person', type: 'yes-no', label: { zh: '', en: '' }, options: [], unit: null, min: null, max: null, sensitivity: 'normal', freshSeconds: 7 * 86_400, askedOf: 'self', purpose: { zh: '', en: '' }, seconds: 5 }
const keyForm = /^[a-z][a-z0-9-]{1,39}$/

export function AttributeForm({ existing, taken, onClose }: { existing?: AttributeShape; taken: readonly string[]; onClose: () => void }) {
  const toast = useToast()
  const [draft, setDraft] = useState<AttributeShape>(existing ?? blank)
  // Whoever does not care how it is called in conditions gets a name that nobody else has.
  const [ownKey] = useState(() => `item-${newId().slice(-6)}`)
  const set = (change: Partial<AttributeShape>) => setDraft((before) => ({ ...before, ...change }))
  const saving = useWrite(saveAttribute, {
    onDone: () => {
      toast(t('信息项已保存', 'The attribute was saved'), { tone: 'good' })
      onClose()
    },
  })
  const choice = draft.type === 'choice' || draft.type === 'choices'
  const options = draft.options.filter((option) => option.zh.trim() !== '')
  const keyError = existing || draft.key === '' ? undefined : taken.includes(draft.key) ? t('这个代码已被使用。', 'This key is taken.') : keyForm.test(draft.key) ? undefined : t('小写字母开头，2–40 个小写字母、数字或连字符。', 'Begins with a lower-case letter; 2–40 lower-case letters, digits or hyphens.')
  const rangeError = draft.min !== null && draft.max !== null && draft.min > draft.max ? t('最小值大于最大值。', 'The least is more than the most.') : undefined
  const ready = (draft.key === '' || keyForm.test(draft.key)) && !keyError && !rangeError && draft.label.zh.trim() !== '' && draft.purpose.zh.trim() !== '' && (!choice || options.length >= 2)
  const save = () => {
    if (!ready) return
    const both = (text: { zh: string; en: string }) => ({ zh: text.zh.trim(), en: text.en.trim() || text.zh.trim() })
    void saving.run({
      ...draft, key: draft.key || ownKey, label: both(draft.label), purpose: both(draft.purpose), unit: draft.type === 'number' ? draft.unit?.trim() || null : null,
      min: draft.type === 'number' ? draft.min : null, max: draft.type === 'number' ? draft.max : null,
      options: choice ? options.map((option, index) => ({ value: option.value || freeValue(options, index), zh: option.zh.trim(), en: option.en.trim() || option.zh.trim() })) : [],
    })
  }
  return (
    <SidePanel
      open
      width={640}
      title={existing ? t('修改信息项', 'Change the attribute') : t('新增信息项', 'Add an attribute')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={saving.busy} disabled={!ready} onClick={save}>
            {t('保存', 'Save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        <Form columns={2}>
          <Field label={t('问题（中文）', 'Question (Chinese)')} required>
            <TextInput value={draft.label.zh} onChange={(zh) => set({ label: { ...draft.label, zh } })} autoFocus={!existing} />
          </Field>
          <Field label={t('问题（英文）', 'Question (English)')} hint={t('不填则显示中文。', 'Left empty, the Chinese is shown.')}>
            <TextInput value={draft.label.en} onChange={(en) => set({ label: { ...draft.label, en } })} />
          </Field>
          <Field label={t('用途（中文）', 'Purpose (Chinese)')} required hint={t('每个被问的人都会看到。', 'Everybody asked sees it.')}>
            <TextInput value={draft.purpose.zh} onChange={(zh) => set({ purpose: { ...draft.purpose, zh } })} />
          </Field>
          <Field label={t('用途（英文）', 'Purpose (English)')}>
            <TextInput value={draft.purpose.en} onChange={(en) => set({ purpose: { ...draft.purpose, en } })} />
          </Field>
          <Field label={t('代码', 'Key')} {...(keyError ? { error: keyError } : {})} hint={t('接口和导入文件里用，如 body-temperature。不填则自动编号。', 'For interfaces and imports, for example body-temperature. Left empty, one is given.')}>
            <TextInput value={draft.key} onChange={(key) => set({ key: key.toLowerCase() })} disabled={Boolean(existing)} maxLength={40} />
          </Field>
          <Field label={t('类型', 'Type')} {...(existing ? { hint: t('已有上报，类型不能改。', 'Facts stand on it; the type cannot change.') } : {})}>
            <Pick value={draft.type} onChange={(type) => type && set({ type })} disabled={Boolean(existing)} options={types.map((type) => ({ value: type, label: typeName(type) }))} />
          </Field>
        </Form>
        {choice && <Options value={draft.options} onChange={(next) => set({ options: next })} />}
        {draft.type === 'number' && (
          <Form columns={3}>
            <Field label={t('单位', 'Unit')}>
              <TextInput value={draft.unit ?? ''} onChange={(unit) => set({ unit: unit || null })} maxLength={20} placeholder="℃" />
            </Field>
            <Field label={t('最小', 'Least')}>
              <NumberInput value={draft.min} onChange={(min) => set({ min })} />
            </Field>
            <Field label={t('最大', 'Most')} {...(rangeError ? { error: rangeError } : {})}>
              <NumberInput value={draft.max} onChange={(max) => set({ max })} />
            </Field>
          </Form>
        )}
        <Form columns={2}>
          <Field label={t('关于', 'About')}>
            <Choices value={draft.subjectKind} onChange={(subjectKind) => set({ subjectKind })} disabled={Boolean(existing)} options={[{ value: 'person', label: t('人员', 'People') }, { value: 'unit', label: t('组织', 'Units') }]} />
          </Field>
          <Field label={t('问谁', 'Who is asked')}>
            <Pick value={draft.askedOf} onChange={(askedOf) => askedOf && set({ askedOf })} options={(['self', 'owner', 'nobody'] as const).map((one) => ({ value: one, label: askedName(one) }))} />
          </Field>
          <Field label={t('有效期（天）', 'Stays fresh (days)')} hint={t('过期后才会再问。不填则一直有效。', 'Asked again only when stale. Left empty, it does not go stale.')}>
            <NumberInput value={draft.freshSeconds === null ? null : draft.freshSeconds / 86_400} min={0.04} max={366} unit={t('天', 'days')} onChange={(days) => set({ freshSeconds: days === null ? null : Math.round(days * 86_400) })} />
          </Field>
          <Field label={t('回答需要（秒）', 'Takes (seconds)')} hint={t('用来计算负担。', 'Counts towards the burden.')}>
            <NumberInput value={draft.seconds} min={1} max={600} unit={t('秒', 's')} onChange={(seconds) => set({ seconds: seconds ?? 5 })} />
          </Field>
        </Form>
        <Field label={t('敏感程度', 'Sensitivity')}>
          <Choices value={draft.sensitivity} onChange={(sensitivity) => set({ sensitivity })} options={[{ value: 'normal', label: t('一般', 'Normal') }, { value: 'sensitive', label: t('敏感（健康、行踪等）', 'Sensitive (health, whereabouts)') }]} />
        </Field>
        {!existing && <Note>{t('保存后不会马上问任何人；有措施需要时才会问。', 'Saving asks nobody; a measure that needs it does.')}</Note>}
        <WriteProblem problem={saving.problem} />
      </Form>
    </SidePanel>
  )
}

/** A stored value for a new option; those in use keep theirs. */
function freeValue(options: AttributeShape['options'], index: number): string {
  const used = new Set(options.map((option) => option.value))
  let n = index + 1
  while (used.has(`o${n}`)) n++
  return `o${n}`
}

function Options({ value, onChange }: { value: AttributeShape['options']; onChange: (next: AttributeShape['options']) => void }) {
  const rows = [...value, { value: '', zh: '', en: '' }].slice(0, 60)
  const set = (index: number, change: Partial<AttributeShape['options'][number]>) => {
    const next = rows.map((row, at) => (at === index ? { ...row, ...change } : row))
    // The blank line at the end is no option until something is typed.
    onChange(next.filter((row, at) => at < value.length || row.zh !== '' || row.en !== ''))
  }
  return (
    <Field label={t('选项（至少两个）', 'Options (at least two)')}>
      <Stack gap={8}>
        {rows.map((row, index) => (
          <Stack row gap={8} key={index}>
            <div style={{ flex: 1 }}>
              <TextInput label={t('选项 {n}（中文）', 'Option {n} (Chinese)', { n: index + 1 })} placeholder={index === value.length ? t('再加一个', 'One more') : ''} value={row.zh} onChange={(zh) => set(index, { zh })} maxLength={100} />
            </div>
            <div style={{ flex: 1 }}>
              <TextInput label={t('选项 {n}（英文）', 'Option {n} (English)', { n: index + 1 })} placeholder="English" value={row.en} onChange={(en) => set(index, { en })} maxLength={100} />
            </div>
            <Button look="quiet" icon="close" hint={t('删去选项 {n}', 'Remove option {n}', { n: index + 1 })} disabled={index === value.length} onClick={() => onChange(value.filter((_, at) => at !== index))} />
          </Stack>
        ))}
      </Stack>
    </Field>
  )
}
