/** The offices of a unit: who holds them, from when to when, and the acts of those who manage. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button, MenuButton } from '#ui/controls.tsx'
import { useWrite } from '#ui/data.ts'
import { Confirm } from '#ui/feedback.tsx'
import { date, presentMoment } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { EmptyState } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { useToast } from '#ui/toast.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { endHolding, type unit } from '../contract.ts'
import { lastMoment } from './days.ts'
import { AppointForm, OfficeForm, type OfficeSeed } from './office-forms.tsx'
import { roleName } from './role-name.ts'
import { capacityName, personAddress, useMine, type Unit } from './words.ts'
import './directory.css'

type Office = Output<typeof unit>['offices'][number]
type Holder = Office['holders'][number]

function period(holder: Holder): string {
  const from = date(holder.from)
  return holder.to ? t('{from} 至 {to}', '{from} to {to}', { from, to: date(lastMoment(holder.to)) }) : t('{from} 起', 'from {from}', { from })
}

export function OfficesPanel({ at, offices }: { at: Unit; offices: readonly Office[] }) {
  const { can } = useMine()
  const manage = can('directory.manage')
  const [office, setOffice] = useState<OfficeSeed | null>(null)
  const [appointing, setAppointing] = useState<Office | null>(null)
  const [ending, setEnding] = useState<{ office: Office; holder: Holder } | null>(null)
  const toast = useToast()
  const end = useWrite(endHolding, {
    onDone: () => {
      setEnding(null)
      toast(t('任职已结束', 'The holding has ended'), { tone: 'good' })
    },
  })
  return (
    <Panel
      flush
      title={t('职务与任职人', 'Offices and holders')}
      actions={
        manage && (
          <Button size="small" icon="plus" onClick={() => setOffice({})}>
            {t('新设职务', 'New office')}
          </Button>
        )
      }
    >
      {offices.length === 0 && <EmptyState icon="units" title={t('这里没有设职务', 'There is no office here')}>{t('由上级组织的任职人负责。', 'Holders of a higher unit answer for it.')}</EmptyState>}
      {offices.map((one) => (
        <div key={one.officeId} className="d-office">
          <div className="d-office-head">
            <b>{officeTitle(one.title)}</b>
            {roleName(one.role) !== officeTitle(one.title) && <span className="b-muted">{roleName(one.role)}</span>}
            {!one.holders.some((holder) => isCurrent(holder)) && <Tag tone="bad">{t('空缺', 'Vacant')}</Tag>}
            {manage && (
              <span className="b-actions">
                <MenuButton look="quiet" icon="more" hint={t('“{title}”的操作', 'Acts on “{title}”', { title: officeTitle(one.title) })} items={[{ label: t('任命', 'Appoint'), icon: 'plus', run: () => setAppointing(one) }, { label: t('改名或改角色', 'Rename or change role'), run: () => setOffice({ officeId: one.officeId, title: one.title, role: one.role }) }]} />
              </span>
            )}
          </div>
          {one.holders.map((holder) => (
            <div key={holder.holdingId} className="d-holder">
              <PersonName name={holder.person.name} number={holder.person.number} {...(can('person.find') ? { to: personAddress(holder.person.personId) } : {})} />
              {holder.capacity === 'deputy' && <Tag>{capacityName('deputy')}</Tag>}
              {!isCurrent(holder) && <Tag tone="accent">{t('未到任', 'Not yet begun')}</Tag>}
              <span className="b-muted">{period(holder)}</span>
              {manage && (
                <span className="b-actions">
                  <Button size="small" look="quiet" onClick={() => setEnding({ office: one, holder })}>
                    {t('结束', 'End')}
                  </Button>
                </span>
              )}
            </div>
          ))}
        </div>
      ))}
      {office && <OfficeForm at={at} seed={office} onClose={() => setOffice(null)} />}
      {appointing && <AppointForm at={at} office={appointing} onClose={() => setAppointing(null)} />}
      <Confirm
        open={ending !== null}
        title={t('结束任职', 'End the holding')}
        action={t('现在结束', 'End it now')}
        danger
        busy={end.busy}
        problem={end.problem}
        onClose={() => {
          end.reset()
          setEnding(null)
        }}
        onConfirm={() => ending && void end.run({ holdingId: ending.holder.holdingId })}
      >
        {ending && (
          <p>
            {t('{name}将不再担任{unit}{title}，相应权限立即失效。之后没有其他任职人时，所辖人员由上级负责。', '{name} will no longer be {title} of {unit}; the rights that came with it end at once. Where nobody else holds the office, the next higher unit answers.', {
              name: ending.holder.person.name, unit: inScript(at.name), title: officeTitle(ending.office.title),
            })}
          </p>
        )}
      </Confirm>
    </Panel>
  )
}

const isCurrent = (holder: Holder) => Date.parse(holder.from) <= presentMoment().getTime()
