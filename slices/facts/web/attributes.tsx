/** The catalogue of what may be known: why, how long it stays fresh, who is asked. Read by everybody, changed by those who manage it. */
import { useState } from 'react'
import { Button } from '#ui/controls.tsx'
import { useRead } from '#ui/data.ts'
import { Page, Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { say, t } from '#ui/words.ts'
import { attributes } from '../contract.ts'
import { AttributeForm } from './attribute-form.tsx'
import { askedName, freshName, typeName } from './attribute-words.ts'
import type { AttributeShape } from './values.ts'

export function AttributesPage() {
  const { can } = useSession()
  const manage = can('attribute.manage')
  const read = useRead(attributes, {}, { topics: ['attributes'] })
  const [open, setOpen] = useState<AttributeShape | 'new' | null>(null)
  const columns: Column<AttributeShape>[] = [
    {
      key: 'label', title: t('信息项', 'Attribute'), value: (one) => say(one.label), search: true, fixed: true,
      cell: (one) => <b title={say(one.label)}>{say(one.label)}</b>,
    },
    { key: 'key', title: t('代码', 'Key'), value: (one) => one.key, search: true, width: 180, cell: (one) => <code className="b-muted">{one.key}</code> },
    { key: 'purpose', title: t('用途', 'Purpose'), value: (one) => say(one.purpose), search: true, cell: (one) => <span title={say(one.purpose)}>{say(one.purpose)}</span> },
    { key: 'type', title: t('类型', 'Type'), value: (one) => typeName(one.type), filter: true, width: 130 },
    { key: 'fresh', title: t('有效期', 'Stays fresh'), value: (one) => one.freshSeconds ?? Number.MAX_SAFE_INTEGER, width: 120, cell: (one) => freshName(one.freshSeconds) },
    { key: 'asked', title: t('问谁', 'Who is asked'), value: (one) => askedName(one.askedOf), filter: true, width: 160 },
    { key: 'seconds', title: t('耗时', 'Takes'), value: (one) => one.seconds, align: 'end', width: 84, cell: (one) => <span className="num">{t('{n} 秒', '{n} s', { n: one.seconds })}</span> },
    { key: 'sensitivity', title: t('敏感', 'Sensitive'), value: (one) => one.sensitivity, width: 116, cell: (one) => (one.sensitivity === 'sensitive' ? <Tag tone="warn">{t('敏感', 'Sensitive')}</Tag> : <span className="b-muted">{t('一般', 'Normal')}</span>) },
  ]
  const add = (
    <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
      {t('新增信息项', 'Add an attribute')}
    </Button>
  )
  return (
    <Page wide title={t('信息项', 'Attributes')} lead={t('可以知道什么、为了什么。只有措施需要且尚未知道的，才会向人提问。', 'What can be known, and what for. Only what a measure needs and nobody knows yet is asked.')} breadcrumb={[{ label: t('设置', 'Settings'), to: '/settings' }]} actions={manage && add}>
      <Ready read={read} empty={{ when: (data) => data.attributes.length === 0, show: <Panel><EmptyState icon="file" title={t('还没有信息项', 'No attributes yet')} {...(manage ? { action: add } : {})}>{t('启用现成措施时，所需的信息项会自动加入。', 'Ready-made measures bring what they need.')}</EmptyState></Panel> }}>
        {(data) => (
          <Panel flush>
            <DataTable name="attributes" label={t('信息项', 'Attributes')} rows={data.attributes} rowKey={(one) => one.key} columns={columns} rowHeight={48} {...(manage ? { onOpen: (one: AttributeShape) => setOpen(one) } : {})} />
          </Panel>
        )}
      </Ready>
      {open && <AttributeForm key={open === 'new' ? 'new' : open.key} {...(open === 'new' ? {} : { existing: open })} taken={read.data?.attributes.map((one) => one.key) ?? []} onClose={() => setOpen(null)} />}
    </Page>
  )
}
