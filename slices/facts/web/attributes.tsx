/** The catalogue of what may be known: why, how long it stays fresh, who is asked. Read by everybody, changed by those who manage it. */
import { useState } from 'react'
import { Button, MenuButton } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { useNarrow } from '#ui/media.ts'
import { Page, Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.tsx'
import { EmptyState, Ready } from '#ui/states.tsx'
import { DataTable, type Column } from '#ui/table/DataTable.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { language, say, t } from '#ui/words.ts'
import { attributes, retireAttribute, saveAttribute } from '../contract.ts'
import { AttributeForm } from './attribute-form.tsx'
import { askedName, freshName, typeName } from './attribute-words.ts'
import type { AttributeShape } from './values.ts'
import './import.css'

/** @param uses the names of measures that need an attribute; null where the reader may not see measures. Placed by the shell: facts know no measures. */
export function AttributesPage({ uses = null }: { uses?: ((key: string) => string[]) | null }) {
  const { can } = useSession()
  const manage = can('attribute.manage')
  const read = useRead(attributes, {}, { topics: ['attributes'] })
  const [open, setOpen] = useState<AttributeShape | 'new' | null>(null)
  const [retiring, setRetiring] = useState<AttributeShape | null>(null)
  const toast = useToast()
  const restoring = useWrite(saveAttribute)
  const retire = useWrite(retireAttribute, {
    onDone: () => {
      const was = retiring
      setRetiring(null)
      if (was) toast(t('已停用“{what}”', '“{what}” is retired', { what: say(was.label) }), { tone: 'good', action: { label: t('撤销', 'Undo'), run: () => void restoring.run(was).then((done) => done && toast(t('已恢复', 'Back again'), { tone: 'good' })) } })
    },
  })
  const narrow = useNarrow()
  const act: Column<AttributeShape>[] = manage ? [{ key: 'act', title: '', sort: false, width: 64, fixed: true, cell: (one) => <MenuButton look="quiet" icon="more" hint={t('“{what}”的操作', 'Acts on “{what}”', { what: say(one.label) })} items={[{ label: t('修改', 'Change'), run: () => setOpen(one) }, { label: t('停用…', 'Retire…'), run: () => setRetiring(one) }]} /> }] : []
  const inHand: Column<AttributeShape>[] = [
    {
      key: 'label', title: t('信息项', 'Attribute'), value: (one) => `${say(one.label)} ${one.key}`, search: true, fixed: true,
      cell: (one) => (
        <span className="f-label f-inhand">
          <b>{say(one.label)}</b>
          <span>{say(one.purpose)}</span>
          <small className="b-muted">{[typeName(one.type), askedName(one.askedOf), freshName(one.freshSeconds), t('{n} 秒', '{n} s', { n: one.seconds })].join(' · ')} {one.sensitivity === 'sensitive' && <Tag tone="warn">{t('敏感', 'Sensitive')}</Tag>}</small>
        </span>
      ),
    },
    ...act,
  ]
  // English words are longer.
  const wide = (pixels: number) => Math.round(pixels * (language() === 'en' ? 1.1 : 1))
  const columns: Column<AttributeShape>[] = [
    {
      key: 'label', title: t('信息项', 'Attribute'), value: (one) => `${say(one.label)} ${one.key}`, search: true, fixed: true, width: language() === 'en' ? 240 : undefined,
      cell: (one) => <span className="f-label"><b className="f-two" title={say(one.label)}>{say(one.label)}</b><small className="b-muted">{one.key}</small></span>,
    },
    { key: 'purpose', title: t('用途', 'Purpose'), value: (one) => say(one.purpose), search: true, cell: (one) => <span className="f-two" title={say(one.purpose)}>{say(one.purpose)}</span> },
    { key: 'type', title: t('类型', 'Type'), value: (one) => typeName(one.type), filter: true, width: wide(104), cell: (one) => <span className="f-two">{typeName(one.type)}</span> },
    { key: 'fresh', title: t('有效期', 'Stays fresh'), value: (one) => one.freshSeconds ?? Number.MAX_SAFE_INTEGER, width: wide(84), cell: (one) => freshName(one.freshSeconds) },
    { key: 'asked', title: t('问谁', 'Who is asked'), value: (one) => askedName(one.askedOf), filter: true, width: wide(116), cell: (one) => <span className="f-two" title={askedName(one.askedOf)}>{askedName(one.askedOf)}</span> },
    { key: 'seconds', title: t('耗时', 'Takes'), value: (one) => one.seconds, align: 'end', width: wide(68), cell: (one) => <span className="num">{t('{n} 秒', '{n} s', { n: one.seconds })}</span> },
    { key: 'sensitivity', title: t('敏感', 'Sensitive'), value: (one) => one.sensitivity, width: wide(76), cell: (one) => (one.sensitivity === 'sensitive' ? <Tag tone="warn">{t('敏感', 'Sensitive')}</Tag> : <span className="b-muted">{t('一般', 'Normal')}</span>) },
    ...(uses ? [{ key: 'uses', title: t('谁在用', 'Used by'), value: (one: AttributeShape) => uses(one.key).join(t('、', ', ')), search: true, cell: (one: AttributeShape) => { const names = uses(one.key); return names.length ? <span className="f-two" title={names.join(t('、', ', '))}>{names.join(t('、', ', '))}</span> : <span className="b-muted">{t('没有措施在用', 'no measure')}</span> } } satisfies Column<AttributeShape>] : []),
    ...act,
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
            <DataTable name={narrow ? 'attributes-hand' : 'attributes'} label={t('信息项', 'Attributes')} rows={data.attributes} rowKey={(one) => one.key} columns={narrow ? inHand : columns} rowHeight={narrow ? 92 : language() === 'en' ? 72 : 56} {...(narrow ? { height: data.attributes.length * 92 + 2 } : {})} {...(manage ? { onOpen: (one: AttributeShape) => setOpen(one) } : {})} />
          </Panel>
        )}
      </Ready>
      <Confirm open={retiring !== null} title={t('停用“{what}”？', 'Retire “{what}”?', { what: retiring ? say(retiring.label) : '' })} action={t('停用', 'Retire')} danger busy={retire.busy} problem={retire.problem} onClose={() => { retire.reset(); setRetiring(null) }} onConfirm={() => retiring && void retire.run({ key: retiring.key })}>
        <p>{t('停用后不再问任何人，也不能用在新措施里；已有上报保留到按规则删除。可以撤销。', 'Nobody is asked it any more and no new measure can use it; what is known stays until its rule erases it. This can be undone.')}</p>
        {retiring && (uses?.(retiring.key).length ?? 0) > 0 && <p><b>{t('还有措施在用：{what}。请先停用或修改这些措施。', 'Measures need it: {what}. End or change them first.', { what: uses?.(retiring.key).join(t('、', ', ')) ?? '' })}</b></p>}
      </Confirm>
      {open && <AttributeForm key={open === 'new' ? 'new' : open.key} {...(open === 'new' ? {} : { existing: open })} taken={read.data?.attributes.map((one) => one.key) ?? []} onClose={() => setOpen(null)} />}
    </Page>
  )
}
