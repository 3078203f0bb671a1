/** Making a unit, renaming it, moving it. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import { Button, Field, Form, Pick, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { UnitPicker } from '#ui/people.tsx'
import { Note, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { saveUnit, units } from '../contract.ts'
import { vocabularyOf } from '../vocabularies.ts'
import { kindName, useMine, type Unit } from './words.ts'

export type UnitAct = { kind: 'new'; under: Unit } | { kind: 'change'; unit: Unit }

export function UnitForm({ act, onClose, onSaved }: { act: UnitAct; onClose: () => void; onSaved?: (unitId: string) => void }) {
  const { me } = useMine()
  const toast = useToast()
  const now = act.kind === 'change' ? act.unit : null
  const tree = act.kind === 'change' ? act.unit.tree : act.under.tree
  const kinds = Object.entries(vocabularyOf(me?.institution.vocabulary ?? '').unitKinds).filter(([, kind]) => kind.tree === tree)
  const [unitId] = useState(now?.unitId ?? newId)
  const [name, setName] = useState(now?.name ?? '')
  const [kind, setKind] = useState<string | null>(now?.kind ?? likelyKind(kinds.map(([key]) => key), act))
  const [parentId, setParentId] = useState<string | null>(act.kind === 'change' ? act.unit.parentId : act.under.unitId)
  const isRoot = now?.parentId === null
  const all = useRead(units, { tree, depth: 8 }, { enabled: act.kind === 'change' && !isRoot, topics: ['directory'] })
  const saving = useWrite(saveUnit, {
    onDone: (saved) => {
      toast(act.kind === 'new' ? t('组织已新建', 'The unit was made') : t('已保存', 'Saved'), { tone: 'good' })
      onSaved?.(saved.unitId)
      onClose()
    },
  })
  const ready = name.trim() !== '' && kind !== null && (isRoot || parentId !== null)
  const save = () => {
    if (ready && kind) void saving.run({ unitId, tree, parentId, kind, name: name.trim() })
  }
  return (
    <SidePanel
      open
      title={act.kind === 'new' ? t('在{unit}之下新建', 'New unit below {unit}', { unit: inScript(act.under.name) }) : t('修改{unit}', 'Change {unit}', { unit: inScript(act.unit.name) })}
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
        <WriteProblem problem={saving.problem} />
        <Field label={t('名称', 'Name')} required>
          <TextInput value={name} onChange={setName} maxLength={100} autoFocus />
        </Field>
        <Field label={t('类型', 'Kind')} required>
          <Pick value={kind} onChange={setKind} options={kinds.map(([key]) => ({ value: key, label: kindName(me?.institution.vocabulary, key) }))} />
        </Field>
        {act.kind === 'change' && !isRoot && (
          <Field label={t('上级组织', 'Unit above')} required hint={t('移动后，下级、成员与职务一并移动；上级任职人的范围随之改变。', 'Units below, members and offices move along; whoever holds an office above changes with it.')}>
            <UnitPicker
              value={parentId}
              onChange={setParentId}
              units={(all.data?.units ?? []).map((node) => ({ id: node.unitId, parentId: node.parentId, name: node.name, disabled: node.unitId === unitId }))}
            />
          </Field>
        )}
        {now && parentId !== now.parentId && <Note tone="warn">{t('将移到另一个上级之下，覆盖情况会重新计算。', 'It moves below another unit; coverage is computed again.')}</Note>}
      </Form>
    </SidePanel>
  )
}

/** What comes below usually is one kind further down. */
function likelyKind(kinds: readonly string[], act: UnitAct): string | null {
  if (act.kind !== 'new') return null
  const next: Record<string, string> = { school: 'college', college: 'grade', grade: 'class', department: 'office', committee: 'general-branch', 'general-branch': 'branch', estate: 'campus', campus: 'building', building: 'floor', floor: 'room' }
  const likely = next[act.under.kind]
  return likely && kinds.includes(likely) ? likely : (kinds[0] ?? null)
}
