/** 联系户: which member looks after which rooms, households and people here. */
import { useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { Output } from '#kernel/contract.ts'
import { Button, Choices, Field, Form } from '#ui/controls.tsx'
import { useRead, useWrite } from '#ui/data.ts'
import { Confirm, SidePanel } from '#ui/feedback.tsx'
import { count, date } from '#ui/format.ts'
import { Panel, TextLink } from '#ui/page.tsx'
import { PersonName, UnitPicker } from '#ui/people.tsx'
import { Ready, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as inScript, t } from '#ui/words.ts'
import { link, links, unlink, units } from '../contract.ts'
import { PersonPick } from './person-pick.tsx'
import { personAddress, unitAddress, useMine, type Unit } from './words.ts'
import './directory.css'

type Link = Output<typeof links>['links'][number]
const mostShown = 50

export function LinksPanel({ at }: { at: Unit }) {
  const { can } = useMine()
  const manage = can('directory.manage')
  const read = useRead(links, { unitId: at.unitId }, { topics: ['directory'] })
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Link | null>(null)
  const [all, setAll] = useState(false)
  const end = useWrite(unlink, { onDone: () => setEnding(null) })
  return (
    <Panel
      flush
      title={t('联系户', 'Links')}
      note={read.data && read.data.links.length > 0 && t('{n} 条', '{n}', { n: count(read.data.links.length) })}
      actions={
        manage && (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {t('建立联系', 'Add a link')}
          </Button>
        )
      }
    >
      <Ready read={read} rows={2} empty={{ when: (data) => data.links.length === 0, show: <p className="d-inner b-muted">{t('还没有。一名成员可以联系若干房间、家庭或个人，可成批导入。', 'None yet. One member may look after several rooms, households or people; they can be imported as a table.')}</p> }}>
        {(data) => (
          <>
            {(all ? data.links : data.links.slice(0, mostShown)).map((one) => (
              <div key={one.linkId} className="d-office">
                <div className="d-holder d-link">
                  <PersonName name={one.member.name} number={one.member.number} to={personAddress(one.member.personId)} />
                  <span className="d-link-to">
                    <span className="b-muted">{t('联系', 'looks after')}</span>
                    {one.unit && <TextLink to={unitAddress(one.unit.unitId)}>{inScript(one.unit.name)}</TextLink>}
                    {one.person && <PersonName name={one.person.name} number={one.person.number} to={personAddress(one.person.personId)} />}
                    <span className="b-muted">{t('{from}起', 'from {from}', { from: date(one.since) })}</span>
                  </span>
                  {manage && (
                    <span className="b-actions">
                      <Button size="small" look="quiet" onClick={() => setEnding(one)}>
                        {t('解除', 'End')}
                      </Button>
                    </span>
                  )}
                </div>
              </div>
            ))}
            {!all && data.links.length > mostShown && (
              <div className="d-pager">
                <Button size="small" onClick={() => setAll(true)}>
                  {t('显示全部 {n} 条', 'Show all {n}', { n: count(data.links.length) })}
                </Button>
              </div>
            )}
          </>
        )}
      </Ready>
      {adding && <LinkForm at={at} onClose={() => setAdding(false)} />}
      <Confirm open={ending !== null} title={t('解除联系', 'End the link')} action={t('解除', 'End')} danger busy={end.busy} problem={end.problem} onClose={() => setEnding(null)} onConfirm={() => ending && void end.run({ linkId: ending.linkId })}>
        {ending && <p>{t('{name}不再联系该对象。已有的走访记录保留。', '{name} no longer looks after it. What was recorded stays.', { name: ending.member.name })}</p>}
      </Confirm>
    </Panel>
  )
}

function LinkForm({ at, onClose }: { at: Unit; onClose: () => void }) {
  const toast = useToast()
  const [linkId] = useState(newId)
  const [memberId, setMemberId] = useState<string | null>(null)
  const [to, setTo] = useState<'unit' | 'person'>(at.tree === 'residence' ? 'unit' : 'person')
  const [unitId, setUnitId] = useState<string | null>(at.tree === 'residence' ? at.unitId : null)
  const [personId, setPersonId] = useState<string | null>(null)
  const rooms = useRead(units, { tree: 'residence', ...(at.tree === 'residence' ? { under: at.unitId } : {}), depth: 8 }, { enabled: to === 'unit' })
  const adding = useWrite(link, {
    onDone: () => {
      toast(t('已建立联系', 'Linked'), { tone: 'good' })
      onClose()
    },
  })
  const target = to === 'unit' ? unitId : personId
  const save = () => {
    if (memberId && target) void adding.run({ linkId, memberId, ...(to === 'unit' ? { unitId: target } : { personId: target }) })
  }
  const here = at.tree === 'residence' ? [{ id: at.unitId, parentId: null, name: at.name }] : []
  return (
    <SidePanel
      open
      title={t('建立联系', 'Add a link')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={adding.busy} disabled={!memberId || !target} onClick={save}>
            {t('建立联系', 'Add the link')}
          </Button>
        </>
      }
    >
      <Form onSubmit={save}>
        <WriteProblem problem={adding.problem} />
        <Field label={t('联系人', 'Who looks after')} required>
          <PersonPick value={memberId} onChange={setMemberId} />
        </Field>
        <Field label={t('联系对象', 'What or whom')}>
          <Choices value={to} onChange={setTo} options={[{ value: 'unit', label: t('房间或住户', 'A room or household') }, { value: 'person', label: t('个人', 'A person') }]} />
        </Field>
        {to === 'unit' ? (
          <Field label={t('房间', 'Room')} required>
            <UnitPicker value={unitId} onChange={setUnitId} units={[...here, ...(rooms.data?.units ?? []).map((node) => ({ id: node.unitId, parentId: node.parentId, name: node.name }))]} />
          </Field>
        ) : (
          <Field label={t('个人', 'Person')} required>
            <PersonPick value={personId} onChange={setPersonId} />
          </Field>
        )}
      </Form>
    </SidePanel>
  )
}
