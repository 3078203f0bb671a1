/** How long after a response what is personal stays, who decided it, and what was erased by it. */
import { useState } from 'react'
import { Button, Field, Form, NumberInput, TextArea, TextInput } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { date } from '#ui/format.ts'
import { Details, Panel, RowLink, Stack } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { erasureRule, list, setErasureRule } from '../contract.ts'
import { mostErasureDays } from '../rules.ts'
import { ruleWords } from './erasure.tsx'

export function ErasureRulePanel() {
  const { can } = useSession()
  const read = useRead(erasureRule, {}, { topics: ['responses'] })
  const [editing, setEditing] = useState(false)
  return (
    <Panel title={t('应急响应的个人明细', 'Personal rows of responses')} actions={can('erasure.manage') && read.data && <Button size="small" onClick={() => setEditing(true)}>{t('修改期限…', 'Change…')}</Button>}>
      <Ready read={read} rows={2}>
        {({ rule, earlier }) => (
          <Stack gap={8}>
            <Details
              items={[
                { label: t('期限', 'How long'), value: <b>{ruleWords(rule.days)}</b> },
                { label: t('依据', 'Basis'), value: rule.basis ? inScript(rule.basis) : t('未另行规定，按预设', 'The preset; nothing else was decided') },
                rule.setAt ? { label: t('由谁决定', 'Decided by'), value: `${inScript(rule.decidedBy)} · ${date(rule.setAt)}` } : null,
              ]}
            />
            {earlier.length > 0 && <p className="b-muted">{t('此前：', 'Before: ')}{earlier.slice(0, 5).map((one) => `${ruleWords(one.days)}${t('（', ' (')}${one.setAt ? date(one.setAt) : ''}${t('）', ')')}`).join(t('、', ', '))}</p>}
            {editing && <RuleForm days={rule.days} onClose={() => setEditing(false)} />}
          </Stack>
        )}
      </Ready>
    </Panel>
  )
}

function RuleForm({ days: now, onClose }: { days: number; onClose: () => void }) {
  const toast = useToast()
  const [days, setDays] = useState<number | null>(now)
  const [basis, setBasis] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const setting = useWrite(setErasureRule, { onDone: () => (toast(t('期限已规定', 'Decided'), { tone: 'good' }), onClose()) })
  const ready = days !== null && days >= 0 && days <= mostErasureDays && basis.trim().length > 1 && decidedBy.trim() !== ''
  return (
    <Confirm open title={t('规定擦除期限', 'Decide how long')} action={t('规定', 'Decide')} busy={setting.busy} disabled={!ready} problem={setting.problem} onClose={onClose} onConfirm={() => days !== null && void setting.run({ days, basis: basis.trim(), decidedBy: decidedBy.trim() })}>
      <Form>
        <p>{t('对今后结束的响应生效；已结束的，日期已经告知本人，不再改动。', 'It counts for what closes from now on; where people were told a date, the date stays.')}</p>
        <Field label={t('结束后多少天', 'Days after it closes')} hint={t('0 至 {n} 天；0 为结束次日', '0 to {n} days; 0: the day after', { n: mostErasureDays })} required><NumberInput value={days} onChange={setDays} min={0} max={mostErasureDays} /></Field>
        <Field label={t('依据', 'Basis')} required><TextArea value={basis} onChange={setBasis} rows={2} maxLength={400} /></Field>
        <Field label={t('由谁决定', 'Decided by')} required><TextInput value={decidedBy} onChange={setDecidedBy} maxLength={200} /></Field>
      </Form>
    </Confirm>
  )
}

/** What was closed: erased with a certificate, or when. */
export function ErasedResponses() {
  const read = useRead(list, { closed: true }, { topics: ['responses'] })
  return (
    <Panel flush title={t('擦除证明', 'Certificates of erasure')}>
      <Ready read={read} rows={2} empty={{ when: (data) => data.responses.every((one) => one.status === 'open'), show: <EmptyState icon="file" title={t('还没有结束的响应', 'No response has closed yet')} /> }}>
        {(data) => (
          <Stack gap={0}>
            {data.responses.filter((one) => one.status === 'closed').map((one) => (
              <RowLink
                key={one.responseId} to={one.erasedAt ? `/responses/${one.responseId}/certificate` : `/responses/${one.responseId}`} title={inScript(one.name)}
                text={one.erasedAt ? t('{when} 已擦除', 'erased on {when}', { when: date(one.erasedAt) }) : t('{when} 擦除', 'to be erased on {when}', { when: date(one.eraseAt ?? '') })}
                end={<Tag tone={one.erasedAt ? 'good' : 'muted'}>{one.erasedAt ? t('有证明', 'Certificate') : t('未到期', 'Not due yet')}</Tag>}
              />
            ))}
          </Stack>
        )}
      </Ready>
    </Panel>
  )
}
