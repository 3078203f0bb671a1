/** Under every question: what for, on what basis, who sees it, until when. */
import type { Output } from '#kernel/contract.ts'
import { date, span } from '#ui/format.ts'
import { officeTitle } from '#ui/own-words.ts'
import { read, say, t } from '#ui/words.ts'
import type { asks } from '../contract.ts'
import type { Asking } from './asking.ts'

export function WhyAsked({ ask, visibleTo }: { ask: Asking; visibleTo: Output<typeof asks>['visibleTo'] }) {
  const { attribute, because, subject } = ask
  const ends = because.map((one) => one.until).filter((one): one is string => one !== null)
  const last = ends.length === because.length && ends.length > 0 ? ends.toSorted().at(-1) : undefined
  const nearest = visibleTo.filter((owner) => owner.direct)
  const seen = nearest.length > 0 ? nearest : visibleTo.slice(0, 1)
  return (
    <dl className="p-why">
      <div>
        <dt>{t('用途', 'What for')}</dt>
        <dd>{say(attribute.purpose)}</dd>
      </div>
      <div>
        <dt>{t('依据', 'Basis')}</dt>
        <dd>{[...new Set(because.map((one) => `${say(one.name)}${t('：', ': ')}${read(one.basis)}`))].join(t('；', '; '))}</dd>
      </div>
      {subject.kind === 'person' && (
        <div>
          <dt>{t('谁可见', 'Who sees it')}</dt>
          <dd>
            {seen.map((owner) => (
              <span key={owner.person.personId}>
                <span translate="no">{owner.person.name}</span>
                {t('（{office}）、', ' ({office}), ', { office: officeTitle(owner.officeTitle) })}
              </span>
            ))}
            {t('因工作需要查看的人；每次查看都会记入“我的数据”', 'and those whose work needs it; every look is recorded in “My data”')}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('期限', 'Until')}</dt>
        <dd>
          <span>
            {attribute.freshSeconds === null ? t('填一次即可', 'Asked once') : t('{span}内不再重复问', 'not asked again for {span}', { span: span(attribute.freshSeconds * 1000) })}
            {t('；', '; ')}
          </span>
          <span>{last ? t('{when}停止采集', 'collecting stops {when}', { when: date(last) }) : t('应急响应结束即停止采集', 'collecting stops when the response closes')}</span>
        </dd>
      </div>
    </dl>
  )
}
