/** The name under which a view is kept. */
import { useState } from 'react'
import type { Input } from '#kernel/contract.ts'
import { saveView } from '#slices/directory/contract.ts'
import { Button, Field, Form, TextInput } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { SidePanel } from '#ui/feedback.tsx'
import { Stack } from '#ui/page.tsx'
import { WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'

type ToKeep = Input<typeof saveView>

export function NameView({ view, onClose }: { view: ToKeep; onClose: () => void }) {
  return (
    <SidePanel open title={t('视图名称', 'Name of the view')} onClose={onClose} width={380}>
      <NameForm key={view.viewId} view={view} onClose={onClose} />
    </SidePanel>
  )
}

function NameForm({ view, onClose }: { view: ToKeep; onClose: () => void }) {
  const [name, setName] = useState(view.name)
  const toast = useToast()
  const save = useWrite(saveView, { onDone: () => { toast(t('已保存，在导航“我的视图”里', 'Kept: see “My views” in the navigation'), { tone: 'good' }); onClose() } })
  const ready = name.trim() !== ''
  const submit = () => { if (ready) void save.run({ ...view, name: name.trim() }) }
  return (
    <Form onSubmit={submit}>
      <Field label={t('名称', 'Name')} hint={t('只有您自己看得到；换一台设备也在。', 'Only you see it, on every device of yours.')} required>
        <TextInput value={name} onChange={setName} maxLength={40} autoFocus onEnter={submit} />
      </Field>
      <WriteProblem problem={save.problem} />
      <Stack row align="end">
        <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
        <Button look="primary" submit busy={save.busy} disabled={!ready}>{t('保存', 'Keep')}</Button>
      </Stack>
    </Form>
  )
}
